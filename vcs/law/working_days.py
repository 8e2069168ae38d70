"""Working days in England and Wales: Monday to Friday, less bank holidays.

The dates stand in ``data/bank_holidays.csv``, read once when this module is loaded. Day 1 is the
first working day after the event. Past the official list a date is provisional and says so.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date, timedelta
from importlib.resources import files
from types import MappingProxyType

FIRST_DAY = date(2001, 1, 1)
LAST_DAY = date(2040, 12, 31)
_SATURDAY = 5
_DAY = timedelta(days=1)


def _read() -> tuple[Mapping[date, str], date]:
    """Return the holidays with their names, and the last day of the official list's last year."""
    text = (files("vcs.law") / "data" / "bank_holidays.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    named = {date.fromisoformat(row["day"]): row["title"] for row in rows}
    official = max(row["day"] for row in rows if row["status"] == "official")
    return MappingProxyType(named), date(int(official[:4]), 12, 31)


BANK_HOLIDAYS, _OFFICIAL_UNTIL = _read()


def official_until() -> date:
    """Return the last day for which the official list of bank holidays is known."""
    return _OFFICIAL_UNTIL


def is_working_day(day: date) -> bool:
    """Say whether a day is Monday to Friday and not a bank holiday in England and Wales."""
    return day.weekday() < _SATURDAY and day not in BANK_HOLIDAYS


def add_working_days(day: date, count: int) -> date:
    """Return the ``count``-th working day after a day; ``count`` is one or more.

    Raises ValueError outside the years the calendar covers.
    """
    if not FIRST_DAY <= day <= LAST_DAY or count < 1:
        raise ValueError("the calendar does not cover this count")
    while count:
        day += _DAY
        if day > LAST_DAY:
            raise ValueError("the calendar does not cover this count")
        count -= is_working_day(day)
    return day


def working_days_between(start: date, end: date) -> int:
    """Count the working days after ``start`` up to and including ``end``; negative backwards."""
    if end < start:
        return -working_days_between(end, start)
    days = (start + _DAY * n for n in range(1, (end - start).days + 1))
    return sum(1 for day in days if is_working_day(day))


def holidays_between(start: date, end: date) -> tuple[tuple[date, str], ...]:
    """Return the weekday bank holidays after ``start`` up to ``end``: the ones a count skips."""
    return tuple(
        (day, name)
        for day, name in sorted(BANK_HOLIDAYS.items())
        if start < day <= end and day.weekday() < _SATURDAY
    )


def is_provisional(start: date, end: date) -> bool:
    """Say whether a count between two days passes the end of the official list."""
    return max(start, end) > _OFFICIAL_UNTIL
