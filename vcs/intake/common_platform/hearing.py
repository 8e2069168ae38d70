"""The Common Platform hearing: the public ``hearing-resulted`` event and the receiver's body.

Says what was imposed on each person of a hearing, by the day it was ordered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from vcs.clock import london_date
from vcs.intake import extended, identifiers, result_tables
from vcs.intake.common_platform import levels
from vcs.intake.common_platform.defendants import address_of, who_is
from vcs.intake.common_platform.findings import convicted_instead, finding_of
from vcs.intake.common_platform.gathering import (
    INCOMPLETE,
    NO_OFFENCE,
    PLACE,
    Person,
    gather,
    is_custodial,
)
from vcs.intake.common_platform.judicial_results import (
    KIND_NOT_KNOWN,
    Result,
    is_deleted,
    sentence_of,
)
from vcs.intake.common_platform.sifting import Part, sift
from vcs.intake.common_platform.taken_back import Mark, marks_of, taken_back
from vcs.intake.common_platform.what_remains import Listed, Remains, remains_of
from vcs.intake.kinds import CONVICTED, change_of, is_unsettled, settled
from vcs.intake.message import Sentenced
from vcs.intake.problems import PART_LOST, Problems
from vcs.intake.result_tables import PART_OF_A_SENTENCE
from vcs.intake.shapes import Json, Unreadable, day, day_or_none, flag, moment, part, parts, text
from vcs.law.facts import OffenceFacts, SentenceFacts, SentencingFacts
from vcs.terms import Change, SentenceKind, Term

FORMAT = "common-platform-hearing"

_OTHER_COURTS = re.compile(
    r"court.martial|service civilian|sheriff|justiciary|northern ireland|scotland", re.IGNORECASE
)


_NOT_EXPLAINED = (SentenceKind.UNKNOWN, result_tables.UNCLEAR)

"""What a result counts as that no table explains: it may only take something back."""


@dataclass(frozen=True, slots=True)
class _Dealt:
    """One offence with the results that stand, its place in the list, and what was taken back."""

    listed: int
    raw: Json
    results: list[Result]
    marks: tuple[Mark, ...] = ()
    applied: bool = False


def is_hearing(message: Json) -> bool:
    """Say whether a message tells of a hearing. Raises Unreadable where it only says so."""
    if "hearing" not in message:
        return False
    if not part(message, "hearing"):
        raise Unreadable("The message should tell of a hearing, but its hearing is empty.")
    return True


def id_of(message: Json) -> str | None:
    """Return the hearing's id in lower case, so that it is found however a sender writes it."""
    return text(part(message, "hearing"), "id").lower() or None


def read_hearing(message: Part, problems: Problems) -> tuple[Sentenced, ...]:
    """Return every person sentenced in a hearing message, by case and by day of sentence.

    What could not be read is taken out of the message and added to ``problems``. Raises
    Unreadable where nothing can be read for it.
    """
    sift(message, levels.MESSAGE, problems)
    return everyone_sentenced(message, problems)


def everyone_sentenced(message: Json, problems: Problems) -> tuple[Sentenced, ...]:
    """Return every person sentenced in a hearing message that was sifted."""
    hearing = part(message, "hearing")
    fallback = _day_of_hearing(message, hearing)
    found: list[Sentenced] = []
    people = gather(hearing, problems)
    for person in people:
        where = text(person.defendant, PLACE)
        try:
            theirs = list(_occasions(person, hearing, fallback))
        except Unreadable as problem:
            problems.add(f"“{where}” cannot be read. {problem}" if where else str(problem))
            continue
        if not theirs and any(one.is_sentence for one in _standing(person.own_results, fallback)):
            problems.lesser.append(f"“{where}” has a sentence that is for no offence.")
        found += theirs
    if not found:
        found = [one for person in people for one in _by_total_alone(person, hearing, fallback)]
    return tuple(sorted(found, key=lambda one: one.key))


def _day_of_hearing(message: Json, hearing: Json) -> date | None:
    """Return the day that stands in where a result carries no date of its own."""
    stated = day(message, "hearingDay")
    if stated:
        return stated
    sitting = sorted(
        d for d in (day(one, "sittingDay") for one in parts(hearing, "hearingDays")) if d
    )
    if sitting:
        return sitting[-1]
    shared_at = moment(message, "sharedTime")
    return london_date(shared_at) if shared_at else None


def _by_total_alone(person: Person, hearing: Json, fallback: date | None) -> Iterator[Sentenced]:
    """Yield a convicted person of whom a hearing that sentences nobody tells only a total."""
    own = [one for one in _standing(person.own_results, fallback) if one.kind == PART_OF_A_SENTENCE]
    convicted = (finding_of(raw, [], []) in CONVICTED for raw, _ in person.offences.values())
    if own and any(convicted):
        marked: list[Json] = [{**one.raw, KIND_NOT_KNOWN: True} for one in own]
        yield from _occasions(replace(person, own_results=marked), hearing, fallback)


def _occasions(person: Person, hearing: Json, fallback: date | None) -> Iterator[Sentenced]:
    own = _standing(person.own_results, fallback)
    dealt = _dealt(person, fallback)
    _settle(dealt, own)
    loose = [one for one in own if is_custodial(one.kind)]
    if loose:
        dealt.append(_Dealt(len(dealt) + 1, {"offenceTitle": NO_OFFENCE}, loose))
    imposed = (one for offence in dealt for one in offence.results)
    days = {one.ordered_on for one in imposed if one.is_sentence}
    days |= {day for offence in dealt for day in _days_without_sentence(offence)}
    if None in days:
        raise Unreadable("A sentence has no date: neither the result nor the hearing gives one.")
    for sentenced_on in sorted(d for d in days if d):
        offences = (_offence(one, own, sentenced_on) for one in [*dealt, *_lost(person, days)])
        kept = tuple(one for one in offences if one)
        yield _sentenced(person, hearing, sentenced_on, kept, own, dealt)


def _settle(dealt: list[_Dealt], own: list[Result]) -> None:
    """Settle what results count as that nothing explains, by what the court found."""
    for offence in dealt:
        if any(is_unsettled(one.kind) for one in offence.results) and _is_convicted(offence, own):
            counted = settled([one.kind for one in offence.results], convicted=True)
            for one, kind in zip(offence.results, counted, strict=True):
                one.kind = kind


def _is_convicted(dealt: _Dealt, own: list[Result]) -> bool:
    kinds = [one.kind for one in (*dealt.results, *own)]
    return finding_of(dealt.raw, kinds, [one.raw for one in dealt.results]) in CONVICTED


def _dealt(person: Person, fallback: date | None) -> list[_Dealt]:
    raws = {key: raw for key, (raw, _) in person.offences.items()}
    marks = marks_of(person.claims, raws, fallback) if person.claims else {}
    return [
        _Dealt(
            listed,
            raw,
            _standing(parts(raw, "judicialResults"), fallback),
            tuple(marks.get(key, ())),
            key in person.on_application,
        )
        for listed, (key, raw) in enumerate(raws.items(), start=1)
    ]


def _days_without_sentence(dealt: _Dealt) -> set[date | None]:
    """Return the days on which something was taken back of an offence that has no sentence here."""
    if any(one.is_sentence for one in dealt.results):
        return set()
    return {one.on for one in dealt.marks}


def _lost(person: Person, days: Iterable[date | None]) -> list[_Dealt]:
    """Return an offence for what could not be read of a person: it may be the one that counts."""
    if not person.defendant.get(INCOMPLETE):
        return []
    unknown = {KIND_NOT_KNOWN: True, "label": PART_LOST}
    results = [Result(unknown, sentenced_on) for sentenced_on in days]
    return [_Dealt(len(person.offences) + 2, {"offenceTitle": PART_LOST}, results)]


def _standing(found: Iterable[Json], fallback: date | None) -> list[Result]:
    """Return the results that are not struck out, each with its kind and its day.

    A sentence varied, with no new sentence beside it, is a sentence that a person must read.
    """
    kept = [
        Result(raw, day(raw, "orderedDate") or fallback) for raw in found if not is_deleted(raw)
    ]
    for one in kept:
        if one.kind in _NOT_EXPLAINED and taken_back(one) is not None:
            # What takes something back imposes nothing: it is read as a mark on its offence.
            one.kind = result_tables.NOT_A_SENTENCE
    if not any(one.is_sentence for one in kept):
        for one in kept:
            if one.varies:
                one.kind = SentenceKind.UNKNOWN
    return kept


def _offence(dealt: _Dealt, own: list[Result], sentenced_on: date) -> OffenceFacts | None:
    """Return one offence's facts for the day, or None where nothing came of it that day."""
    raw, found = dealt.raw, dealt.results
    imposed = [
        sentence_of(one) for one in found if one.is_sentence and one.ordered_on == sentenced_on
    ]
    lesser = convicted_instead(raw)
    days = tuple(one.ordered_on for one in found if one.is_sentence)
    listed = Listed(days, substituted=bool(text(lesser, "offenceCode")))
    taken = remains_of(dealt.marks, listed, sentenced_on)
    if not imposed and taken is None:
        return None
    kinds = [one.kind for one in (*found, *own) if one.kind != result_tables.QUASHED]
    code = text(lesser, "offenceCode") or text(raw, "offenceCode")
    committed_from = day_or_none(raw, "startDate")
    return OffenceFacts(
        sequence=_number(raw, "orderIndex")
        or _number(raw, "offenceSequenceNumber")
        or dealt.listed,
        offence_code=identifiers.offence_code(code) or None,
        title=text(lesser, "offenceTitle") or text(raw, "offenceTitle"),
        finding=(taken and taken.finding) or finding_of(raw, kinds, [one.raw for one in found]),
        convicted_on=_convicted_on(raw),
        committed_from=committed_from,
        committed_until=day_or_none(raw, "endDate") or committed_from,
        notification=any(one.notifies for one in found),
        domestic_abuse=any(one.domestic_abuse for one in found),
        sentences=_remaining(taken, _with_extension(imposed, found)),
        change=_change(dealt, own, taken),
        taken_back=taken.words if taken else "",
    )


def _change(dealt: _Dealt, own: list[Result], taken: Remains | None) -> Change | None:
    """Return how the sentence was changed: as the results' codes say, or else their words."""
    coded = change_of([one.code for one in (*dealt.results, *own) if one.varies])
    if coded not in (None, Change.NOT_STATED):
        return coded
    return (taken.change if taken else None) or coded


def _remaining(
    taken: Remains | None, imposed: tuple[SentenceFacts, ...]
) -> tuple[SentenceFacts, ...]:
    return imposed if taken is None or taken.sentences is None else taken.sentences


def _with_extension(imposed: list[SentenceFacts], found: list[Result]) -> tuple[SentenceFacts, ...]:
    """Return what was imposed, extended where a result of its own states the extension."""
    stated = next((one for one in found if one.code == extended.EXTENDED_LICENCE), None)
    if stated is None:
        return tuple(imposed)
    return extended.with_extension(tuple(imposed), next(iter(stated.terms), None))


def _number(raw: Json, name: str) -> int:
    found = raw.get(name)
    return found if isinstance(found, int) and not isinstance(found, bool) and found > 0 else 0


def _convicted_on(raw: Json) -> date | None:
    return day_or_none(raw, "convictionDate") or day_or_none(part(raw, "verdict"), "verdictDate")


def _sentenced(
    person: Person,
    hearing: Json,
    sentenced_on: date,
    offences: tuple[OffenceFacts, ...],
    own: list[Result],
    dealt: list[_Dealt],
) -> Sentenced:
    everything = own + [one for offence in dealt for one in offence.results]
    court = part(hearing, "courtCentre")
    name, born, organisation = who_is(person.defendant)
    facts = SentencingFacts(
        sentenced_on=sentenced_on,
        court_code=identifiers.court_code(text(court, "code")) or None,
        offences=offences,
        date_of_birth=born,
        youth=flag(person.defendant, "isYouth"),
        organisation=organisation,
        died=any(one.kind == result_tables.DIED for one in everything),
        crown_court=_crown(hearing),
        total_terms=_totals(everything),
        restricted=any(one.kind is SentenceKind.RESTRICTION_ORDER for one in everything),
        notification=any(one.notifies for one in own),
        outside_court=bool(_OTHER_COURTS.search(text(court, "name"))),
        total_life=any(one.whole_is_life for one in everything),
        on_application=any(one.applied and _is_of(one, sentenced_on) for one in dealt),
    )
    return Sentenced(
        key=_key(person, sentenced_on),
        offender_name=name,
        case_reference=person.case_reference,
        court_code=facts.court_code,
        court_name=text(court, "name"),
        hearing_id=text(hearing, "id").lower() or None,
        facts=facts,
        offender_address=address_of(person.defendant),
        marks=_marks(person),
        lines=_lines(person, text(hearing, "id").lower()),
    )


def _key(person: Person, sentenced_on: date) -> str:
    """Return what identifies an occasion across re-shares. Raises Unreadable without it."""
    defendant_id = text(person.defendant, "id") or text(person.defendant, "masterDefendantId")
    if not (defendant_id and person.case_id):
        raise Unreadable(
            "Somebody was sentenced, but the message does not say who or in which case."
        )
    return f"cp:{person.case_id}:{defendant_id}:{sentenced_on.isoformat()}".lower()


def _marks(person: Person) -> tuple[str, ...]:
    """Return the ids that stay when a defendant's or a case's own id changes."""
    defendant = person.defendant
    asn = text(part(defendant, "personDefendant"), "arrestSummonsNumber") or text(
        defendant, "prosecutionAuthorityReference"
    )
    marks = (
        ("master", text(defendant, "masterDefendantId").lower()),
        ("asn", identifiers.asn(asn)),
        ("pnc", identifiers.pnc(text(defendant, "pncId"))),
    )
    return tuple(f"{kind}:{value}" for kind, value in marks if value)


def _lines(person: Person, hearing_id: str) -> tuple[str, ...]:
    """Return the offences of a person in this hearing, which stay when a case is made anew."""
    ids = (text(raw, "id").lower() for raw, _ in person.offences.values())
    return tuple(f"offence:{hearing_id}:{its_id}" for its_id in ids if its_id and hearing_id)


def _is_of(dealt: _Dealt, day: date) -> bool:
    """Say whether something was imposed for an offence, or taken back of it, on a day."""
    imposed = any(one.is_sentence and one.ordered_on == day for one in dealt.results)
    return imposed or any(one.on == day for one in dealt.marks)


def _totals(everything: list[Result]) -> tuple[Term, ...]:
    found = [term for one in everything for term in one.totals]
    return tuple(dict.fromkeys(found))


def _crown(hearing: Json) -> bool | None:
    return {"CROWN": True, "MAGISTRATES": False}.get(text(hearing, "jurisdictionType").upper())
