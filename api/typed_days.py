"""Dates as people type them: 20/03/2026, 20 March 2026, 20.3.26, 2026-03-20, 20mar2026.

The day comes first, as in the United Kingdom; a year of four digits may come first in its place.
Six digits run together are day, month and year. A month may have a slip that leaves one month.
A date that could be two days, or none, is refused in words that show a right one.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from datetime import date, timedelta
from difflib import SequenceMatcher

EXAMPLE = "for example 20/3/2026 or 20 March 2026"

EARLIEST, LATEST = date(1900, 1, 1), date(2039, 12, 31)

_MONTHS = tuple(name.lower() for name in calendar.month_name[1:])

_WELSH = (
    *("ionawr", "chwefror", "mawrth", "ebrill", "mai", "mehefin"),
    *("gorffennaf", "awst", "medi", "hydref", "tachwedd", "rhagfyr"),
)

_WEEKDAYS = tuple(name.lower() for name in calendar.day_name)

_PARTS = re.compile(r"[0-9]+|[^\W\d_]+")

_BETWEEN = re.compile(r"[\s/.,\-_\\]*|\s+['\u2019\u2018`]")

_FILLERS = frozenset(
    ("st", "nd", "rd", "th", "of", "the", "o", "ain", "af", "ail", "il", "ydd", "ed", "fed", "eg")
)

_MUTATED = {
    **{"fawrth": 3, "fai": 5, "fehefin": 6, "orffennaf": 7},
    **{"fedi": 9, "dachwedd": 11, "ragfyr": 12},
}
"""The Welsh months after "o", as in 1af o Fai."""

_A_SLIP = 0.8

_DAYS_SINCE = {"today": 0, "heddiw": 0, "yesterday": 1, "ddoe": 1}

_SOON = 10

"""How many years ahead two digits may mean this century or the last."""


class NotADay(ValueError):
    """What was typed is no one date; the message says why, and shows one that is."""


def typed_day(typed: str, today: date) -> date:
    """Return the date that was typed. Raises NotADay. ``today`` settles years of two digits."""
    text = unicodedata.normalize("NFKC", typed).lower()
    for dash in "\N{EN DASH}\N{EM DASH}\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{MINUS SIGN}":
        text = text.replace(dash, "-")
    words = _PARTS.findall(text)
    if (said := text.strip().rstrip(".")) in _DAYS_SINCE:
        return today - timedelta(days=_DAYS_SINCE[said])
    if any(not _BETWEEN.fullmatch(between) for between in _PARTS.split(text)):
        raise NotADay(f"Enter a date, {EXAMPLE}")
    weekday = next((word for word in words if _is_begun(word, _WEEKDAYS)), None)
    parts = [word for word in words if word not in _FILLERS and word != weekday]
    day = _in_range(_of_parts(parts, today))
    if weekday and not _WEEKDAYS[day.weekday()].startswith(weekday):
        name = calendar.day_name[day.weekday()]
        raise NotADay(f"{_in_words(day)} is a {name}. Check the date, {EXAMPLE}")
    return day


def typed_day_near(typed: str, today: date, *, is_past: bool = False) -> date:
    """Return the date that was typed; without a year, the one nearest to today. Raises NotADay.

    Of what ``is_past`` it is the last one up to today, and never one ahead.
    """
    try:
        return typed_day(typed, today)
    except NotADay:
        parts = [part for part in _PARTS.findall(typed.lower()) if part not in _FILLERS]
        if re.search(r"[0-9]{3}", typed) or len(parts) not in (2, 3):
            raise
        years = (today.year - 1, today.year, today.year + 1)
        found = [day for year in years if (day := _in_year(typed, year, today))]
        found = [day for day in found if day <= today] or found if is_past else found
        if not found:
            raise
    return min(found, key=lambda day: abs(day - today))


def _in_year(typed: str, year: int, today: date) -> date | None:
    try:
        return typed_day(f"{typed} {year}", today)
    except NotADay:
        return None


def _of_parts(parts: list[str], today: date) -> date:
    if len(parts) == 1 and parts[0].isdigit() and len(parts[0]) == 8:
        return _run_together(parts[0])
    if len(parts) == 1 and parts[0].isdigit() and len(parts[0]) == 6:
        parts = [parts[0][:2], parts[0][2:4], parts[0][4:]]
    if len(parts) != 3 or any(part.isdigit() and len(part) not in (1, 2, 4) for part in parts):
        raise NotADay(f"Enter a day, a month and a year, {EXAMPLE}")
    if any(not part.isdigit() and _month_named(part) is None for part in parts):
        raise NotADay(f"Enter the month as a number or a name, {EXAMPLE}")
    first, second, third = parts
    if len(first) == 4 and first.isdigit():
        year, *rest = first, second, third
        if second.isdigit() and third.isdigit():
            return _real(int(year), int(second), int(third))
    else:
        year, rest = third, [first, second]
    day, month = _day_and_month(*rest)
    return _real(_year(year, today), month, day)


def _day_and_month(first: str, second: str) -> tuple[int, int]:
    """Return day and month; a month that is named may come first."""
    if not first.isdigit() and not second.isdigit():
        raise NotADay(f"Enter a day, a month and a year, {EXAMPLE}")
    if not first.isdigit():
        first, second = second, first
    month = int(second) if second.isdigit() else _month_named(second) or 0
    return int(first), month


def _real(year: int, month: int, day: int) -> date:
    if not 1 <= month <= 12:
        raise NotADay(f"There is no month {month}. Put the day first, {EXAMPLE}")
    if not 1 <= year <= 9999:
        raise NotADay(f"Enter a real year, {EXAMPLE}")
    last = calendar.monthrange(year, month)[1]
    if not 1 <= day <= last:
        name = calendar.month_name[month]
        raise NotADay(f"{name} {year} has {last} days. Enter a real date, {EXAMPLE}")
    return date(year, month, day)


def _run_together(digits: str) -> date:
    """Read eight digits, where only one of the two orders gives a date."""
    found = set()
    for year, month, day in (
        (digits[4:], digits[2:4], digits[:2]),
        (digits[:4], digits[4:6], digits[6:]),
    ):
        try:
            found.add(_in_range(_real(int(year), int(month), int(day))))
        except NotADay:
            continue
    if len(found) != 1:
        raise NotADay(f"Enter the date with spaces or strokes, {EXAMPLE}")
    return found.pop()


def _year(typed: str, today: date) -> int:
    if not typed.isdigit():
        raise NotADay(f"Enter a day, a month and a year, {EXAMPLE}")
    if len(typed) == 4:
        return int(typed)
    if len(typed) != 2:
        raise NotADay(f"Enter the year in full, {EXAMPLE}")
    year = today.year // 100 * 100 + int(typed)
    if year <= today.year:
        return year
    if year <= today.year + _SOON:
        raise NotADay(f"{typed} could be {year - 100} or {year}. Enter the year in full, {EXAMPLE}")
    return year - 100


def _in_range(day: date) -> date:
    if not EARLIEST <= day <= LATEST:
        raise NotADay(f"Enter a date between {EARLIEST.year} and {LATEST.year}, {EXAMPLE}")
    return day


def _month_named(word: str) -> int | None:
    """Return the number of a month that is named, in full or by its first three letters."""
    for names in (_MONTHS, _WELSH):
        begun = [place for place, name in enumerate(names, start=1) if _is_begun(word, (name,))]
        if len(begun) == 1:
            return begun[0]
    return _MUTATED.get(word) or _month_with_a_slip(word)


def _month_with_a_slip(word: str) -> int | None:
    """Return the one month that a longer word may be, a letter or two apart; None for several."""
    if len(word) < 5:
        return None
    alike = {
        place
        for names in (_MONTHS, _WELSH)
        for place, name in enumerate(names, start=1)
        if word[0] == name[0] and SequenceMatcher(None, word, name).ratio() >= _A_SLIP
    }
    return alike.pop() if len(alike) == 1 else None


def _is_begun(word: str, names: tuple[str, ...]) -> bool:
    return len(word) >= 3 and any(name.startswith(word) for name in names)


def _in_words(day: date) -> str:
    return f"{day.day} {calendar.month_name[day.month]} {day.year}"
