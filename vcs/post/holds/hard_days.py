"""The days of the year that somebody named as hard, read from their own words. Pure.

What cannot be read is not taken for a day on which we may write.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Final

from vcs.post.cases.letter_case import HardDay

COMES_WITHIN: Final = 3
"""How many days after it leaves a letter may come: ours, to be confirmed."""

_MONTHS: Final = (
    ("january", "jan", "ionawr"),
    ("february", "feb", "chwefror"),
    ("march", "mar", "mawrth"),
    ("april", "apr", "ebrill"),
    ("may", "mai"),
    ("june", "jun", "mehefin"),
    ("july", "jul", "gorffennaf"),
    ("august", "aug", "awst"),
    ("september", "sept", "sep", "medi"),
    ("october", "oct", "hydref"),
    ("november", "nov", "tachwedd"),
    ("december", "dec", "rhagfyr"),
)

_MONTH_OF: Final = {name: at for at, names in enumerate(_MONTHS, 1) for name in names}

_NAMES: Final = "|".join(sorted(_MONTH_OF, key=len, reverse=True))

_DAY_MONTH: Final = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?:\s+(?:of|o))?\s+({_NAMES})\b", re.IGNORECASE
)

_MONTH_DAY: Final = re.compile(
    rf"\b({_NAMES})\s+(?:the\s+)?(\d{{1,2}})(?:st|nd|rd|th)?\b", re.IGNORECASE
)

_NUMBERS: Final = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})(?:[/.-]\d{2,4})?\b(?!/)")

_YEAR_FIRST: Final = re.compile(r"\b(?:19|20)\d\d[/.-](\d{1,2})[/.-](\d{1,2})\b(?![/.-])")

_WHOLE_MONTH: Final = re.compile(rf"\b({_NAMES})\b", re.IGNORECASE)

_NAMED: Final = {
    r"christmas eve|noswyl nadolig": ((12, 24),),
    r"christmas|xmas|nadolig": ((12, 24), (12, 25), (12, 26)),
    r"boxing day": ((12, 26),),
    r"new year(?:['’]?s)?(?: eve| day)?": ((12, 31), (1, 1)),
    r"valentine(?:['’]?s)?(?: day)?": ((2, 14),),
    r"hallowe['’]?en": ((10, 31),),
    r"bonfire night": ((11, 5),),
}

# "We may" and "Christmas, may be upset" are no month; "March and May" and "May" alone are.
_VERB: Final = (
    r"be|not|never|also|still|well|feel|get|need|want|find|have|take|react|struggle|become|cry"
    r"|ring|call|say|go|come|do|make|bring|cause|upset"
)

_MAY: Final = (
    rf"(?:\b(?:in|all|of|during|every|each|and|or|a|ac|to|till?|until|from|between|early|mid|late"
    rf"|whole|most|this|next|last)|[,&/])\s*may\b"
    rf"(?!\s+(?:{_VERB})\b)|^\W*may\W*$"
)

_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_NO_DAYS: Final = re.compile(
    r"\s*(?:no|none|nothing|never|n/?a|not really|no hard days|dim|nac oes)\W*", re.IGNORECASE
)

_MARK: Final = "\N{BULLET}"

_BEFORE_A_DAY: Final = (
    r"(?:\W+(?:the|about|around|early|late|mid|middle|end|start|beginning|of))*\W*"
)

# A number that no day has used, or a stretch of days of which only the ends are named.
_RANGE: Final = re.compile(
    rf"\d|{_MARK}\W*(?:to|hyd|[-\u2013\u2014]){_BEFORE_A_DAY}{_MARK}"
    rf"|\b(?:till?|until|through|between|from|rhwng|tan|hyd){_BEFORE_A_DAY}{_MARK}"
)

# Words for a day that do not say which it is: each needs a day beside it.
_UNREAD: Final = re.compile(
    r"\b(?:birthday|anniversary|mother|father|week|weekend|day after|day before|pen-?blwydd)",
    re.IGNORECASE,
)

# Days and times that are another date each year, or have a name: no date beside them is theirs.
_MOVES: Final = re.compile(
    r"\b(?:easter|pasg|eid|ramadan|diwali|passover|hanukkah|purim|lent|half[- ]?term|holidays?"
    r"|school|(?!(?:the|that|this|these|a|an|every|each|whole|all|same|hard|bad|worst|difficult|any"
    r"|one|sad|first|last|next|to|of|on|her|his|their|per)\b)[^\W\d_'\u2019]+(?:['\u2019]s?)?\s+day)\b",
    re.IGNORECASE,
)

# What is added to a day that was named is another one, unless it says more of the first.
_ADDED: Final = re.compile(r"\s*(?:which|when|where|while|the (?:day|date|time|month))\b")

_ADDS: Final = re.compile(r"[&+]|\b(?:and|or|also|plus|ac|a['\u2019]i|hefyd)\b")

_ANY_WEEKDAY: Final = "|".join(_WEEKDAYS)

# "Remembrance Sunday", "Good Friday": a day of its own, on which no plain weekday is meant.
_NAMED_WEEKDAY: Final = re.compile(
    r"\b(?!(?:on|the|a|every|each|last|next|and|or|from|to|till?|until|of|is|was|are)\b)"
    rf"[^\W\d_]+\s+(?:{_ANY_WEEKDAY})\b"
)

_WEEKDAY_OF_A_DATE: Final = re.compile(
    rf"(?:(?:^|(?<=[,;.]))\s*(?:{_ANY_WEEKDAY}),|\b(?:{_ANY_WEEKDAY}))\s+(?:the\s+)?(?={_MARK})"
)

# What stands between two things that are said.
_BETWEEN: Final = re.compile(
    rf"([,;:.!?/&+\n]|\b(?:and|or|also|plus|ac|a['\u2019]i|hefyd)\b|(?<={_MARK})\s+a\s)"
)

# Says of a day that was named what it is, or that it is hard; names no other.
_SAYS_WHY: Final = re.compile(
    r"\s*(?:which|when|where|while|because|since|as|that|this|these|those|it|its|he|she|they|we|i"
    r"|the (?:day|date|time|month)|then|but|so|is|was|are|were|be|not|never|no|please"
    r"|don['\u2019]?t|do not|avoid|may (?:be|not|feel|need|want)|especially|hard|difficult|bad"
    r"|upset|etc)\b"
)

# Days beside one that is named, which nobody counted.
_NEAR_A_DAY: Final = re.compile(
    r"\b(?:week|weeks|weekend|fortnight|days|eve|run[- ]up|before|after|around|near|leading)\b"
)

Named = tuple[int, int | None]
"""A month and a day, or a whole month."""


def hard_day(words: str, today: date) -> HardDay | None:
    """Return the hard day on which a letter that leaves today may come; None where there is none.

    Words in which no day can be read are a hard day without a date.
    """
    said = " ".join(words.split())
    if not said or _NO_DAYS.fullmatch(said):
        return None
    days, weekdays, left = _read(said)
    for day in (today + timedelta(days=one) for one in range(COMES_WITHIN + 1)):
        is_named = (day.month, day.day) in days or (day.month, None) in days
        if is_named or day.weekday() in weekdays:
            return HardDay(said, day)
    return HardDay(said, None) if left or not (days or weekdays) else None


def _read(said: str) -> tuple[set[Named], set[int], bool]:
    """Return the days and weekdays in some words, and whether something may be left unread."""
    text = said.casefold()
    weekdays = {at for at, name in enumerate(_WEEKDAYS) if re.search(rf"\b{name}s\b", text)}
    text = re.sub(rf"\b(?:{_ANY_WEEKDAY})s\b", _MARK, text)
    dates: list[Named] = []
    for pattern, read in _DATES:
        text = _marked(pattern, read, text, dates)
    text = re.sub(r"\b(?:19|20)\d\d\b", " ", text)
    days = {*dates, *_by_name(text)}
    months = _NAMES if re.search(_MAY, text) else "|".join(one for one in _MONTH_OF if one != "may")
    for name in (*_NAMED, months):
        text = re.sub(rf"\b(?:{name})\b", _MARK, text)
    is_left = _RANGE.search(text) is not None or len(_UNREAD.findall(text)) > len(dates)
    return days, weekdays, is_left or _MOVES.search(text) is not None or _says_more(text)


def _marked(
    pattern: re.Pattern[str],
    read: Callable[[re.Match[str]], tuple[int, int]],
    text: str,
    dates: list[Named],
) -> str:
    """Return a text with the dates of one kind marked, and add them; no real day stays unread."""

    def mark(found: re.Match[str]) -> str:
        month, day = read(found)
        if not (1 <= month <= len(_MONTHS) and 1 <= day <= monthrange(_LEAP_YEAR, month)[1]):
            return found[0]
        dates.append((month, day))
        return _MARK

    return pattern.sub(mark, text)


def _says_more(text: str) -> bool:
    """Say whether words beside the days that were read may name another day.

    What is said in one breath with a day is about that day. What stands by itself is about
    another, unless it says why, or that the day is hard; what is added is one, and says no more
    of the first.
    """
    if _NAMED_WEEKDAY.search(text) or (_MARK in text and _NEAR_A_DAY.search(text)):
        return True
    parts = _BETWEEN.split(_WEEKDAY_OF_A_DATE.sub("", text))
    is_added = False
    for between, part in zip(("", *parts[1::2]), parts[::2], strict=True):
        is_added = _ADDS.search(between) is not None
        if _MARK in part or not re.search(r"[^\W\d_]{2}", part):
            continue
        if _UNREAD.search(part) or not _SAYS_WHY.match(part) or (is_added and _ADDED.match(part)):
            return True
    return False


def _by_name(text: str) -> Iterator[Named]:
    for pattern, days in _NAMED.items():
        if re.search(rf"\b(?:{pattern})\b", text):
            yield from days
    for month in _WHOLE_MONTH.findall(text):
        if month != "may" or re.search(_MAY, text):
            yield _MONTH_OF[month], None


_LEAP_YEAR: Final = 2024

_DATES: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], tuple[int, int]]], ...]] = (
    (_YEAR_FIRST, lambda found: (int(found[1]), int(found[2]))),
    (_DAY_MONTH, lambda found: (_MONTH_OF[found[2]], int(found[1]))),
    (_MONTH_DAY, lambda found: (_MONTH_OF[found[1]], int(found[2]))),
    (_NUMBERS, lambda found: (int(found[2]), int(found[1]))),
)
"""How a date is written, in the order in which they are read, each with its month and day."""
