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

_SERIAL: Final = re.compile(r"(\d{5})(?:[.,]\d+)?")

_FIRST_SERIAL: Final = date(1899, 12, 30)

_MOST_SERIAL: Final = 73_050

_FEWEST_SERIAL: Final = 367

_YEAR: Final = 4

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
def day_of(text: str, order: Order | None) -> date | None:
    """Return a day, or None for an empty text. Raises NoDay for what is none.

    A number of five digits is a spreadsheet's own count of days.
    """
    written = text.strip()
    if not written:
        return None
    if serial := _SERIAL.fullmatch(written):
        return _of_serial(int(serial[1]), written)
    if _INSTANT.fullmatch(written):
        return _in_london(written)
    parts = _PARTS.fullmatch(written)
    if parts is None:
        raise NoDay(written)
    first, second, third = parts.groups()
    if len(first) == _YEAR:
        return _real(int(first), _month(second), int(third), written)
    if len(third) != _YEAR:
        raise NoDay(written)
    if order is Order.MONTH_FIRST and first.isdigit() and second.isdigit():
        first, second = second, first
    return _real(int(third), _month(second), int(first), written)


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
    parts = _PARTS.fullmatch(text.strip())
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
