"""How much each agreement between two descriptions of a person weighs, as log2 of m/u.

Source: the public matching model of HMPPS, trained on 23 February 2026 on offenders in NOMIS,
Delius, Common Platform and Libra. A start, to be measured on our own pairs. Its row for numbers
that share their digits is left out: of our side only digests are kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from math import log2
from typing import Final

from rapidfuzz.distance import JaroWinkler, Levenshtein

from vcs.intake.person_numbers import Number
from vcs.lists.matches.people import Name, Person

JOIN: Final = 20.0

"""From this sum on two descriptions are of one person."""

DOUBT: Final = 14.0

"""From this sum on a person must look; below it two descriptions are of two people."""

FEWEST_OF_A_WINDOW: Final = 7_500

"""About a month of custody in England and Wales."""

_VERY_LIKE: Final = 0.9

_WITHIN_DAYS: Final = 14

_WITHIN_YEARS: Final = 5 * 365.25

_COUNTED: Final = (Number.PNC, Number.CRO)


@dataclass(frozen=True, slots=True)
class Part:
    """One line of a score, in words, and what it adds."""

    words: str
    weight: float


@dataclass(frozen=True, slots=True)
class Rarity:
    """What an equal court, offence and length add, measured on our own sentences; 0 unmeasured."""

    court: float = 0.0
    offence: float = 0.0
    length: float = 0.0


UNMEASURED: Final = Rarity()


@dataclass(frozen=True, slots=True)
class Days:
    """The days of sentence that are compared, and how many of ours share their day."""

    theirs: date | None
    ours: date | None
    held_that_day: int = 1


def prior(held: int) -> float:
    """Return the weight of two descriptions before anything is compared, for a window of ours."""
    return -log2(max(held, FEWEST_OF_A_WINDOW) - 1)


def parts(theirs: Person, ours: Person, days: Days) -> tuple[Part, ...]:
    """Return each agreement and disagreement of two descriptions, without the prior."""
    found = (
        _name(theirs, ours),
        _second_name(theirs.name, ours.name),
        _birth(theirs, ours),
        _day(days),
        _numbers(theirs, ours),
        _postcode(theirs, ours),
    )
    return tuple(part for part in found if part is not None)


def like(one: str, other: str) -> float:
    """Return how alike two cleaned names are, from 0 to 1, by Jaro and Winkler."""
    return JaroWinkler.similarity(one, other)


def _name(theirs: Person, ours: Person) -> Part:
    for fits, words, weight in _NAMES:
        if fits(theirs, ours):
            return Part(words, weight)
    return Part("names differ", -7.9)


def is_like_name(theirs: Person, ours: Person) -> bool:
    """Say whether names are equal, swapped, an alias or very like."""
    return any(fits(theirs, ours) for fits in (_full, _swapped, _alias, _very_like))


def _full(theirs: Person, ours: Person) -> bool:
    if theirs.order_known:
        return theirs.name.full == ours.name.full
    return theirs.name.words == ours.name.words


def _swapped(theirs: Person, ours: Person) -> bool:
    one, other = theirs.name, ours.name
    return bool(one.forename) and (one.surname, one.forename) == (other.forename, other.surname)


def _alias(theirs: Person, ours: Person) -> bool:
    mine, other = {ours.name.full, *_fulls(ours)}, {theirs.name.full, *_fulls(theirs)}
    return bool(mine & other)


def _fulls(person: Person) -> Iterator[str]:
    return (alias.full for alias in person.aliases)


def _very_like(theirs: Person, ours: Person) -> bool:
    return like(theirs.name.full, ours.name.full) >= _VERY_LIKE


def _surname(theirs: Person, ours: Person) -> bool:
    return theirs.name.surname == ours.name.surname


def _forename(theirs: Person, ours: Person) -> bool:
    return bool(ours.name.forename) and theirs.name.forename == ours.name.forename


_NAMES: Final[tuple[tuple[Callable[[Person, Person], bool], str, float], ...]] = (
    (_full, "full name equal", 17.1),
    (_swapped, "forename and surname swapped", 14.0),
    (_alias, "name equal to an alias", 11.5),
    (_very_like, "full name very like", 7.3),
    (_surname, "surname equal", 2.8),
    (_forename, "forename equal", 0.0),
)


def _second_name(theirs: Name, ours: Name) -> Part | None:
    if not theirs.second or not ours.second:
        return None
    if theirs.second == ours.second:
        return Part("second name equal", 6.2)
    if like(theirs.second, ours.second) >= _VERY_LIKE:
        return Part("second name like", 3.6)
    return Part("second name differs", -4.6)


def _birth(theirs: Person, ours: Person) -> Part | None:
    one, other = theirs.born_on, ours.born_on
    if one is None or other is None:
        return None
    if one == other:
        return Part("date of birth equal", 13.9)
    if one.year // 10 == other.year // 10 and is_one_edit(one, other):
        return Part("date of birth one digit away", 3.3)
    if abs((one - other).days) <= _WITHIN_YEARS:
        return Part("date of birth within five years", -4.4)
    return Part("date of birth differs", -8.6)


def is_one_edit(one: date, other: date) -> bool:
    """Say whether two days are one digit apart, or have day and month the other way round."""
    swapped = (one.year, one.month, one.day) == (other.year, other.day, other.month)
    return swapped or Levenshtein.distance(one.isoformat(), other.isoformat()) <= 1


def _day(days: Days) -> Part | None:
    if days.theirs is None or days.ours is None:
        return None
    apart = abs((days.theirs - days.ours).days)
    if apart == 0:
        few, many = 10, 100
        weight = 10.9 if days.held_that_day < few else 9.4 if days.held_that_day < many else 7.3
        return Part("day of sentence equal", weight)
    if apart <= _WITHIN_DAYS:
        return Part("day of sentence within two weeks", 1.0)
    return Part("day of sentence differs", -0.8)


def _numbers(theirs: Person, ours: Person) -> Part | None:
    told = [kind for kind in _COUNTED if kind in theirs.numbers]
    same = [kind for kind in told if ours.has(kind, theirs.numbers[kind])]
    both = [kind for kind in told if kind in ours.numbers or kind in same]
    if len(same) == len(_COUNTED):
        return Part("PNC and CRO equal", 29.9)
    if same:
        return Part(f"{same[0]} equal", {Number.PNC: 21.6, Number.CRO: 21.8}[same[0]])
    if not both:
        return None
    differ = len(both) > 1
    return Part("both numbers differ" if differ else f"{both[0]} differs", -14.0 if differ else -10)


def _postcode(theirs: Person, ours: Person) -> Part | None:
    if not theirs.postcode or not ours.postcode:
        return None
    if theirs.postcode == ours.postcode:
        return Part("postcode equal", 5.0)
    return Part("postcode differs", -2.3)
