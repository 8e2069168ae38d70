"""Lengths in words: "2 Years 6 Months", "18m", "two and a half years", "dwy flynedd a chwe mis".

Only what can be read for certain is a length. A range, a limit, a fraction of a month, something
taken off, or a number that is not known here names none: the rest of a length is another length.
Days on remand or on a tag are credit. They shorten what is served, and no term.
"""

from __future__ import annotations

import re
from decimal import Decimal

from vcs.terms import Term

_TENS = {
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}

_ONES = {
    "zero": 0,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
} | {
    "eleven": 11,
    "twelve": 12,
    "thirteen": 13,
    "fourteen": 14,
    "fifteen": 15,
    "sixteen": 16,
    "seventeen": 17,
    "eighteen": 18,
    "nineteen": 19,
}

_WELSH = {
    "un ar ddeg": 11,
    **dict.fromkeys(("un",), 1),
    **dict.fromkeys(("dau", "dwy", "ddau", "ddwy"), 2),
    **dict.fromkeys(("tri", "tair", "thri", "thair", "dri", "dair"), 3),
    **dict.fromkeys(("pedwar", "pedair", "phedwar", "phedair", "bedwar", "bedair"), 4),
    **dict.fromkeys(("pum", "pump", "phum", "phump", "bum", "bump"), 5),
    **dict.fromkeys(("chwe", "chwech"), 6),
    **dict.fromkeys(("saith",), 7),
    **dict.fromkeys(("wyth",), 8),
    **dict.fromkeys(("naw",), 9),
    **dict.fromkeys(("deg", "deng", "ddeg", "ddeng"), 10),
    **dict.fromkeys(("deuddeg", "deuddeng", "ddeuddeg", "ddeuddeng"), 12),
    **dict.fromkeys(("pymtheg", "phymtheg", "bymtheg"), 15),
    **dict.fromkeys(("deunaw", "ddeunaw"), 18),
    **dict.fromkeys(("ugain",), 20),
}

_A_YEAR = "blwyddyn|flwyddyn"

_UNITS = {
    "years": rf"years?|yrs?|{_A_YEAR}|blynedd|flynedd|mlynedd|blynyddoedd|flynyddoedd",
    "months": r"(?:calendar )?months?|mths?|mos|mis|fis|misoedd|fisoedd",
    "weeks": r"weeks?|wks?|wythnosau|wythnos",
    "days": r"days?|diwrnodau|ddiwrnodau|diwrnod|ddiwrnod|niwrnod",
}

_LETTERS = {"y": "years", "m": "months", "w": "weeks", "d": "days"}

_UNIT = "|".join(_UNITS.values())


def _or(words: dict[str, int]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_NUMBER_WORD = rf"(?:{_or(_TENS)})(?:[ -](?:{_or(_ONES)}))?|{_or(_ONES)}|{_or(_WELSH)}|an?"

_DIGITS = r"(?<![\d.])(?<!\d[,/])\d{1,4}(?:\.\d{1,3})?"

_HALF = r"(?:[ -]and[ -]a[ -]half| a hanner)"

_LETTER = r"(?:(?<=\d)|(?<=\d ))[ywmd](?![a-z])"

PART = rf"(?:{_DIGITS}|\b(?:{_NUMBER_WORD})\b)\)?{_HALF}?[\s-]*(?:(?:{_UNIT})\b|{_LETTER}){_HALF}?"

"""One number with its unit, as a pattern for others to build on; to be matched in any case."""

_ONE = re.compile(
    rf"(?P<number>{_DIGITS}|\b(?:{_NUMBER_WORD})\b)\)?(?P<before>{_HALF})?[\s-]*"
    rf"(?:(?P<unit>{_UNIT})\b|(?P<letter>{_LETTER}))(?P<after>{_HALF})?",
    re.IGNORECASE,
)

_TWICE = re.compile(
    rf"(?P<one>{_DIGITS}|\b(?:{_NUMBER_WORD})\b) ?\((?P<other>{_DIGITS}|(?:{_NUMBER_WORD})\b)\)",
    re.IGNORECASE,
)

_LEFT_OVER = re.compile(rf"(?:{_UNIT})\b[\s,]+(?:and )?\d+\W*$", re.IGNORECASE)

_ANY_UNIT = re.compile(rf"\b(?:{_UNIT})\b|(?<=\d)(?:years?|yrs?|months?|mths?)\b", re.IGNORECASE)

_ALONE = re.compile(rf"^(?:{_A_YEAR})\b(?! (?:ar|ond))", re.IGNORECASE)

_UNSURE = re.compile(
    r"\d\s*[,/]\s*\d|\d\s+\.\s*\d|\d\.\s+\d|[½¼¾]|"
    r"\d\s*(?:-|–|to|or|and)\s*\d|"
    rf"\b(?:{_NUMBER_WORD})\s+(?:to|or|neu|i)\s+(?:{_NUMBER_WORD}|\d)|"
    r"\b(?:hundred|thousand|dozen|couple|few|several|quarters?|thirds?|cant|mil)\b|"
    r"\b(?:up to|at least|at most|less than|more than|not exceeding|about|approximately|between|"
    r"minimum|maximum|over|under|hyd at|o leiaf)\b|\b(?:ar hugain|ar bymtheg|namyn)\b",
    re.IGNORECASE,
)

_LESS = re.compile(
    r"[\s,(]*\b(?:less|minus|reduced by|deducting|namyn|llai)\b(?! than)(?P<what>[^.;:)]*)\)?",
    re.IGNORECASE,
)

_CREDIT = re.compile(
    r"\bremand|\btag(?:ged)?\b|\bcurfew|\bserved\b|\bbail\b|\bcredit|\bqualifying\b|\b240|"
    r"\b(?:in|police|pre-?sentence) (?:custody|detention)\b|\bspent\b|\bgadwyd|\bremánd",
    re.IGNORECASE,
)

_ANY_HALF = re.compile(r"\b(?:half|hanner)\b", re.IGNORECASE)

_ELEVEN = re.compile(r"\bar ddeg\b", re.IGNORECASE)


_FOLLOWED = re.compile(rf"\s*(?:the |a further )?{PART}", re.IGNORECASE)


def read(words: str) -> Term | None:
    """Read a length; None where the words name none, or none that can be read for certain."""
    text = without_credit(" ".join(words.split()))
    if _LESS.search(text):
        return None
    if _ALONE.match(text):
        text = f"1 {text}"
    if _UNSURE.search(text) or _LEFT_OVER.search(text) or _contradicts_itself(text):
        return None
    found = list(_ONE.finditer(text))
    halves = sum(bool(one["before"]) + bool(one["after"]) for one in found)
    if not found or len(found) < len(_ANY_UNIT.findall(text)):
        return None
    if halves != len(_ANY_HALF.findall(text)) or not _elevens_are_read(text, found):
        return None
    return _joined(found, halves)


def without_credit(words: str) -> str:
    """Return words without the days that count towards a term: "12 months less 60 on remand"."""
    return _LESS.sub(lambda one: "" if _CREDIT.search(one["what"]) else one.group(), words)


def is_reduced(words: str) -> bool:
    """Say whether something but credit is taken off a length, "12 months less one day"."""
    return any(
        not _CREDIT.search(one["what"]) and _FOLLOWED.match(one["what"])
        for one in _LESS.finditer(words)
    )


def _contradicts_itself(text: str) -> bool:
    """Say whether a number given twice, "twelve (18) months", is two numbers."""
    twice = ((one["one"].lower(), one["other"].lower()) for one in _TWICE.finditer(text))
    return any(_number_of(one) != _number_of(other) for one, other in twice)


def _elevens_are_read(text: str, found: list[re.Match[str]]) -> bool:
    """Say whether every "ar ddeg" belongs to a number: "tri mis ar ddeg" is 13 months, not 3."""
    read_as_eleven = [one for one in found if str(one["number"]).lower() == "un ar ddeg"]
    return len(read_as_eleven) == len(_ELEVEN.findall(text))


def _joined(found: list[re.Match[str]], halves: int) -> Term | None:
    parts: dict[str, Decimal] = {}
    for one in found:
        name = _unit_of(one)
        if name in parts:
            return None
        parts[name] = _number_of(one["number"].lower()) + (
            Decimal("0.5") if one["before"] or one["after"] else Decimal(0)
        )
    if halves > 1:
        return None
    return whole(parts)


def whole(parts: dict[str, Decimal]) -> Term | None:
    """Return parts as a term: years with a fraction are months, and no other fraction is read."""
    years = parts.get("years", Decimal(0))
    if years % 1:
        if parts.get("months"):
            return None
        parts = {**parts, "years": Decimal(0), "months": years * 12}
    if any(part % 1 for part in parts.values()):
        return None
    return Term(**{name: int(part) for name, part in parts.items()}) or None


def unit_named(unit: str) -> str | None:
    """Return which part of a term a unit names, by letter or word in English or Welsh."""
    said = unit.strip().lower()
    if said in _LETTERS:
        return _LETTERS[said]
    return next((name for name, words in _UNITS.items() if re.fullmatch(words, said)), None)


def _unit_of(found: re.Match[str]) -> str:
    if found["letter"]:
        return _LETTERS[found["letter"].lower()]
    name = unit_named(found["unit"])
    if name is None:
        raise ValueError(f"{found['unit']!r} is no unit")
    return name


def _number_of(said: str) -> Decimal:
    if said[0].isdigit():
        return Decimal(said)
    if said in ("a", "an"):
        return Decimal(1)
    tens, _, ones = said.replace("-", " ").partition(" ")
    if tens in _TENS:
        return Decimal(_TENS[tens] + _ONES.get(ones, 0))
    return Decimal(_ONES[said] if said in _ONES else _WELSH[said])
