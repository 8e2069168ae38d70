"""When two addresses are the same place.

Asked wherever a victim's address comes in or goes out: it must not be the offender's. How two
addresses are read and compared is in ``places/``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from vcs.victims.places.comparing import Address, Sameness, compare
from vcs.victims.places.countries import (
    AT_HOME,
    HOME,
    country_code,
    is_abroad,
    split_off,
)
from vcs.victims.places.postcodes import is_ours, tight, written

__all__ = (
    "Address",
    "Sameness",
    "comparable",
    "compare",
    "in_todays_form",
    "same_place",
    "tight",
)

# "St" is a street or a saint, so both are read as the one word: two spellings still meet.
_APOSTROPHES: Final = str.maketrans("", "", "'’‘")

# What was sealed is compared with this form, so it stays as it was: ``places`` reads more.
_SHORT_WORDS: Final = {
    "rd": "road", "st": "street", "ave": "avenue", "av": "avenue", "cl": "close", "dr": "drive",
    "ln": "lane", "ct": "court", "cres": "crescent", "gdns": "gardens", "pl": "place",
    "sq": "square", "terr": "terrace", "apt": "flat", "apartment": "flat", "saint": "street",
}  # fmt: skip

_HOME_WORDS: Final = sorted(AT_HOME, key=len, reverse=True)


def comparable(lines: Sequence[str], code: str) -> str:
    """Return an address in the one form in which two like spellings of it are equal.

    Whether our own country is named makes no difference, nor, abroad, where the postcode stands.
    ``code`` may be the country abroad, as the last line of an envelope is.
    """
    if is_abroad(country_code(code)):
        lines, code = (*lines, code), ""
    kept, named = split_off(lines)
    if is_abroad(named) and not is_ours(written(code)):
        return " ".join((*sorted(_words((*kept, code), "")), named))
    lines = kept if named == HOME else lines
    return " ".join((*_words(lines, code), tight(code)))


def in_todays_form(form: str) -> str:
    """Return a form that was kept before our own country was left out of it, as it is now."""
    words, space, code = form.rpartition(" ")
    if code and not code.isupper() and not code.isdigit():
        words, space, code = form, "", ""
    found = words
    while shorter := next((one for one in _HOME_WORDS if found.endswith(f" {one}")), ""):
        found = found.removesuffix(f" {shorter}")
    return f"{found}{space}{code}"


def same_place(one: Address, other: Address) -> bool:
    """Say whether two addresses are, or may be, one place."""
    return compare(one, other) is not Sameness.DIFFERENT


def _words(lines: Sequence[str], code: str) -> tuple[str, ...]:
    plain = unicodedata.normalize("NFKD", " ".join(lines)).casefold()
    plain = "".join(c for c in plain if not unicodedata.combining(c)).translate(_APOSTROPHES)
    if code_in_words := tight(code).casefold():
        plain = re.sub(rf"\b{code_in_words[:-3]}\s*{code_in_words[-3:]}\b", " ", plain)
    plain = re.sub(r"\b(\d+)\s+([a-z])\b", r"\1\2", plain)
    return tuple(_SHORT_WORDS.get(word, word) for word in re.findall(r"[^\W_]+", plain))
