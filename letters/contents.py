"""One frozen dataclass per letter: exactly the facts its template may use, and what is missing.

The facts come in as a mapping. The names below are its keys; every other key is ignored.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Final, TypeVar

from letters import LetterRefused, wording
from letters.address import envelope, tidy
from letters.sentences import ToldSentence, told_sentence
from vcs.errors import NotValid
from vcs.law.facts import SentencingFacts
from vcs.terms import Language, Route, SentenceKind, Term, VictimRelation
from vcs.victims.same_place import same_place

Facts = Mapping[str, object]

_Word = TypeVar("_Word", bound=StrEnum)

NEEDED: Final[tuple[tuple[str, str], ...]] = (
    ("addressee", "the victim's name"),
    ("address", "the victim's address"),
    ("postcode", "the victim's postcode"),
    ("safe_to_post", "that it is safe to write to this address"),
    ("standing", "whether this person is the victim, a parent or carer, or next of kin"),
    ("sentence_kind", "what kind of sentence it is"),
    ("term", "how long the sentence is"),
    ("restricted", "whether the hospital order has restrictions"),
    ("sentenced_on", "the date of the sentence"),
    ("court_name", "the name of the court"),
    ("vlo_name", "the victim liaison officer's name"),
    ("vlo_phone", "the victim liaison officer's phone number"),
    ("unit_name", "the name of the victim liaison unit"),
    ("unit_email", "the unit's email address"),
    ("reference", "our reference"),
    ("written_on", "the date of the letter"),
    (
        "shared_address_accepted",
        "a manager's approval, because the court holds this address for the offender too",
    ),
)

"""Every fact that a letter cannot go without, and its name in plain words.

``term`` is needed only by sentences of a set length, ``restricted`` only by hospital orders.
In place of ``sentence_kind``, ``term`` and ``restricted`` the facts may hold ``sentencing``
(:class:`vcs.law.facts.SentencingFacts`) and ``route``; what is given by name stands over these.
``shared_address_accepted`` is needed only where ``offender_address`` (lines, the postcode last)
may be the same place, whose door it must not reach unseen; ``vlo_name`` unless ``unit_signs``.
"""

_NOT_KNOWN: Final = frozenset(
    ("", "-", "?", "unknown", "not known", "n/k", "tbc", "n/a", "none", "anhysbys")
)

_EMAIL: Final = re.compile(r"[\w.+'-]{1,64}@[\w-]+(\.[\w-]+)+", re.ASCII)


class CourtOrder(StrEnum):
    """What the court made, as far as the wording of a letter turns on it."""

    CUSTODY = "custody"
    RESTRICTED_HOSPITAL_ORDER = "restricted hospital order"
    HOSPITAL_ORDER = "hospital order"


@dataclass(frozen=True, slots=True)
class InitialContact:
    """The invitation to the scheme.

    ``window`` is what shows in the envelope: name, address lines, postcode. ``sentence`` is the
    sentence in plain words in the letter's language. Nothing here says who the offender is.
    """

    language: Language
    standing: VictimRelation
    court_order: CourtOrder
    salutation: str
    window: tuple[str, ...]
    reference: str
    written_on: date
    sentence: str
    sentenced_on: date
    court_name: str
    vlo_name: str
    phone: str
    email: str
    unit_area: str
    unit_address: tuple[str, ...] = ()
    reply_by: date | None = None


def missing_facts(facts: Facts) -> tuple[str, ...]:
    """Name in plain words every fact that blocks the letter, in the order a form asks for them."""
    return tuple(words for key, words in NEEDED if not _has(key, facts))


def initial_contact(language: Language, facts: Facts) -> InitialContact:
    """Put the letter's contents together. Raises LetterRefused naming what is missing or wrong."""
    if missing := missing_facts(facts):
        fields = {key: f"Add {words}" for key, words in NEEDED if not _has(key, facts)}
        raise LetterRefused(f"The letter still needs {'; '.join(missing)}.", fields)
    told, sentenced_on = _told(facts), _date(facts, "sentenced_on")
    addressee, written_on = _text(facts, "addressee"), _date(facts, "written_on")
    return InitialContact(
        language=language,
        standing=VictimRelation(str(facts["standing"])),
        court_order=_court_order(told),
        salutation=_text(facts, "salutation") or addressee,
        window=_window(addressee, facts),
        reference=_text(facts, "reference"),
        written_on=written_on,
        sentence=_sentence(told, language),
        sentenced_on=_not_after(sentenced_on, written_on),
        court_name=_court_name(facts, language),
        vlo_name=_text(facts, "vlo_name"),
        phone=_phone(facts),
        email=_email(facts),
        unit_area=wording.unit_area(_text(facts, "unit_name"), language),
        unit_address=_lines(facts.get("unit_address")),
        reply_by=_reply_by(facts, written_on),
    )


def to_json(contents: InitialContact) -> str:
    """Write contents in one canonical form, to be kept with the letter."""
    return json.dumps(asdict(contents), ensure_ascii=False, sort_keys=True, default=date.isoformat)


def from_json(text: str) -> InitialContact:
    """Read back what :func:`to_json` wrote. Raises NotValid for anything else."""
    try:
        held = json.loads(text)
        held.update(
            language=Language(held["language"]),
            standing=VictimRelation(held["standing"]),
            court_order=CourtOrder(held["court_order"]),
            window=tuple(held["window"]),
            unit_address=tuple(held["unit_address"]),
            written_on=date.fromisoformat(held["written_on"]),
            sentenced_on=date.fromisoformat(held["sentenced_on"]),
            reply_by=date.fromisoformat(held["reply_by"]) if held["reply_by"] else None,
        )
        return InitialContact(**held)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise NotValid("These are not the contents of a letter.") from error


def _has(key: str, facts: Facts) -> bool:
    if key == "safe_to_post":
        return facts.get(key) is True
    if key == "vlo_name" and facts.get("unit_signs") is True:
        return True
    told = _told(facts)
    if key == "sentence_kind":
        return told.kind is not None
    if key == "term":
        return told.kind is None or not wording.needs_length(told.kind) or bool(told.term)
    if key == "restricted":
        return told.kind is not SentenceKind.HOSPITAL_ORDER or _restricted(facts) is not None
    if key == "shared_address_accepted":
        return facts.get(key) is True or not _at_the_offenders(facts)
    if key == "standing":
        return _one_of(VictimRelation, facts.get(key)) is not None
    return _known(facts.get(key))


def _at_the_offenders(facts: Facts) -> bool:
    """Say whether the letter would go to an address that the court holds for the offender."""
    theirs = _lines(facts.get("offender_address"))
    if not theirs or not _known(facts.get("address")):
        return False
    here = (_lines(facts.get("address")), _text(facts, "postcode"))
    return same_place(here, (theirs[:-1], theirs[-1]))


def _known(value: object) -> bool:
    if isinstance(value, str):
        return tidy(value).casefold() not in _NOT_KNOWN
    if isinstance(value, (tuple, list)):
        return any(_known(line) for line in value)
    return value is not None


def _told(facts: Facts) -> ToldSentence:
    sentencing, term = facts.get("sentencing"), facts.get("term")
    nothing = ToldSentence(None, None, False)
    held = told_sentence(sentencing) if isinstance(sentencing, SentencingFacts) else nothing
    return ToldSentence(
        _one_of(SentenceKind, facts.get("sentence_kind")) or held.kind,
        term if isinstance(term, Term) else held.term,
        bool(_restricted(facts)),
    )


def _one_of(words: type[_Word], value: object) -> _Word | None:
    """Return the word of the glossary that a value is; None for anything else."""
    return next((word for word in words if word == value), None)


def _restricted(facts: Facts) -> bool | None:
    stated, route, sentencing = (facts.get(k) for k in ("restricted", "route", "sentencing"))
    if isinstance(stated, bool):
        return stated
    if route in (Route.HOSPITAL_RESTRICTED, Route.HOSPITAL_UNRESTRICTED):
        return route == Route.HOSPITAL_RESTRICTED
    if isinstance(sentencing, SentencingFacts):
        return told_sentence(sentencing).restricted
    return None


def _court_order(told: ToldSentence) -> CourtOrder:
    if told.kind is not SentenceKind.HOSPITAL_ORDER:
        return CourtOrder.CUSTODY
    return CourtOrder.RESTRICTED_HOSPITAL_ORDER if told.restricted else CourtOrder.HOSPITAL_ORDER


def _sentence(told: ToldSentence, language: Language) -> str:
    if told.kind is None or not wording.can_be_told(told.kind):
        why = "This letter is for custody and hospital orders: this sentence is neither"
        raise LetterRefused(f"{why}.", {"sentence_kind": why})
    return wording.sentence(told.kind, told.term or Term(), language)


def _window(addressee: str, facts: Facts) -> tuple[str, ...]:
    try:
        return envelope(addressee, _lines(facts["address"]), _text(facts, "postcode"))
    except NotValid as refusal:
        raise LetterRefused(str(refusal), refusal.fields) from refusal


def _court_name(facts: Facts, language: Language) -> str:
    welsh = _text(facts, "court_name_welsh") if language is Language.WELSH else ""
    if welsh:
        return wording.welsh_court(welsh)
    return wording.court(_text(facts, "court_name"), language)


def _phone(facts: Facts) -> str:
    phone = _text(facts, "vlo_phone")
    digits = sum(c.isdigit() for c in phone)
    if not 10 <= digits <= 15 or set(phone) - set("0123456789 +()-."):
        why = "Enter a phone number of 10 digits or more"
        raise LetterRefused(f"{why}.", {"vlo_phone": why})
    return phone


def _email(facts: Facts) -> str:
    key = "vlo_email" if _known(facts.get("vlo_email")) else "unit_email"
    email = _text(facts, key)
    if not _EMAIL.fullmatch(email):
        why = "Enter an email address, like name@example.com"
        raise LetterRefused(f"{why}.", {key: why})
    return email


def _reply_by(facts: Facts, written_on: date) -> date | None:
    if not _known(facts.get("reply_by")):
        return None
    reply_by = _date(facts, "reply_by")
    if reply_by <= written_on:
        why = "The day to reply by must come after the date of the letter"
        raise LetterRefused(f"{why}.", {"reply_by": why})
    return reply_by


def _not_after(sentenced_on: date, written_on: date) -> date:
    if sentenced_on > written_on:
        why = "The sentence cannot be dated after the letter"
        raise LetterRefused(f"{why}.", {"sentenced_on": why})
    return sentenced_on


def _date(facts: Facts, key: str) -> date:
    value = facts[key]
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError as error:
        why = "Enter a date"
        raise LetterRefused(f"{why}.", {key: why}) from error


def _text(facts: Facts, key: str) -> str:
    value = facts.get(key)
    return "" if value is None or not _known(value) else tidy(str(value))


def _lines(value: object) -> tuple[str, ...]:
    lines = value.splitlines() if isinstance(value, str) else value
    if not isinstance(lines, (tuple, list)):
        return ()
    return tuple(line for line in (tidy(str(line)) for line in lines) if line)
