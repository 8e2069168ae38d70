"""Whether two people who were entered apart may be one. A person decides; this says when to ask."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Mapping
from difflib import SequenceMatcher
from enum import IntEnum
from importlib.resources import files
from typing import Final

from vcs.victims.person import Person
from vcs.victims.places.same_place import comparable

_ALIKE: Final = 0.85

_A_SLIP_APART: Final = 0.93

_SHORTEST_PHONE: Final = 10

_TITLES: Final = frozenset(
    re.findall(
        r"\w+",
        "mr mrs miss ms mx master dr doctor prof professor rev revd reverend sir lady lord dame",
    )
)

_NOTES: Final = re.compile(r"[(\[{].*|\s[-\u2013\u2014]\s.*|,.*|\bc/o\b.*", re.IGNORECASE)


class Likeness(IntEnum):
    """How sure it is that two people are one; a greater one is surer."""

    NO = 0
    MAYBE = 1
    PROBABLY = 2


def likeness(one: Person, other: Person) -> Likeness:
    """Compare two people by their names, and by whatever else is held about both."""
    here, there = name_parts(one.name), name_parts(other.name)
    if not here or not there:
        return Likeness.NO
    if sorted(here) == sorted(there):
        return Likeness.PROBABLY
    alike = reached_alike(one, other)
    if _is_shortened(here, there):
        return Likeness.PROBABLY if alike else Likeness.MAYBE
    if SequenceMatcher(None, " ".join(here), " ".join(there)).ratio() >= _ALIKE:
        return Likeness.MAYBE
    # A name changes with a marriage: the same first name at the same door is asked about.
    return Likeness.MAYBE if alike and here[0] == there[0] else Likeness.NO


def may_be_of_one_person(one: str, other: str) -> bool:
    """Say whether two names may be of one person: alike, shortened, a pet name, a slip apart."""
    here, there = name_parts(one), name_parts(other)
    if not here or not there:
        return False
    if sorted(here) == sorted(there) or _is_shortened(here, there, may_be_one_forename):
        return True
    return SequenceMatcher(None, " ".join(here), " ".join(there)).ratio() >= _A_SLIP_APART


def name_parts(name: str) -> tuple[str, ...]:
    """Return the parts of a name in the form in which two spellings are equal, without titles."""
    kept = _NOTES.sub(" ", f" {name}") if re.search(r"\w", _NOTES.sub(" ", f" {name}")) else name
    plain = unicodedata.normalize("NFKD", kept).casefold()
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    plain = re.sub("['\u2019\u2018`]", "", plain)
    return tuple(part for part in re.findall(r"[^\W_]+", plain) if part not in _TITLES)


def _is_shortened(
    here: tuple[str, ...],
    there: tuple[str, ...],
    are_one: Callable[[str, str], bool] | None = None,
) -> bool:
    """Say whether one name may be the other with initials, or with a middle name left out.

    ``are_one`` says whether two forenames may be one; by default an initial stands for any.
    """
    are_one = are_one or _stands_for
    if not _stands_for(here[-1], there[-1]):
        return False
    fewer, more = sorted((here[:-1], there[:-1]), key=len)
    left = list(more)
    for part in fewer:
        match = next((one for one in left if are_one(part, one)), None)
        if match is None:
            return False
        left.remove(match)
    return True


def _stands_for(one: str, other: str) -> bool:
    shortest = min(len(one), len(other))
    return one == other or (shortest == 1 and one[0] == other[0])


def reached_alike(one: Person, other: Person) -> bool:
    """Say whether both can be reached in one and the same way."""
    return any(_ways_alike(one, other).values())


def why_alike(one: Person, other: Person) -> tuple[str, ...]:
    """Say in plain words what two people have in common, without any of it."""
    same = sorted(name_parts(one.name)) == sorted(name_parts(other.name))
    name = "the same name" if same else "a name that is nearly the same"
    return (name, *(words for words, is_alike in _ways_alike(one, other).items() if is_alike))


def phone_digits(phone: str) -> str:
    """Return the last ten digits of a telephone number; "" where there are fewer."""
    digits = re.sub(r"\D", "", phone)[-_SHORTEST_PHONE:]
    return digits if len(digits) == _SHORTEST_PHONE else ""


_NUMBER: Final = re.compile(r"\+?\(?\d(?:[ ().\-/]{0,3}\d)+")
_FEWEST_DIGITS: Final = 7
"""Digits without the zero in front: fewer is an extension, or no number."""

_ABROAD: Final = re.compile(r"(?:\+|00)")


def numbers_in(text: str) -> tuple[str, ...]:
    """Return the telephone numbers in a text as they are dialled at home, without the first zero.

    "+44 (0)7700 900123", "0044 7700 900123" and "07700-900123" are one.
    """
    found = (_at_home(one.group()) for one in _NUMBER.finditer(text))
    return tuple(dict.fromkeys(number for number in found if len(number) >= _FEWEST_DIGITS))


def _at_home(written: str) -> str:
    is_abroad = _ABROAD.match(written.lstrip("("))
    digits = re.sub(r"\D", "", written)
    if is_abroad:
        digits = digits.removeprefix("00")
    if digits.startswith("44") and (is_abroad or len(digits) >= len("447700900123")):
        digits = digits.removeprefix("44")
    return digits.removeprefix("0")


def _ways_alike(one: Person, other: Person) -> dict[str, bool]:
    home = comparable(one.where, one.postcode) == comparable(other.where, other.postcode)
    phone, email = phone_digits(one.phone), one.email.casefold()
    return {
        "the same address": bool(one.lines) and home,
        "the same telephone number": bool(phone) and phone == phone_digits(other.phone),
        "the same email address": bool(email) and email == other.email.casefold(),
    }


_FEWEST_LETTERS: Final = 3
"""Letters with which a longer forename may begin to be short for it: Col, Geoff."""


def _rows_of_each() -> Mapping[str, frozenset[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    text = files(__package__).joinpath("data/pet_names.csv").read_text(encoding="utf-8")
    for at, row in enumerate(csv.DictReader(text.splitlines())):
        for name in (*row["forename"].split(), *row["short"].split()):
            found[name].add(at)
    return {name: frozenset(rows) for name, rows in found.items()}


_ROWS: Final = _rows_of_each()


def may_be_one_forename(one: str, other: str) -> bool:
    """Say whether two forenames may be one, in the form in which :func:`name_parts` has them.

    The same, an initial, the beginning of a longer one, or of one row of ``data/pet_names.csv``:
    forenames that are spelt in several ways, each with its short forms. The table is ours and
    never complete.
    """
    short, long = sorted((one, other), key=len)
    if not short:
        return False
    if short == long or (len(short) == 1 and short == long[0]):
        return True
    begins = len(short) >= _FEWEST_LETTERS and long.startswith(short)
    return begins or not _ROWS.get(one, _NONE).isdisjoint(_ROWS.get(other, _NONE))


_NONE: Final[frozenset[int]] = frozenset()
