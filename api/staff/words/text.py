"""How pages write days, moments, and what the program has a code for."""

from __future__ import annotations

import re
from datetime import date, datetime

from vcs.clock import LONDON, london_date

_DAY_IN_WORDS = re.compile(r"(?<![\d-])\d{4}-\d{2}-\d{2}(?![\d-])")


def day(value: date | None) -> str:
    """Write a day with its weekday, for example ``Friday 20 March 2026``; a dash for none."""
    return f"{value:%A} {value.day} {value:%B %Y}" if value else "–"


def short_day(value: date | None) -> str:
    """Write a day for a table, for example ``20 Mar 2026``; a dash for none."""
    return f"{value.day} {value:%b %Y}" if value else "–"


def london_day(value: datetime) -> date:
    """Return the day in London of an aware moment."""
    return london_date(value)


def moment(value: datetime | None) -> str:
    """Write an aware moment in London time, for example ``20 March 2026 at 9:05am``."""
    if value is None:
        return "–"
    there = value.astimezone(LONDON)
    clock = f"{there.hour % 12 or 12}:{there:%M}{'am' if there.hour < 12 else 'pm'}"
    return f"{there.day} {there:%B %Y} at {clock}"


def days(count: int) -> str:
    """Write a number of working days in words that agree with it."""
    return f"{count} working day{'' if count == 1 else 's'}"


def spoken(iso: str) -> str:
    """Write an ISO date as people say it; what is no date stays as it is."""
    try:
        found = date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{found.day} {found:%B %Y}"


def plain(word: str) -> str:
    """Write an identifier of the program as people would say it."""
    return word.replace("-", " ").replace("_", " ").capitalize()


def sentence(text: str) -> str:
    """Write words as a sentence: a capital first, a full stop last, days as people say them."""
    if not text:
        return ""
    text = _DAY_IN_WORDS.sub(lambda found: spoken(found.group()), text)
    ended = text if text.endswith((".", "?", "!")) else f"{text}."
    return ended[0].upper() + ended[1:]
