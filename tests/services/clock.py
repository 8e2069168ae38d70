"""A clock that tests move. Time stands still until somebody says otherwise."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from vcs.clock import LONDON, london_date

OPENING = time(9, 0)
MONDAY_2_MARCH_2026 = date(2026, 3, 2)


def morning_of(day: date) -> datetime:
    """Return nine o'clock in London on a day, as a moment in UTC."""
    return datetime.combine(day, OPENING, LONDON).astimezone(UTC)


@dataclass
class MovableClock:
    """Says the time it was last moved to, by default nine on Monday 2 March 2026 in London."""

    moment: datetime = field(default_factory=lambda: morning_of(MONDAY_2_MARCH_2026))

    def now(self) -> datetime:
        """Return the moment, aware, in UTC."""
        return self.moment

    def today(self) -> date:
        """Return the civil date in London."""
        return london_date(self.moment)

    def move_to(self, when: date | datetime) -> None:
        """Move to an aware moment, or to nine in the morning of a day; backwards is allowed."""
        if not isinstance(when, datetime):
            when = morning_of(when)
        if when.tzinfo is None:
            raise ValueError("give a moment its time zone")
        self.moment = when.astimezone(UTC)

    def days(self, n: int) -> None:
        """Move on by ``n`` days by the calendar, to the same time of day in London."""
        here = self.moment.astimezone(LONDON)
        self.move_to(datetime.combine(here.date() + timedelta(days=n), here.time(), LONDON))

    def minutes(self, n: int) -> None:
        """Move on by ``n`` minutes."""
        self.moment += timedelta(minutes=n)
