"""Lengths of custody as feeds write them: units with numbers, and words such as "2 Years"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache

from vcs.intake.durations import length_words
from vcs.intake.durations.length_words import PART
from vcs.terms import Term

_SEVERAL = rf"{PART}(?:(?:\s|,|and|ac|a\b)*{PART})*"

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

_EACH = re.compile(
    rf"(?<!within )(?<!allowed ){_SEVERAL}(?! (?:to|in which|allowed)\b)", re.IGNORECASE
)

LONGEST = 999

_SHORT = 80

_WRITTEN = re.compile(r"\d{1,6}(?:\.\d{1,3})?", re.ASCII)

_term = lru_cache(maxsize=4096)(Term)

"""The one term of so many years, months, weeks and days: most messages state the same few."""


def of_unit(value: object, unit: object) -> Term | None:
    """Return a number with a unit (Y, M, W, D or a word) as a term; None for anything else.

    2.0 years are 2 years and 1.5 years 18 months. A zero is an empty term, and no length.
    """
    number = None if value is None else _number(value)
    if number is None or not isinstance(unit, str):
        return None
    return _of_unit(number, unit)


@lru_cache(maxsize=4096)
def _of_unit(number: Decimal, unit: str) -> Term | None:
    name = length_words.unit_named(unit)
    if name is None:
        return None
    return length_words.whole({name: number}) if number else Term()


def _number(value: object) -> Decimal | None:
    if isinstance(value, str) and _WRITTEN.fullmatch(value.strip()):
        value = Decimal(value.strip())
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    number = Decimal(str(value))
    return number if number.is_finite() and 0 <= number <= LONGEST else None


def of_words(words: str) -> Term | None:
    """Read "2 Years 6 Months" as a term; None where the words name no length for certain.

    None too for words of which a part cannot be read, such as "14.5 months" or "6 to 12 months":
    the rest of a length is another length.
    """
    return _of_short_words(words) if len(words) <= _SHORT else length_words.read(words)


_of_short_words = lru_cache(maxsize=4096)(length_words.read)


def of_sentence(words: str) -> Term | None:
    """Read the length out of the sentence as pronounced, "Committed to prison for 4 Years"."""
    found = _COMMITTED.search(words)
    return of_words(found.group(1)) if found and not is_reduced(words) else None


def is_reduced(words: str) -> bool:
    """Say whether something but credit is taken off a length, so that no number beside it is it."""
    return length_words.is_reduced(words)


def each_in(words: str) -> list[Term] | None:
    """Return every length that words name, but time to pay; None where one cannot be read."""
    found = [of_words(one.group()) for one in _EACH.finditer(words)]
    return None if None in found else [term for term in found if term]


def of_total(words: str) -> Term | None:
    """Read the length out of a total as pronounced, "Total custodial period 4 Years"."""
    found = _TOTAL.search(words)
    return of_words(found.group(1)) if found and not is_reduced(words) else None


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
    settle which, and where they are silent both readings stand. A pair of nothing is passed over.
    """
    stated = [term for term in pairs if term is None or term]
    first = stated[0] if stated else None
    if first is None:
        return []
    later = [term for term in stated[1:] if term and finer(term, first)]
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
