"""How far the proclaimed bank holidays reach: deadlines beyond them are provisional."""

from __future__ import annotations

from datetime import date

from vcs.law.deadlines.duties import in_words
from vcs.law.deadlines.working_days import official_until


def calendar_warning(today: date) -> tuple[str, ...]:
    """Say in a sentence that bank holidays are proclaimed for less than 12 months, or nothing."""
    last = official_until()
    if today > last:
        return (
            f"The official bank holidays ran out on {in_words(last)}: deadlines are provisional. "
            "Add the new year to vcs/law/data/bank_holidays.csv.",
        )
    if last < _a_year_after(today):
        return (
            f"The official bank holidays end on {in_words(last)}, less than 12 months ahead: add "
            "the new year to vcs/law/data/bank_holidays.csv.",
        )
    return ()


def _a_year_after(day: date) -> date:
    is_leap_day = (day.month, day.day) == (2, 29)
    return date(day.year + 1, 3, 1) if is_leap_day else day.replace(year=day.year + 1)
