"""When an offence was one: a time that is named in a search, and the Acts in force at it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from vcs.law.specified_offence import schedule
from vcs.law.specified_offence.offences import OffenceRow


@dataclass(frozen=True, slots=True)
class Period:
    """The first and the last year of a time that is named."""

    first: int
    last: int


_NAMED = re.compile(
    r"\b(?P<decade>(?:19|20)\d0)s\b|\b(?P<year>(?:19[2-9]|20[0-3])\d)\b|\b(?P<short>[4-9]0)s\b"
    r"|\b(?P<word>forties|fifties|sixties|seventies|eighties|nineties)\b"
)

_DECADES = {
    "forties": 1940,
    "fifties": 1950,
    "sixties": 1960,
    "seventies": 1970,
    "eighties": 1980,
    "nineties": 1990,
}

_YEAR = re.compile(r"\b1[89]\d\d\b|\b20\d\d\b")

_OF_AN_ACT = re.compile(r"[A-Z]{2}(\d\d)")

_OLDER_ACTS = {"OF61": 1861, "EX83": 1883, "VG24": 1824}

_REPLACED = {"SX56": 2004, "IC60": 2004, "SX67": 2004, "MH59": 2004}

"""By the beginning of a code: the year from which a newer Act stands in place of the old."""


def period_in(text: str) -> tuple[Period | None, str]:
    """Return the time that a text names, if any, and the text without it."""
    named = _NAMED.search(text)
    if named is None:
        return None, text
    rest = f"{text[: named.start()]} {text[named.end() :]}"
    if year := named["year"]:
        return Period(int(year), int(year)), rest
    decade = named["decade"] or (f"19{short}" if (short := named["short"]) else "")
    first = int(decade) if decade else _DECADES[named["word"]]
    return Period(first, first + 9), rest


def in_force(row: OffenceRow, period: Period) -> bool:
    """Say whether an offence may have been committed at a time, by the year of its Act."""
    until = _REPLACED.get(row.code[:4])
    return _year_of(row) <= period.last and (until is None or period.first < until)


def is_replaced(row: OffenceRow) -> bool:
    """Say whether a newer Act stands in place of the one that an offence is under."""
    return row.code[:4] in _REPLACED


def _year_of(row: OffenceRow) -> int:
    """Return the year of an offence's Act, by its paragraph or its code; 0 for common law."""
    for paragraph in schedule.rows_of(row.paragraph):
        if named := _YEAR.search(paragraph.provision):
            return int(named[0])
    if known := _OLDER_ACTS.get(row.code[:4]):
        return known
    numbered = _OF_AN_ACT.match(row.code)
    if numbered is None:
        return 0
    year = int(numbered[1])
    return 1900 + year if year > 30 else 2000 + year
