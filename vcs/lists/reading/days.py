"""Days as lists write them: the order of day and month is known or found out, never guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Final

from vcs.intake.values.days import london_day

_PARTS: Final = re.compile(r"(\d{1,4})[-/. ](\d{1,2}|[A-Za-z]{3,9})[-/. ](\d{1,4})(?:[T ].*)?")

_INSTANT: Final = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:[\d:.,]+ ?(?:Z|[+-]\d\d:?\d\d)")

_COMPACT: Final = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)")

_WEEKDAY: Final = re.compile(
    r"(mon|tue|wed|thu|fri|sat|sun)(?:day|sday|nesday|rsday|urday|s|rs)?\.?,? +", re.IGNORECASE
)

_SERIAL: Final = re.compile(r"(\d{5})(?:[.,]\d+)?")

_FIRST_SERIAL: Final = date(1899, 12, 30)

_MOST_SERIAL: Final = 73_050

_FEWEST_SERIAL: Final = 367

_YEAR: Final = 4

_SHORT_YEAR: Final = 2

_FIRST_SHORT_YEAR: Final = 69
"""Of a year of two figures 69 is 1969 and 68 is 2068: no list holds sentences of other years."""

_YOUNGEST: Final = 10

_OLDEST: Final = 109
"""Ages at which somebody may be sentenced, in years: a hundred, so that one century fits."""

_MONTHS: Final = 12

_SHORT: Final = 3

_NAMED: Final = "jan feb mar apr may jun jul aug sep oct nov dec"


class Order(StrEnum):
    """Which of two numbers is the day."""

    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"


class NoDay(ValueError):
    """A text that is no day of the calendar."""


def order_of(texts: Iterable[str]) -> Order | None:
    """Return the order that a file's own days prove; None where they prove none, or both."""
    found = {order for text in texts if (order := _proves(text)) is not None}
    return found.pop() if len(found) == 1 else None


def is_ambiguous(text: str) -> bool:
    """Say whether a day can be read only by knowing the order of its numbers."""
    first, second = _two_numbers(text)
    return first is not None and second is not None and first != second


@lru_cache(maxsize=65_536)
def day_of(text: str, order: Order | None, alive_on: date | None = None) -> date | None:
    """Return a day, or None for an empty text. Raises NoDay for what is none.

    A number of five digits is a spreadsheet's own count of days, one of eight a day without its
    strokes. For a day of birth ``alive_on`` is a day on which that person could be sentenced: a
    year of two figures is of the one century in which they could. A weekday must be that day's.
    """
    written = text.strip()
    weekday = _WEEKDAY.match(written)
    if weekday is None:
        return _plain_day(written, order, alive_on)
    found = _plain_day(written[weekday.end() :], order, alive_on)
    if found is None or _NAMES_OF_DAYS[found.weekday()] != weekday[1].lower():
        raise NoDay(written)
    return found


_NAMES_OF_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _plain_day(written: str, order: Order | None, alive_on: date | None) -> date | None:
    if not written:
        return None
    if compact := _COMPACT.fullmatch(written):
        year, month, day = map(int, compact.groups())
        return _real(year, month, day, written)
    if serial := _SERIAL.fullmatch(written):
        return _of_serial(int(serial[1]), written)
    if _INSTANT.fullmatch(written):
        return _in_london(written)
    return _in_parts(written, order, alive_on)


def _in_parts(written: str, order: Order | None, alive_on: date | None) -> date:
    parts = _PARTS.fullmatch(written)
    if parts is None:
        raise NoDay(written)
    first, second, third = parts.groups()
    if len(first) == _YEAR:
        return _real(int(first), _month(second), int(third), written)
    if len(third) not in (_YEAR, _SHORT_YEAR):
        raise NoDay(written)
    if order is Order.MONTH_FIRST and first.isdigit() and second.isdigit():
        first, second = second, first
    month, day = _month(second), int(first)
    if len(third) == _YEAR:
        return _real(int(third), month, day, written)
    return _of_short_year(int(third), (month, day), alive_on, written)


def _of_short_year(
    year: int, month_and_day: tuple[int, int], alive_on: date | None, written: str
) -> date:
    """Return the day of a year of two figures: the century is the only one that can be."""
    if alive_on is None:
        century = 1900 if year >= _FIRST_SHORT_YEAR else 2000
        return _real(century + year, *month_and_day, written)
    not_yet = (alive_on.month, alive_on.day) < month_and_day
    for century in (1900, 2000):
        if _YOUNGEST <= alive_on.year - century - year - not_yet <= _OLDEST:
            return _real(century + year, *month_and_day, written)
    raise NoDay(written)


def _in_london(written: str) -> date:
    """Return the London day of an instant: 23:00 UTC is the next day in summer."""
    try:
        return london_day(written)
    except ValueError:
        raise NoDay(written) from None


def _proves(text: str) -> Order | None:
    first, second = _two_numbers(text)
    if first is None or second is None:
        return None
    if first > _MONTHS >= second:
        return Order.DAY_FIRST
    return Order.MONTH_FIRST if second > _MONTHS >= first else None


def _two_numbers(text: str) -> tuple[int | None, int | None]:
    parts = _PARTS.fullmatch(_WEEKDAY.sub("", text.strip()))
    if parts is None or len(parts[1]) == _YEAR or not parts[2].isdigit():
        return None, None
    return int(parts[1]), int(parts[2])


def _of_serial(number: int, written: str) -> date:
    if not _FEWEST_SERIAL <= number <= _MOST_SERIAL:
        raise NoDay(written)
    return _FIRST_SERIAL + timedelta(days=number)


def _month(text: str) -> int:
    if text.isdigit():
        return int(text)
    try:
        return _NAMED.split().index(text[:_SHORT].lower()) + 1
    except ValueError:
        raise NoDay(text) from None


def _real(year: int, month: int, day: int, written: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise NoDay(written) from None
