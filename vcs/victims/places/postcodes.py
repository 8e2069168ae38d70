"""Postcodes: found in the words of an address, and compared. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from itertools import pairwise, product
from typing import Final

from rapidfuzz.distance import OSA

_SHAPE: Final = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]?[0-9][A-Z]{2}|[A-Z]{1,2}[0-9]{2}[0-9][A-Z]{2}")
_FORCES: Final = re.compile(r"BFPO(?:C/?O)?0*([0-9]{1,4})")
_FORCES_CODE: Final = re.compile(r"BF1[0-9][A-Z]{2}")
_FORCES_IN_TEXT = r"bfpo ?(?:c/?o ?)?\d{1,4}"
_IN_TEXT: Final = (
    re.compile(
        rf"(?<![a-z0-9])(?!no\b)(?:[a-z]{{1,2}} ?\d ?[\da-z]? ?\d ?[a-z]{{2}}|{_FORCES_IN_TEXT})\b"
    ),
    # As a scanner reads it, or in single letters, at the end of a part.
    re.compile(
        r"(?<![a-z0-9])(?!no\b)"
        r"[a-z] ?[a-z]? ?[0-9oil] ?[0-9a-z]? ?[0-9oil] ?[a-z015] ?[a-z015](?= ?,| ?$)"
    ),
)
_DISTRICT: Final = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]?")
_MAY_BE_ONE: Final = re.compile(r"[A-Z]{1,2}[0-9OIL][0-9A-Z]{2,6}")
GARBLED: Final = "?"
"""Stands before what was meant as a postcode and is none."""
_TO_DIGIT: Final = str.maketrans("OQILSBZG", "00115826")
_TO_LETTER: Final = str.maketrans("015826", "OISBZG")
_SHORTEST: Final = 5
_OVERSEAS: Final = ("GX11",)
"""Gibraltar's, which are made like ours."""


class Postcodes(StrEnum):
    """How two postcodes compare. ``NEAR`` differ in one letter, or two that changed places."""

    EQUAL = "equal"
    NEAR = "near"
    MISSING = "missing"
    AREA = "one area"
    OTHER = "other"


def tight(code: str) -> str:
    """Return a postcode in capitals without spaces or signs."""
    return re.sub(r"[^A-Z0-9]", "", code.upper())


def written(code: str) -> str:
    """Return a postcode in one form, with O and 0, I and 1 in their places; "" for none."""
    joined = tight(code)
    if forces := _FORCES.fullmatch(joined):
        return f"BFPO{forces[1]}"
    if _SHAPE.fullmatch(joined):
        return joined
    mended = next((form for form in _mended(joined) if _SHAPE.fullmatch(form)), "")
    is_garbled = not mended and any(c.isdigit() for c in joined) and _MAY_BE_ONE.fullmatch(joined)
    return GARBLED + joined if is_garbled else mended


def is_ours(code: str) -> bool:
    """Say whether a code in the form of :func:`written` is Royal Mail's own."""
    return bool(code) and not code.startswith((GARBLED, *_OVERSEAS))


def _mended(joined: str) -> Iterator[str]:
    """Yield a code with what a scanner confuses put right, in each way that may be meant.

    One of digits alone is none of ours that was misread, but another country's.
    """
    if joined.isdigit() or not _SHORTEST <= len(joined) <= _SHORTEST + 2:
        return
    out, inward = joined[:-3], joined[-3:]
    inward = inward[0].translate(_TO_DIGIT) + inward[1:].translate(_TO_LETTER)
    ways = [dict.fromkeys((c, c.translate(_TO_DIGIT))) for c in out[1:]]
    for rest in product(*ways):
        yield out[0].translate(_TO_LETTER) + "".join(rest) + inward


def may_be_one_of_forces(one: str, other: str) -> bool:
    """Say whether one is a BFPO number and the other its postcode, which no list here ties."""
    return any(
        here.startswith("BFPO") and _FORCES_CODE.fullmatch(there)
        for here, there in ((one, other), (other, one))
    )


def is_district(code: str) -> bool:
    """Say whether this is the first half of a postcode alone, which is no part of a street."""
    return bool(_DISTRICT.fullmatch(tight(code)))


def found_in(text: str) -> tuple[str, str]:
    """Return the last postcode that stands in a plain text, and the text without any."""
    for pattern in _IN_TEXT:
        for match in reversed(list(_overlapping(pattern, text))):
            code = written(match[0])
            has_digit = any(c.isdigit() for c in match[0])
            if has_digit and code and not code.startswith(GARBLED):
                return code, f"{text[: match.start()]},{text[match.end() :]}"
    return "", text


def parted(text: str) -> tuple[str, ...]:
    """Return a plain text cut after each postcode of ours that stands in it."""
    ends = [match.end() for match in _IN_TEXT[0].finditer(text) if is_ours(written(match[0]))]
    cuts = [0, *ends[:-1], len(text)]
    return tuple(text[start:end] for start, end in pairwise(cuts))


def _overlapping(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    match = pattern.search(text)
    while match:
        yield match
        match = pattern.search(text, match.start() + 1)


def compared(one: str, other: str) -> Postcodes:
    """Compare two codes in the form of :func:`written`."""
    if not one or not other:
        return Postcodes.MISSING
    if one == other:
        return Postcodes.EQUAL
    here, there = one.translate(_TO_DIGIT), other.translate(_TO_DIGIT)
    if OSA.distance(here, there, score_cutoff=1) <= 1:
        return Postcodes.NEAR
    if GARBLED in (one[0], other[0]):
        is_near = OSA.distance(here, there, score_cutoff=2) <= 2
        return Postcodes.NEAR if is_near else Postcodes.MISSING
    return Postcodes.AREA if _area(one) == _area(other) else Postcodes.OTHER


def _area(code: str) -> str:
    return code[:2] if code[1:2].isalpha() else code[:1]
