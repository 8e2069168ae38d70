"""Whether two people who were entered apart may be one. A person decides; this says when to ask."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from difflib import SequenceMatcher
from enum import IntEnum
from typing import Final

from vcs.victims.person import Person
from vcs.victims.places.same_place import comparable
from vcs.victims.spoken import are_called_alike

_ALIKE: Final = 0.85

_A_SLIP_APART: Final = 0.93

_SHORTEST_PHONE: Final = 10

_TITLES: Final = frozenset(
    re.findall(
        r"\w+",
        "mr mrs miss ms mx master dr doctor prof professor rev revd reverend sir lady lord dame",
    )
)

_HOME: Final = "the same address"

_NOTES: Final = re.compile(r"[(\[{].*|\s[-\u2013\u2014]\s.*|,.*|\bc/o\b.*", re.IGNORECASE)


class Likeness(IntEnum):
    """How sure it is that two people are one; a greater one is surer.

    ``REACHED`` says of two with different names that they are reached in one way: a name changes,
    is shortened, or is written in other letters. A family is too: doors ask, and letters do not.
    """

    NO = 0
    REACHED = 1
    MAYBE = 2
    PROBABLY = 3


def likeness(one: Person, other: Person) -> Likeness:
    """Compare two people by their names, and by whatever else is held about both."""
    here, there = name_parts(one.name), name_parts(other.name)
    by_name = _likeness_of_names(here, there, is_reached=reached_alike(one, other))
    if by_name is Likeness.NO and _is_reached(one, other, (here, there)):
        return Likeness.REACHED
    return by_name


def _likeness_of_names(
    here: tuple[str, ...], there: tuple[str, ...], *, is_reached: bool
) -> Likeness:
    if not here or not there:
        return Likeness.NO
    if sorted(here) == sorted(there):
        return Likeness.PROBABLY
    if _is_shortened(here, there) or _is_called_alike(here, there):
        return Likeness.PROBABLY if is_reached else Likeness.MAYBE
    if SequenceMatcher(None, " ".join(here), " ".join(there)).ratio() >= _ALIKE:
        return Likeness.MAYBE
    # A name changes with a marriage: the same first name at the same door is asked about.
    return Likeness.MAYBE if is_reached and here[0] == there[0] else Likeness.NO


def _is_called_alike(here: tuple[str, ...], there: tuple[str, ...]) -> bool:
    """Say whether one name may be the other with a pet name: Liz Marlow, Elizabeth Marlow."""
    if min(len(here), len(there)) == 1 or here[-1] != there[-1]:
        return False
    return are_called_alike(here[0], there[0])


def _is_reached(one: Person, other: Person, names: tuple[tuple[str, ...], tuple[str, ...]]) -> bool:
    """Say whether both have one telephone or mailbox, or one home and perhaps one surname."""
    ways = _ways_alike(one, other)
    by_home = ways.pop(_HOME)
    return any(ways.values()) or (by_home and _may_share_surname(*names))


def _may_share_surname(here: tuple[str, ...], there: tuple[str, ...]) -> bool:
    """Say whether the surname of one is a part of the other; of other letters nobody can tell."""
    if not here or not there:
        return True
    if here[-1] in there or there[-1] in here:
        return True
    return _is_latin(here) != _is_latin(there)


def _is_latin(parts: tuple[str, ...]) -> bool:
    return all(unicodedata.name(part[0], "").startswith("LATIN") for part in parts)


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
    ways = tuple(words for words, is_alike in _ways_alike(one, other).items() if is_alike)
    if likeness(one, other) is Likeness.REACHED:
        return ways
    same = sorted(name_parts(one.name)) == sorted(name_parts(other.name))
    return ("the same name" if same else "a name that is nearly the same", *ways)


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
        _HOME: bool(one.lines) and home,
        "the same telephone number": bool(phone) and phone == phone_digits(other.phone),
        "the same email address": bool(email) and email == other.email.casefold(),
    }


_FEWEST_LETTERS: Final = 3
"""Letters with which a longer forename may begin to be short for it: Col, Geoff."""


def may_be_one_forename(one: str, other: str) -> bool:
    """Say whether two forenames may be one, in the form in which :func:`name_parts` has them.

    The same, an initial, the beginning of a longer one, or a pet name of one another.
    """
    short, long = sorted((one, other), key=len)
    if not short:
        return False
    if short == long or (len(short) == 1 and short == long[0]):
        return True
    begins = len(short) >= _FEWEST_LETTERS and long.startswith(short)
    return begins or are_called_alike(one, other)
