"""Days with an hour as people type them, and by when everybody is told."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from vcs.clock import LONDON, london_date
from vcs.events.catalogue import KindRow, TellBy, Unit, When
from vcs.law.deadlines.working_days import add_working_days

_TIME = re.compile(r"(\d{1,2})(?:[:.]?(\d{2}))?\s*([ap]\.?m\.?)?", re.IGNORECASE)

_NOON = 12


@dataclass(frozen=True, slots=True)
class DayAndTime:
    """A London day, with the moment in UTC where the hour is known."""

    day: date
    at: datetime | None = None

    def is_after(self, now: datetime) -> bool:
        """Say whether it has not come yet."""
        return self.at > now if self.at else self.day > london_date(now)


def read_time(typed: str) -> time | None:
    """Read a time of day, such as 14:05, 2.05pm or 0930; None for what is none.

    A bare number is no time: 9 may be the morning or the evening.
    """
    found = _TIME.fullmatch(typed.strip())
    if found is None or not (found[2] or found[3]):
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if half:
        if not 1 <= hour <= _NOON:
            return None
        hour = hour % _NOON + (_NOON if half.startswith("p") else 0)
    try:
        return time(hour, minute)
    except ValueError:
        return None


def london_moment(day: date, clock: time) -> datetime | None:
    """Return the moment in UTC of a London day and time; None for an hour that the day skips."""
    there = datetime.combine(day, clock, LONDON)
    moment = there.astimezone(UTC)
    return moment if moment.astimezone(LONDON).time() == clock else None


def is_twice(day: date, clock: time) -> bool:
    """Say whether London's clocks show a time twice on a day: in the night in which they go back.

    Which of the two is meant nobody can tell.
    """
    first = datetime.combine(day, clock, LONDON)
    later = first.replace(fold=1)
    return first.utcoffset() != later.utcoffset() and london_moment(day, clock) is not None


def tell_by(row: KindRow, happened_on: date, known_at: datetime) -> datetime:
    """Return by when everybody is told of an event: the end of a London day, or an hour."""
    return _before(row, happened_on, known_at, counted_from(row.tell_by, known_at))


def counted_from(how_soon: TellBy, known_at: datetime) -> datetime:
    """Return the end of the time to tell, counted from a moment."""
    if how_soon.unit is Unit.HOURS:
        return known_at + timedelta(hours=how_soon.count)
    day = london_date(known_at)
    # The same day is that day, at a weekend too: what has happened does not wait for Monday.
    return end_of(add_working_days(day, how_soon.count, day) if how_soon.count else day)


def _before(row: KindRow, happened_on: date, known_at: datetime, counted: datetime) -> datetime:
    """Bring the end forward to the day before a planned event, never before today's end."""
    if row.when is When.PAST or row.tell_by.unit is Unit.HOURS:
        return counted
    today = london_date(known_at)
    if happened_on <= today:
        return min(counted, end_of(today)) if happened_on == today else counted
    return min(counted, max(end_of(happened_on - timedelta(days=1)), end_of(today)))


def end_of(day: date) -> datetime:
    """Return the last second of a London day, in UTC."""
    return datetime.combine(day, time(23, 59, 59), LONDON).astimezone(UTC)


def start_of(day: date) -> datetime:
    """Return the first moment of a London day, in UTC."""
    return datetime.combine(day, time(), LONDON).astimezone(UTC)


def has_come(happened_on: date, only_month: bool, today: date) -> bool:
    """Say whether the day of an event has come; for a month, whether all of it has."""
    return (last_of_month(happened_on) if only_month else happened_on) <= today


def last_of_month(day: date) -> date:
    """Return the last day of the month that a day is in."""
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)
