"""Working days in England and Wales: Monday to Friday, less bank holidays.

The dates stand in ``data/bank_holidays.csv``, read once and checked when this module is loaded.
Day 1 is the first working day after the event. Past the official list a date is provisional and
says so.

To add a bank holiday, add a row and start the program again: ``known_on`` is the day it was
announced (empty where it was never news), ``source`` says who said so. To take one back, write the
day of that news into its row's ``withdrawn_on`` and ``withdrawn`` as its status. Rows are never
deleted. A count made on a day uses the calendar as it was known on that day: ``known_on`` None is
everything that the table holds.
"""

from __future__ import annotations

import csv
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files
from itertools import pairwise

FIRST_DAY = date(2001, 1, 1)
LAST_DAY = date(2040, 12, 31)
_SATURDAY = 5
_DAY = timedelta(days=1)
_STATUSES = ("official", "rule", "projected", "withdrawn")


@dataclass(frozen=True, slots=True)
class BankHoliday:
    """One row. ``known_on`` None was never news; ``withdrawn_on`` is the day it was taken back.

    ``status`` is ``official`` (the GOV.UK list), ``rule`` (older than that list), ``projected``
    (beyond it) or ``withdrawn``.
    """

    day: date
    title: str
    title_cy: str
    known_on: date | None
    withdrawn_on: date | None
    status: str
    source: str

    @property
    def is_weekday(self) -> bool:
        """Say whether the day would be a working day without it."""
        return self.day.weekday() < _SATURDAY

    def events(self, known_on: date) -> int:
        """Count what was known of it by a day: its being announced, and its being taken back."""
        announced = self.known_on is None or self.known_on <= known_on
        return announced + (self.withdrawn_on is not None and self.withdrawn_on <= known_on)

    def stands(self, known_on: date) -> bool:
        """Say whether it counted as a bank holiday by what was known on a day."""
        return self.events(known_on) == 1 and not (
            self.withdrawn_on is not None and self.withdrawn_on <= known_on
        )


class Calendar:
    """A table of bank holidays, as it was known from each day of news to the next."""

    def __init__(self, rows: Iterable[BankHoliday]) -> None:
        """Take the rows; raises ValueError, with every fault, for rows that cannot be."""
        self.rows = tuple(sorted(rows, key=lambda row: row.day))
        faults = list(_faults(self.rows))
        if faults:
            raise ValueError("bank_holidays.csv: " + "; ".join(faults))
        self.official_until = date(_last_proclaimed_year(self.rows), 12, 31)
        news = {day for row in self.rows for day in (row.known_on, row.withdrawn_on) if day}
        self._news = (date.min, *sorted(news))
        self._days = tuple(
            frozenset(row.day for row in self.rows if row.stands(day)) for day in self._news
        )
        self._on_weekdays = tuple(
            sorted(day for day in days if day.weekday() < _SATURDAY) for days in self._days
        )
        self._versions = tuple(self._version(day) for day in self._news)

    def _version(self, known_on: date) -> str:
        events = sum(row.events(known_on) for row in self.rows)
        return f"{self.official_until.year}-{events:05d}"

    def days(self, known_on: date | None) -> frozenset[date]:
        """Return the bank holidays as known on a day."""
        return self._days[self._at(known_on)]

    def working_days_up_to(self, day: date, known_on: date | None) -> int:
        """Count the working days from the first of all days: two counts have a difference."""
        # The first of all days is a Monday.
        weeks, more = divmod(day.toordinal(), 7)
        return 5 * weeks + min(more, 5) - bisect_right(self._on_weekdays[self._at(known_on)], day)

    def version(self, known_on: date | None) -> str:
        """Return what the calendar of a day is called: a later one sorts after an earlier."""
        return self._versions[self._at(known_on)]

    def _at(self, known_on: date | None) -> int:
        return -1 if known_on is None else bisect_right(self._news, known_on) - 1


def _last_proclaimed_year(rows: tuple[BankHoliday, ...]) -> int:
    """Return the last year proclaimed whole: one day of its own does not proclaim a year."""
    projected = {row.day.year for row in rows if row.status == "projected"}
    return max(
        row.day.year for row in rows if row.status == "official" and row.day.year not in projected
    )


def _faults(rows: tuple[BankHoliday, ...]) -> Iterator[str]:
    for before, after in pairwise(rows):
        if after.day == before.day:
            yield f"{after.day} stands there twice"
    for row in rows:
        if row.status not in _STATUSES or (row.status == "withdrawn") != bool(row.withdrawn_on):
            yield f"{row.day} has the status {row.status!r} and withdrawn_on {row.withdrawn_on}"
        if row.known_on and row.withdrawn_on and row.withdrawn_on <= row.known_on:
            yield f"{row.day} was withdrawn before it was known"
        if not (FIRST_DAY <= row.day <= LAST_DAY and row.title and row.title_cy and row.source):
            yield f"{row.day} lacks a title in both languages or a source, or lies outside"


def bank_holiday(row: Mapping[str, str]) -> BankHoliday:
    """Read one row of the table; raises ValueError for what is not a date."""
    return BankHoliday(
        date.fromisoformat(row["day"]),
        row["title"],
        row["title_cy"],
        date.fromisoformat(row["known_on"]) if row["known_on"] else None,
        date.fromisoformat(row["withdrawn_on"]) if row["withdrawn_on"] else None,
        row["status"],
        row["source"],
    )


def _read() -> Calendar:
    text = (files("vcs.law") / "data" / "bank_holidays.csv").read_text(encoding="utf-8")
    return Calendar(bank_holiday(row) for row in csv.DictReader(text.splitlines()))


_HELD = _read()


def held() -> tuple[BankHoliday, ...]:
    """Return every row of the table, by its day."""
    return _HELD.rows


def official_until() -> date:
    """Return the last day for which the official list of bank holidays is known."""
    return _HELD.official_until


def version(known_on: date | None = None) -> str:
    """Return what the calendar as known on a day is called; a newer one sorts after an older."""
    return _HELD.version(known_on)


def is_working_day(day: date, known_on: date | None = None) -> bool:
    """Say whether a day is Monday to Friday and not a bank holiday in England and Wales."""
    return day.weekday() < _SATURDAY and day not in _HELD.days(known_on)


def add_working_days(day: date, count: int, known_on: date | None = None) -> date:
    """Return the ``count``-th working day after a day; ``count`` is one or more.

    Raises ValueError outside the years the calendar covers.
    """
    if not FIRST_DAY <= day <= LAST_DAY or count < 1:
        raise ValueError("the calendar does not cover this count")
    holidays = _HELD.days(known_on)
    while count:
        day += _DAY
        if day > LAST_DAY:
            raise ValueError("the calendar does not cover this count")
        count -= day.weekday() < _SATURDAY and day not in holidays
    return day


def working_days_between(start: date, end: date, known_on: date | None = None) -> int:
    """Count the working days after ``start`` up to and including ``end``; negative backwards."""
    return _HELD.working_days_up_to(end, known_on) - _HELD.working_days_up_to(start, known_on)


def holidays_between(start: date, end: date) -> tuple[tuple[date, str], ...]:
    """Return the weekday bank holidays after ``start`` up to ``end``: the ones a count skips."""
    return tuple(
        (row.day, row.title)
        for row in _HELD.rows
        if row.status != "withdrawn" and start < row.day <= end and row.is_weekday
    )


def news_between(start: date, end: date, known_on: date) -> tuple[BankHoliday, ...]:
    """Return the weekday bank holidays between two days that were news, as far as known then.

    Those that were news after ``start`` are what moved a count from it; where there are none, the
    table was late, and all are returned.
    """
    found = [
        row
        for row in _HELD.rows
        if start < row.day <= end and row.is_weekday and _news_of(row, known_on)
    ]
    late = [row for row in found if (_news_of(row, known_on) or start) > start]
    return tuple(late or found)


def _news_of(row: BankHoliday, known_on: date) -> date | None:
    told = [day for day in (row.known_on, row.withdrawn_on) if day and day <= known_on]
    return max(told, default=None)


def is_provisional(start: date, end: date) -> bool:
    """Say whether a count between two days passes the end of the official list."""
    return max(start, end) > _HELD.official_until
