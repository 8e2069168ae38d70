"""Facts that are tried on the law, one by one: every offence and sentence, then one thing changed.

Made up, and about nobody. Rows for a lawyer to check: which offences and sentences are tried.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from vcs.law.facts import OffenceFacts, SentenceFacts, SentencingFacts, TransferDirection
from vcs.terms import Change, Finding, SentenceKind, Term

SENTENCED: Final = date(2026, 3, 20)

COMMITTED: Final = date(2025, 5, 12)

OLDER: Final = date(2019, 5, 12)

OFFENCES: Final = {
    "TH68023": "robbery",
    "OF61102": "assault occasioning actual bodily harm",
    "OF61131": "wounding (section 20)",
    "OF61016": "wounding with intent (section 18)",
    "SX03001": "rape of a girl of 13 to 15",
    "SX03001A": "attempting to rape a girl of 13 to 15",
    "PH97010": "stalking involving fear of violence",
    "PH97009": "stalking (section 2A)",
    "SC15004": "controlling or coercive behaviour",
    "PH97012": "breach of a restraining order",
    "MD71526": "possessing cannabis with intent to supply it",
    "TH68010": "theft from a shop",
    "CL67001": "impeding the arrest of somebody who murdered",
}


@dataclass(frozen=True, slots=True)
class Imposed:
    """One sentence that is tried: its kind, how it is said, and how long it is."""

    kind: SentenceKind
    words: str
    term: Term | None = None
    youth: bool = False
    custodial: Term | None = None


_PRISON: Final = SentenceKind.IMPRISONMENT

SENTENCES: Final = (
    Imposed(_PRISON, "11 months in prison", Term(months=11)),
    Imposed(_PRISON, "exactly 12 months in prison", Term(months=12)),
    Imposed(_PRISON, "3 years in prison", Term(years=3)),
    Imposed(_PRISON, "prison, and the message states no length"),
    Imposed(SentenceKind.LIFE, "life imprisonment"),
    Imposed(
        SentenceKind.EXTENDED,
        "an extended sentence: 10 months of custody and 2 years of extended licence",
        Term(months=34),
        custodial=Term(months=10),
    ),
    Imposed(SentenceKind.SUSPENDED, "24 months, suspended", Term(months=24)),
    Imposed(SentenceKind.NON_CUSTODIAL, "a community order"),
    Imposed(SentenceKind.DEFAULT_CUSTODY, "prison in default of a fine"),
    Imposed(SentenceKind.HOSPITAL_ORDER, "a hospital order, without a restriction order"),
    Imposed(SentenceKind.RESTRICTION_ORDER, "a hospital order with a restriction order"),
    Imposed(SentenceKind.INTERIM_HOSPITAL_ORDER, "an interim hospital order"),
    Imposed(SentenceKind.REMAND_TO_HOSPITAL, "a remand to hospital"),
    Imposed(SentenceKind.GUARDIANSHIP, "a guardianship order"),
    Imposed(
        SentenceKind.HOSPITAL_DIRECTION,
        "3 years in prison, with hospital and limitation directions",
        Term(years=3),
    ),
    Imposed(SentenceKind.UNKNOWN, "a result that no table of results holds"),
    Imposed(
        SentenceKind.DETENTION_AND_TRAINING,
        "a detention and training order of 8 months",
        Term(months=8),
        youth=True,
    ),
    Imposed(
        SentenceKind.SECTION_250_DETENTION,
        "detention under section 250 for 2 years",
        Term(years=2),
        youth=True,
    ),
)


@dataclass(frozen=True, slots=True)
class Case:
    """Facts, and how they are said: what a course shows, and what the law is asked."""

    key: str
    words: str
    offence: str
    imposed: Imposed
    facts: SentencingFacts


def cases() -> Iterator[Case]:
    """Yield every offence with every sentence, then each of them with one thing changed."""
    plain = [_plain(code, imposed) for code in OFFENCES for imposed in SENTENCES]
    yield from plain
    for name, (words, change, kinds) in _CHANGES.items():
        for case in (one for one in plain if one.imposed.kind in kinds):
            changed = change(case.facts)
            key, said = f"{case.key}:{name}", f"{case.words} {words}"
            yield replace(case, key=key, words=said, facts=changed)


def _plain(code: str, imposed: Imposed) -> Case:
    who = "16" if imposed.youth else "34"
    words = (
        f"The Crown Court sentences somebody of {who} for {OFFENCES[code]}, committed in May 2025: "
        f"{imposed.words}."
    )
    kinds: tuple[SentenceKind, ...] = (imposed.kind,)
    if imposed.kind is SentenceKind.RESTRICTION_ORDER:
        kinds = (SentenceKind.HOSPITAL_ORDER, SentenceKind.RESTRICTION_ORDER)
    if imposed.kind is SentenceKind.HOSPITAL_DIRECTION:
        kinds = (_PRISON, SentenceKind.HOSPITAL_DIRECTION)
    terms = (imposed.term,) if imposed.term else ()
    sentences = tuple(SentenceFacts(kind, terms=terms) for kind in kinds)
    offence = OffenceFacts(
        1, code, finding=Finding.CONVICTED, committed_from=COMMITTED, sentences=sentences
    )
    facts = SentencingFacts(SENTENCED, None, (offence,), youth=imposed.youth, crown_court=True)
    key = f"{code}:{SENTENCES.index(imposed)}"
    return Case(key, words, OFFENCES[code], imposed, facts)


Alter = Callable[[SentencingFacts], SentencingFacts]


def _offence(**changes: object) -> Alter:
    def alter(facts: SentencingFacts) -> SentencingFacts:
        (offence,) = facts.offences
        return replace(facts, offences=(replace(offence, **changes),))  # type: ignore[arg-type]

    return alter


def _whole(**changes: object) -> Alter:
    return lambda facts: replace(facts, **changes)  # type: ignore[arg-type]


_HOSPITAL: Final = frozenset({SentenceKind.HOSPITAL_ORDER, SentenceKind.RESTRICTION_ORDER})

_CUSTODY: Final = frozenset({_PRISON, SentenceKind.LIFE, SentenceKind.EXTENDED})

_RESTRICTED: Final = frozenset({SentenceKind.RESTRICTION_ORDER, SentenceKind.HOSPITAL_DIRECTION})

_CHANGES: Final[dict[str, tuple[str, Alter, frozenset[SentenceKind]]]] = {
    "notified": (
        "The court records that sex offender notification applies for this offence.",
        _offence(notification=True),
        _CUSTODY | _HOSPITAL,
    ),
    "older": (
        "The date was put right: it was committed in May 2019.",
        _offence(committed_from=OLDER, committed_until=OLDER),
        _CUSTODY,
    ),
    "undated": ("In fact the message does not say when.", _offence(committed_from=None), _CUSTODY),
    "insanity": (
        "The finding was not guilty by reason of insanity.",
        _offence(finding=Finding.INSANITY),
        _HOSPITAL,
    ),
    "unfit": (
        "The finding was that the person is unfit to plead and did the act.",
        _offence(finding=Finding.UNFIT_DID_THE_ACT),
        _HOSPITAL,
    ),
    "quashed": (
        "The conviction has since been quashed.",
        _offence(finding=Finding.QUASHED),
        _CUSTODY,
    ),
    "perhaps": (
        "The court then took something back, and did not say what.",
        _offence(finding=Finding.PERHAPS_QUASHED),
        _CUSTODY,
    ),
    "appeal": (
        "That is the sentence as it stands after an appeal.",
        _offence(change=Change.APPEAL),
        _CUSTODY,
    ),
    "died": ("The message records that the offender has died.", _whole(died=True), _CUSTODY),
    "elsewhere": ("The court is the Court Martial.", _whole(outside_court=True), _CUSTODY),
    "moved": (
        "In June he is moved to hospital with a restriction direction.",
        _whole(transfer=TransferDirection(date(2026, 6, 1), restricted=True)),
        _CUSTODY,
    ),
    "moved-free": (
        "In June he is moved to hospital without a restriction direction.",
        _whole(transfer=TransferDirection(date(2026, 6, 1), restricted=False)),
        _CUSTODY,
    ),
    "ended": (
        "In September the restrictions end, and he stays in hospital.",
        _whole(restrictions_ended_on=date(2026, 9, 1)),
        _RESTRICTED,
    ),
}
"""What is changed: how it is said, what becomes of the facts, with which sentences it can be."""
