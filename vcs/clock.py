"""The only file that asks the machine what time it is."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def now() -> datetime:
    """Return this moment, aware, in UTC."""
    return datetime.now(UTC)


def london_date(moment: datetime) -> date:
    """Return the civil date in London at an aware moment: legal days are London days."""
    return moment.astimezone(LONDON).date()


def today() -> date:
    """Return today's date in London. Doors call this once and pass it in."""
    return london_date(now())
