"""Whether a line of a list and a sentence of ours are about one person: the rules, in order. Pure.

Source: the public matching model of HMPPS for the sums, its guard for twins among them; the order
of the rules is ours.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from vcs.intake.person_numbers import Number
from vcs.lists.matches.people import Person
from vcs.lists.matches.weights import (
    DOUBT,
    JOIN,
    UNMEASURED,
    Days,
    Part,
    Rarity,
    is_one_edit,
    parts,
)


class Rule(StrEnum):
    """What tied a line to a sentence, or that nothing did."""

    CASE = "URN+ASN"
    PNC = "PNC"
    NOMS = "NOMS"
    CRO = "CRO"
    CRN = "CRN"
    SCORED = "scored"
    NONE = "none"
    OURS_ONLY = "ours only"
    BY_PERSON = "a person"


class Same(StrEnum):
    """Whether two descriptions are of one person."""

    YES = "yes"
    UNSURE = "unsure"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Described:
    """One sentence as a list or we describe it: who, in which case, on which day."""

    person: Person
    case_key: str = ""
    asn: str = ""
    sentenced_on: date | None = None
    court: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What comparing two descriptions gave. ``weight`` is set, and ``parts`` filled, by a score.

    ``is_doubted``: the person is surely the same, and the sentence may be another one of theirs.
    """

    same: Same
    rule: Rule
    said: str = ""
    weight: float | None = None
    parts: tuple[Part, ...] = ()
    is_doubted: bool = False

    @property
    def why(self) -> str:
        """Say why, in words: each part of a score with what it adds."""
        return self.said or _in_words(self.parts)


@dataclass(frozen=True, slots=True)
class Window:
    """What a score needs to know of all that we hold in the time of a list.

    ``numbers`` are asked in this order: first the one that the list's own system gives out.
    """

    prior: float
    held_on: dict[date, int]
    numbers: tuple[Number, ...] = (Number.PNC, Number.NOMS, Number.CRO, Number.CRN)
    rarity: Rarity = UNMEASURED


_RULES: Final = {number: Rule(number.value) for number in Number}


def compare(theirs: Described, ours: Described, window: Window) -> Comparison:
    """Say whether a line and a sentence are of one person, by which rule, and why."""
    if _is_one_case(theirs, ours):
        return Comparison(Same.YES, Rule.CASE, "case and arrest summons number are equal")
    return _by_number(theirs.person, ours.person, window) or _by_score(theirs, ours, window)


def _is_one_case(theirs: Described, ours: Described) -> bool:
    if not theirs.case_key or not theirs.asn or theirs.case_key != ours.case_key:
        return False
    return theirs.asn == ours.asn or theirs.asn in ours.person.marks


def _by_number(theirs: Person, ours: Person, window: Window) -> Comparison | None:
    for kind in window.numbers:
        number = theirs.numbers.get(kind)
        if number is None or not ours.has(kind, number):
            continue
        if against := _against_a_number(theirs, ours):
            return Comparison(Same.UNSURE, _RULES[kind], f"{kind} is equal, but {against}")
        return Comparison(Same.YES, _RULES[kind], _beside(kind, theirs, ours))
    return None


def _beside(kind: Number, theirs: Person, ours: Person) -> str:
    if theirs.born_on and ours.born_on and theirs.born_on != ours.born_on:
        days = f"{theirs.born_on.isoformat()} and {ours.born_on.isoformat()}"
        return f"{kind} is equal; the dates of birth differ ({days})"
    return f"{kind} is equal"


def _against_a_number(theirs: Person, ours: Person) -> str:
    """Return what makes an equal number doubtful; "" for nothing.

    What one side lacks speaks neither for a number nor against it.
    """
    birth, surname = _birth_fits(theirs, ours), _surname_fits(theirs, ours)
    if birth or (surname and birth is None):
        return ""
    if birth is None:
        return "" if surname is None else "the surname is another and no date of birth is known"
    return "" if surname else "neither the surname nor the date of birth is"


def _birth_fits(theirs: Person, ours: Person) -> bool | None:
    one, other = theirs.born_on, ours.born_on
    if one is None or other is None:
        return None
    return one == other or is_one_edit(one, other)


def _surname_fits(theirs: Person, ours: Person) -> bool | None:
    """Say whether a word of their surnames is ours; None where either has no name at all.

    A forename that both have is no surname that fits. Where the list does not say which word is
    the surname, any may be.
    """
    told = [name for name in (theirs.name, *theirs.aliases) if name.words]
    known = {*ours.whole.split(), *ours.name.words}
    known |= {word for alias in ours.aliases for word in alias.words}
    if not told or not known:
        return None
    surnames = {word for name in told for word in name.surname.split()}
    if not theirs.order_known:
        surnames |= theirs.name.words
    return bool(surnames & known)


def _by_score(theirs: Described, ours: Described, window: Window) -> Comparison:
    held = window.held_on.get(ours.sentenced_on, 1) if ours.sentenced_on else 1
    days = Days(theirs.sentenced_on, ours.sentenced_on, held)
    known = ours.person
    found = parts(theirs.person, replace(known, name=known.beside(theirs.person.name)), days)
    weight = round(window.prior + sum(part.weight for part in found), 1)
    if _are_like_twins(theirs, ours):
        why = "surname and date of birth are equal and the forenames differ: perhaps twins"
        return Comparison(Same.NO, Rule.NONE, why, weight, found)
    if weight >= JOIN:
        return Comparison(Same.YES, Rule.SCORED, "", weight, found)
    if weight >= DOUBT:
        return Comparison(Same.UNSURE, Rule.SCORED, "", weight, found)
    return Comparison(Same.NO, Rule.NONE, "", weight, found)


def _in_words(found: tuple[Part, ...]) -> str:
    return "; ".join(f"{part.words} ({part.weight:+.1f})" for part in found)


def _are_like_twins(theirs: Described, ours: Described) -> bool:
    """Say whether two are alike in what twins share, and not in their forenames."""
    one, other = theirs.person, ours.person
    mine, known = one.name, other.beside(one.name)
    if not mine.forename or not known.forename or one.born_on is None:
        return False
    alike = mine.surname == known.surname and one.born_on == other.born_on
    same_day = theirs.sentenced_on is not None and theirs.sentenced_on == ours.sentenced_on
    same_place = bool(one.postcode) and one.postcode == other.postcode
    return alike and mine.forename != known.forename and (same_day or same_place)
