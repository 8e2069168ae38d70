"""Facts as a door gives them: what is known, and what each needed one is called in plain words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Final, TypeVar

from letters import LetterRefused
from letters.despatch.address import envelope, taken_apart, tidy
from letters.language import wording
from letters.making.sentences import ToldSentence, told_sentence
from letters.press.typefaces.fonts import unprintable
from vcs.errors import NotValid
from vcs.law.facts import SentencingFacts
from vcs.terms import Language, Route, SentenceKind, Term, VictimRelation
from vcs.victims.places.same_place import same_place

Facts = Mapping[str, object]

_Word = TypeVar("_Word", bound=StrEnum)

NEEDED_WORDS: Final[Mapping[str, str]] = {
    "addressee": "the victim's name",
    "address": "the victim's address",
    "postcode": "the victim's postcode, or the country if it is abroad",
    "safe_to_post": "that it is safe to write to this address",
    "standing": "whether this person is the victim, a parent or carer, or next of kin",
    "sentence_kind": "what kind of sentence it is",
    "term": "how long the sentence is",
    "restricted": "whether the hospital order has restrictions",
    "sentenced_on": "the date of the sentence",
    "court_name": "the name of the court",
    "vlo_name": "the victim liaison officer's name",
    "vlo_phone": "the victim liaison officer's phone number",
    "unit_name": "the name of the victim liaison unit",
    "unit_email": "the unit's email address",
    "reference": "our reference",
    "written_on": "the date of the letter",
    "shared_address_accepted": (
        "a manager's approval, because the court holds this address for the offender too"
    ),
}

"""What is asked for by more than one fact, or not by its own name, in the order of a form.

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


def has(key: str, facts: Facts) -> bool:
    """Say whether a needed fact is known, or not needed here."""
    if key in ("safe_to_post", "shared_address_accepted"):
        needs_no_word = key != "safe_to_post" and not _at_the_offenders(facts)
        return facts.get(key) is True or needs_no_word
    if key == "vlo_name" and facts.get("unit_signs") is True:
        return True
    told = _told(facts)
    if key == "sentence_kind":
        return told.kind is not None
    if key == "term":
        return told.kind is None or not wording.needs_length(told.kind) or bool(told.term)
    if key == "restricted":
        return told.kind is not SentenceKind.HOSPITAL_ORDER or restricted(facts) is not None
    if key == "standing":
        return _one_of(VictimRelation, facts.get(key)) is not None
    return _is_addressed(facts) if key == "postcode" else known(facts.get(key))


def _is_addressed(facts: Facts) -> bool:
    """Say whether the last line of an envelope is known: a postcode, or a country abroad."""
    return bool(taken_apart(*_place(facts)).last)


def _place(facts: Facts) -> tuple[tuple[str, ...], str, str]:
    """Return the lines of an address, its postcode and its country; each "" where not known."""
    return lines(facts.get("address")), text(facts, "postcode"), text(facts, "country")


def _at_the_offenders(facts: Facts) -> bool:
    """Say whether the letter would go to an address that the court holds for the offender."""
    theirs = lines(facts.get("offender_address"))
    if not theirs or not known(facts.get("address")):
        return False
    here = (lines(facts.get("address")), text(facts, "postcode"))
    return same_place(here, (theirs[:-1], theirs[-1]))


def known(value: object) -> bool:
    """Say whether a value says anything: no blank, no "unknown", no empty list."""
    if isinstance(value, str):
        return tidy(value).casefold() not in _NOT_KNOWN
    if isinstance(value, (tuple, list)):
        return any(known(line) for line in value)
    return value is not None


def _told(facts: Facts) -> ToldSentence:
    sentencing, term = facts.get("sentencing"), facts.get("term")
    nothing = ToldSentence(None, None, False)
    held = told_sentence(sentencing) if isinstance(sentencing, SentencingFacts) else nothing
    return ToldSentence(
        _one_of(SentenceKind, facts.get("sentence_kind")) or held.kind,
        term if isinstance(term, Term) else held.term,
        bool(restricted(facts)),
    )


def _one_of(words: type[_Word], value: object) -> _Word | None:
    """Return the word of the glossary that a value is; None for anything else."""
    return next((word for word in words if word == value), None)


def restricted(facts: Facts) -> bool | None:
    """Say whether there are restrictions: as stated, by the route, as the court said, or None."""
    stated, route, sentencing = (facts.get(k) for k in ("restricted", "route", "sentencing"))
    if isinstance(stated, bool):
        return stated
    if route in (Route.HOSPITAL_RESTRICTED, Route.HOSPITAL_UNRESTRICTED):
        return route == Route.HOSPITAL_RESTRICTED
    if isinstance(sentencing, SentencingFacts):
        return told_sentence(sentencing).restricted
    return None


def restricted_as_moved(facts: Facts) -> bool | None:
    """Say whether somebody who was moved to hospital is restricted: as stated or by the route.

    What the court imposed before the move does not say.
    """
    stated, route = facts.get("restricted"), facts.get("route")
    if isinstance(stated, bool):
        return stated
    by_route = {Route.TRANSFER_RESTRICTED: True, Route.TRANSFER_UNRESTRICTED: False}
    return next((is_so for one, is_so in by_route.items() if one == route), None)


def court_order(facts: Facts) -> CourtOrder:
    """Return what the court made. Asked only where nothing is missing."""
    told = _told(facts)
    if told.kind is not SentenceKind.HOSPITAL_ORDER:
        return CourtOrder.CUSTODY
    return CourtOrder.RESTRICTED_HOSPITAL_ORDER if told.restricted else CourtOrder.HOSPITAL_ORDER


def sentence(facts: Facts, language: Language) -> str:
    """Return the sentence in plain words. Raises LetterRefused for one that no letter tells of."""
    told = _told(facts)
    if told.kind is None or not wording.can_be_told(told.kind):
        why = "This letter is for custody and hospital orders: this sentence is neither"
        raise LetterRefused(f"{why}.", {"sentence_kind": why})
    return wording.sentence(told.kind, told.term or Term(), language)


def window(facts: Facts) -> tuple[str, ...]:
    """Return what shows in the envelope. Raises LetterRefused naming what cannot go on one.

    ``address_is_read`` says that a second person found that a letter can go to it as it stands.
    """
    is_read = facts.get("address_is_read") is True
    try:
        return envelope(printed_name(facts, "addressee"), *_place(facts), is_read=is_read)
    except NotValid as refusal:
        raise LetterRefused(str(refusal), refusal.fields) from refusal


def printed_name(facts: Facts, key: str) -> str:
    """Return a name as she writes it, or in Latin letters where no font has hers."""
    name, latin = text(facts, key), text(facts, "name_in_latin")
    return latin if latin and unprintable(name) else name


def court_name(facts: Facts, language: Language) -> str:
    """Return the court as the subject of a sentence."""
    welsh = text(facts, "court_name_welsh") if language is Language.WELSH else ""
    if welsh:
        return wording.welsh_court(welsh)
    return wording.court(text(facts, "court_name"), language)


def phone(facts: Facts) -> str:
    """Return the number to ring. Raises LetterRefused for what is none."""
    number = text(facts, "vlo_phone")
    digits = sum(c.isdigit() for c in number)
    if not 10 <= digits <= 15 or set(number) - set("0123456789 +()-."):
        why = "Enter a phone number of 10 digits or more"
        raise LetterRefused(f"{why}.", {"vlo_phone": why})
    return number


def email(facts: Facts) -> str:
    """Return the officer's own address or the unit's. Raises LetterRefused for what is none."""
    key = "vlo_email" if known(facts.get("vlo_email")) else "unit_email"
    address = text(facts, key)
    if not _EMAIL.fullmatch(address):
        why = "Enter an email address, like name@example.com"
        raise LetterRefused(f"{why}.", {key: why})
    return address


def day(facts: Facts, key: str) -> date:
    """Return a fact as a date. Raises LetterRefused naming it where it is none."""
    value = facts[key]
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError as error:
        why = "Enter a date"
        raise LetterRefused(f"{why}.", {key: why}) from error


def text(facts: Facts, key: str) -> str:
    """Return a fact as tidy text; "" where it is not known."""
    value = facts.get(key)
    return "" if value is None or not known(value) else tidy(str(value))


def lines(value: object) -> tuple[str, ...]:
    """Return a value as its lines, tidy and without blank ones."""
    each = value.splitlines() if isinstance(value, str) else value
    if not isinstance(each, (tuple, list)):
        return ()
    return tuple(line for line in (tidy(str(line)) for line in each) if line)
