"""The one place where what a feed writes becomes a day: an instant becomes its day in London."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache

from vcs.clock import london_date

EARLIEST, LATEST = date(1900, 1, 1), date(2039, 12, 31)

_ZONE_NAME = re.compile(r"\[[\w/+-]+\]$")

_DATE, _WITH_ZONE = len("YYYY-MM-DD"), re.compile(r"Z|[+-]\d{2}:?\d{2}")


@lru_cache(maxsize=4096)
def london_day(written: str) -> date:
    """Return the day of an ISO date or moment. Raises ValueError for what is no day that can be.

    23:00 UTC on 30 June is the first of July in London. A date without a time, and a time without
    a zone, stay on the day that they name.
    """
    text = _ZONE_NAME.sub("", written.strip())
    day = _of_moment(text) or date.fromisoformat(text[:_DATE])
    if not EARLIEST <= day <= LATEST:
        raise ValueError("a day that no sentence can have")
    return day


def _of_moment(text: str) -> date | None:
    """Return the London day of a moment with a zone; None where the text is no such moment."""
    rest = text[_DATE:]
    if not rest or _WITH_ZONE.fullmatch(rest):
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return london_date(moment) if moment.tzinfo else None
