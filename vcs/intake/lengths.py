"""Lengths of custody as feeds write them: units with numbers, and words such as "2 Years"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from vcs.terms import Term

_UNITS = {"Y": "years", "M": "months", "W": "weeks", "D": "days"}

_WORDS = {"year": "years", "month": "months", "week": "weeks", "day": "days"}

_ONE = re.compile(r"(\d{1,4})\s*(year|month|week|day)s?\b", re.IGNORECASE)

_UNIT = re.compile(r"\b(?:year|month|week|day)s?\b", re.IGNORECASE)

_BROKEN = re.compile(r"\d\s*[.,/]\s*\d|\bhalf\b|[½¼¾]", re.IGNORECASE)

_PART = r"\d{1,4}\s*(?:year|month|week|day)s?\b"

_SEVERAL = rf"{_PART}(?:(?:\s|,|and)+{_PART})*"

_COMMITTED = re.compile(
    r"(?:prison|imprisonment|detention|detained|custody|custodial|institution)\b"
    r"[^.;:\d]{0,60}?\b(?:for|of|term|period)\s+(?:a\s+(?:term|period)\s+of\s+)?"
    rf"({_SEVERAL})",
    re.IGNORECASE,
)

_TOTAL = re.compile(
    r"\b(?:total|overall)\b[^.;:\d]{0,60}?"
    rf"\b(?:custod\w*|imprisonment|detention|sentence|term|period|length|of|is)\b\W{{1,3}}({_SEVERAL})",
    re.IGNORECASE,
)

LONGEST = 999

_SHORT = 80

_term = lru_cache(maxsize=4096)(Term)

"""The one term of so many years, months, weeks and days: most messages state the same few."""


def of_unit(value: object, unit: object) -> Term | None:
    """Return a number with a unit letter (Y, M, W, D) as a term; None for anything else."""
    number = None if value is None else _whole(value)
    if number is None or not isinstance(unit, str):
        return None
    return _of_letter(number, unit.strip()[:1])


@lru_cache(maxsize=4096)
def _of_letter(number: int, letter: str) -> Term | None:
    name = _UNITS.get(letter.upper())
    return _term(**{name: number}) if name else None


def _whole(value: object) -> int | None:
    if isinstance(value, str) and value.strip().isascii() and value.strip().isdigit():
        value = int(value.strip()[:6])
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if 0 < value <= LONGEST else None


def of_words(words: str) -> Term | None:
    """Read "2 Years 6 Months" as a term; None where the words name no length.

    None too for words of which a part cannot be read, such as "14.5 months" or "one year 3 months":
    the rest of a length is another length.
    """
    return _of_short_words(words) if len(words) <= _SHORT else _of_words(words)


def _of_words(words: str) -> Term | None:
    found = _ONE.findall(words)
    if not found or len(found) < len(_UNIT.findall(words)) or _BROKEN.search(words):
        return None
    parts: dict[str, int] = {}
    for number, word in found:
        name = _WORDS[word.lower()]
        if name in parts:
            return None
        parts[name] = int(number)
    return _term(**parts) or None


_of_short_words = lru_cache(maxsize=4096)(_of_words)


def of_sentence(words: str) -> Term | None:
    """Read the length out of the sentence as pronounced, "Committed to prison for 4 Years"."""
    found = _COMMITTED.search(words)
    return of_words(found.group(1)) if found else None


def of_total(words: str) -> Term | None:
    """Read the length out of a total as pronounced, "Total custodial period 4 Years"."""
    found = _TOTAL.search(words)
    return of_words(found.group(1)) if found else None


def joined(terms: Iterable[Term]) -> Term:
    """Add terms part by part."""
    years = months = weeks = days = 0
    for term in terms:
        years += term.years
        months += term.months
        weeks += term.weeks
        days += term.days
    return _term(years, months, weeks, days)


def of_pairs(pairs: Sequence[Term | None], worded: Term | None) -> list[Term]:
    """Read numbers with units: the first pair alone, or joined with finer pairs after it.

    A second pair may continue the length (1 year 6 months) or state something else; the words
    settle which, and where they are silent both readings stand.
    """
    first = pairs[0]
    if first is None:
        return []
    later = [term for term in pairs[1:] if term and finer(term, first)]
    if not later or worded == first:
        return [first]
    whole = joined([first, *later])
    return [whole] if worded == whole else [first, whole]


def finer(term: Term, than: Term) -> bool:
    """Say whether a term of one unit is in a finer unit than another: months than years."""
    return _unit(term) > _unit(than)


def _unit(term: Term) -> int:
    return next(
        i for i, part in enumerate((term.years, term.months, term.weeks, term.days)) if part
    )


def distinct(terms: Iterable[Term | None]) -> tuple[Term, ...]:
    """Keep each length once: 12 months and 1 year are the same length."""
    kept: dict[tuple[int, int], Term] = {}
    last = None
    for term in terms:
        if term and term is not last:
            last = term
            kept.setdefault((term.years * 12 + term.months, term.weeks * 7 + term.days), term)
    return tuple(kept.values())
