"""When two addresses are the same place.

Asked wherever a victim's address comes in or goes out: it must not be the offender's.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

# "St" is a street or a saint, so both are read as the one word: two spellings still meet.
_APOSTROPHES: Final = str.maketrans("", "", "'’‘")

_SHORT_WORDS: Final = {
    "rd": "road", "st": "street", "ave": "avenue", "av": "avenue", "cl": "close", "dr": "drive",
    "ln": "lane", "ct": "court", "cres": "crescent", "gdns": "gardens", "pl": "place",
    "sq": "square", "terr": "terrace", "apt": "flat", "apartment": "flat", "saint": "street",
}  # fmt: skip


def comparable(lines: Sequence[str], code: str) -> str:
    """Return an address in the one form in which two spellings of it are equal."""
    return " ".join((*_words(lines, code), tight(code)))


def same_place(one: tuple[Sequence[str], str], other: tuple[Sequence[str], str]) -> bool:
    """Say whether two addresses, each lines and postcode, may be one place.

    Leans to yes: the same postcode is enough unless both have house or flat numbers and these
    differ. Used to keep a victim's letter from the offender's door, where a wrong no can kill.
    """
    if not tight(one[1]) or tight(one[1]) != tight(other[1]):
        return comparable(*one) == comparable(*other)
    here, there = (_numbers(lines, code) for lines, code in (one, other))
    return not here or not there or here == there


def tight(code: str) -> str:
    """Return a postcode in capitals without spaces or signs."""
    return re.sub(r"[^A-Z0-9]", "", code.upper())


def _words(lines: Sequence[str], code: str) -> tuple[str, ...]:
    plain = unicodedata.normalize("NFKD", " ".join(lines)).casefold()
    plain = "".join(c for c in plain if not unicodedata.combining(c)).translate(_APOSTROPHES)
    if code_in_words := tight(code).casefold():
        plain = re.sub(rf"\b{code_in_words[:-3]}\s*{code_in_words[-3:]}\b", " ", plain)
    plain = re.sub(r"\b(\d+)\s+([a-z])\b", r"\1\2", plain)
    return tuple(_SHORT_WORDS.get(word, word) for word in re.findall(r"[^\W_]+", plain))


def _numbers(lines: Sequence[str], code: str) -> frozenset[str]:
    return frozenset(word for word in _words(lines, code) if word[0].isdigit())
