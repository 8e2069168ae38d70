"""A person as a list or we describe them, cleaned before any two are compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Final

from vcs.intake.person_numbers import Number

_NOT_A_NAME: Final = re.compile(r"^(?:MIG_ERROR_|NO_SHOW_|DUPLICATE_)|\bNOT ENTERED\b")

_MC: Final = re.compile(r"\bMC ")

_DAYS_OF_NOBODY: Final = frozenset({date(1970, 1, 1), date(1900, 1, 1)})

_POSTCODES_OF_NOBODY: Final = frozenset({"NF11NF", "NF11FA"})


@dataclass(frozen=True, slots=True)
class Name:
    """One name, cleaned: ``forename`` and ``second`` may be empty."""

    surname: str
    forename: str = ""
    second: str = ""

    @property
    def full(self) -> str:
        """Return forename and surname as one text."""
        return f"{self.forename} {self.surname}".strip()

    @property
    def words(self) -> frozenset[str]:
        """Return its words, whatever their order."""
        return frozenset(f"{self.full} {self.second}".split())


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody as one system describes them. What is missing is None or empty, never "unknown".

    ``order_known`` is False where the list writes the whole name as one text. ``whole`` is such a
    name of ours, cleaned: which of its words are the surname shows beside the other description.
    ``marks`` are further numbers, and numbers of a kind that is not known.
    """

    name: Name
    born_on: date | None = None
    numbers: Mapping[Number, str] = field(default_factory=dict)
    aliases: tuple[Name, ...] = ()
    postcode: str = ""
    order_known: bool = True
    whole: str = ""
    marks: frozenset[str] = frozenset()

    def has(self, kind: Number, number: str) -> bool:
        """Say whether a number is this person's."""
        return self.numbers.get(kind) == number or number in self.marks

    def beside(self, other: Name) -> Name:
        """Return the name, its words divided as those of the other description are."""
        return divided(self.whole, other) if self.whole else self.name


@lru_cache(maxsize=65_536)
def cleaned(text: str) -> str:
    """Return a name for comparing: capitals, no accents or apostrophes, a hyphen as a space."""
    if text.isascii() and text.isalpha():
        return text.upper()
    split = unicodedata.normalize("NFKD", text.upper())
    bare = "".join(letter for letter in split if not unicodedata.combining(letter))
    known = _NOT_A_NAME.sub("", bare)
    spaced = re.sub(r"[^\w]+", " ", re.sub(r"['’‘`]", "", known)).strip()
    return _MC.sub("MC", spaced)


def name_of(surname: str, forename: str = "", second: str = "") -> Name:
    """Return a cleaned name; further forenames count as the second name."""
    first, _, rest = cleaned(forename).partition(" ")
    return Name(cleaned(surname), first, f"{rest} {cleaned(second)}".strip())


def divided(whole: str, other: Name) -> Name:
    """Divide a whole name into forename, second name and surname as the other name is divided.

    A surname of two words at the end, or in front where the two were swapped, stays in one.
    """
    words = whole.split()
    ending = other.surname.split()
    beginning = [*other.forename.split(), *other.second.split()]
    if beginning and words == [*ending, *beginning] and words != [*beginning, *ending]:
        return Name(other.forename, other.surname)
    count = min(max(len(ending), 1), max(len(words) - 1, 1))
    first, second = words[:-count], words[-count:]
    return Name(" ".join(second), " ".join(first[:1]), " ".join(first[1:]))


def birth_day(day: date | None) -> date | None:
    """Return a date of birth, or None for the days that systems fill in for nobody."""
    return None if day in _DAYS_OF_NOBODY else day


def postcode_of(text: str) -> str:
    """Return a postcode without spaces, or "" for those that systems fill in for nobody."""
    joined = re.sub(r"\s+", "", text).upper()
    return "" if joined in _POSTCODES_OF_NOBODY else joined
