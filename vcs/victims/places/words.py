"""The words of an address in one form, however they are spelt. Pure.

What is a word for a street, a flat or a county, and what stands for what in Welsh, are rows of
``data/address_words.csv``.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from typing import Final

from rapidfuzz.distance import OSA


def _tables() -> Mapping[str, Mapping[str, str]]:
    found: dict[str, dict[str, str]] = {}
    text = files(__package__).joinpath("data/address_words.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        found.setdefault(row["kind"], {})[row["words"]] = row["meaning"]
    return found


TABLES: Final = _tables()

SHORT: Final = TABLES["short"]
STREET_TYPES: Final = frozenset(TABLES["street_type"])
BUILDINGS: Final = frozenset(TABLES["building"])
GENERIC: Final = frozenset(TABLES["generic"]) | frozenset(TABLES["particle"])
DIRECTIONS: Final = frozenset(TABLES["direction"])
SAINTS: Final = frozenset(TABLES["saint_name"])
COUNTIES: Final = frozenset(TABLES["county"])
POST_TOWNS: Final = frozenset(TABLES["post_town"])
NAMES_TOO: Final = frozenset(TABLES["name_too"])
"""The street types that end the names of houses too, as in Bay View."""
NO_TOWN: Final = GENERIC | COUNTIES | frozenset(TABLES["country"])
SAINT = "street"
"""Both a saint and a street are written "St", so they are read as one word."""

_APOSTROPHES: Final = str.maketrans(dict.fromkeys("'’‘`\u00b4\u02bc", ""))
_LETTERS: Final = str.maketrans(
    {
        "ß": "ss",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "\u0131": "i",
    }
)
_SIGNS: Final = str.maketrans(
    dict.fromkeys('()[]{};|\t\r\n"“”', ",")
    | dict.fromkeys("–—\u2010\u2011\u2212", "-")
    | {"\\": "/", "+": "&"}
)
_WITH_DOTS: Final = (
    (re.compile(r"\b([a-z])\.(?=\s?[a-z]\b)"), r"\1"),
    (re.compile(r"(\d)\.0\b"), r"\1"),
)
_BETWEEN_NUMBERS: Final = (
    (re.compile(r"(\d[a-z]?)\s*(?:-|&|\band\b|\bto\b)\s*(?=\d)"), r"\1~"),
    (re.compile(r"(\d[a-z]?)\s*/\s*(?=\d|[a-z]\b)"), r"\1/"),
)
_OTHER_SIGNS: Final = re.compile(r"[^\w\s,~/]|_|(?<!\d)(?<!\d[a-z])/|/(?![\da-z])")
# A scanner reads l for 1 and o for 0; people leave out a space, or put one before a letter.
_SCANNED: Final = re.compile(
    r"(?<![a-z0-9])(?![a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}\s*(?:,|$))"
    r"(?=[a-z01]*[01])(?=(?:[01]*[a-z]){3}|[a-z01]{5})[a-z0][a-z01]*[a-z](?![a-z0-9])"
)
_AS_LETTERS: Final = str.maketrans("01", "ol")
_SPACE_LEFT_OUT: Final = (
    (re.compile(r"(?<=\d)(?!(?:st|nd|rd|th)\b)(?=[a-z]{2,})|(?<=[a-z][a-z])(?=\d)"), " "),
)
_BESIDE: Final = re.compile(r"[a-z]\d|\d[a-z]")
_ONE_LETTER: Final = re.compile(r"\b(\d+) ([a-df-mo-rt-vxz])\b(?!/)")
_LEADING_ZERO: Final = re.compile(r"\b0+(?=\d)")


def plain(text: str) -> str:
    """Return text without capitals, accents and signs; a comma is the end of a part."""
    found = text.casefold()
    if not found.isascii():
        found = found.replace("½", " 1/2")
        found = unicodedata.normalize("NFKD", found).translate(_LETTERS)
        found = "".join(c for c in found if not unicodedata.combining(c))
    found = found.translate(_APOSTROPHES).translate(_SIGNS)
    if "." in found:
        found = _replaced(_WITH_DOTS, found)
    found = _OTHER_SIGNS.sub(" ", _replaced(_BETWEEN_NUMBERS, found))
    if _BESIDE.search(found):
        found = _SCANNED.sub(lambda word: word[0].translate(_AS_LETTERS), found)
        found = _replaced(_SPACE_LEFT_OUT, found)
    found = " ".join(found.split())
    return _LEADING_ZERO.sub("", _ONE_LETTER.sub(r"\1\2", found))


def _replaced(rules: Iterable[tuple[re.Pattern[str], str]], text: str) -> str:
    for pattern, instead in rules:
        text = pattern.sub(instead, text)
    return text


def _welsh_places() -> tuple[re.Pattern[str], Mapping[str, str]]:
    names = TABLES["welsh_place"]
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(longest_first)})\b"), names


_WELSH_PLACE, _ENGLISH_NAME = _welsh_places()


def in_english(part: str) -> str:
    """Return a part with the Welsh names of towns in English."""
    return _WELSH_PLACE.sub(lambda found: _ENGLISH_NAME[found[0]], part)


def in_full(words: Sequence[str]) -> list[str]:
    """Return words without abbreviations."""
    return [
        SAINT if word[:1] == "s" and alike(word, "saint") else SHORT.get(word, word)
        for word in words
    ]


_WELSH_KINDS: Final = {**TABLES["welsh_type"], **TABLES["welsh_house"]}


def translated(full: list[str]) -> list[str]:
    """Return the words of a part with a street or a house that is named in Welsh in English."""
    start = 1 if full[:1] and full[0] in DIRECTIONS else 0
    kind = _WELSH_KINDS.get(full[start]) if full[start:] else None
    return full if kind is None else full[:start] + _in_english(full[start:], kind)


def _in_english(words: list[str], kind: str) -> list[str]:
    names = [TABLES["welsh_word"].get(one, one) for one in words[1:]]
    kept = [one for one in names if one not in TABLES["particle"]]
    return [*kept, kind or "*"] if kept else words


def of_a_house(name: Sequence[str]) -> list[str]:
    """Return the words of a house's name in English that tell it from others; all if none does."""
    english = [TABLES["welsh_name"].get(one, one) for one in name]
    return [one for one in english if one not in GENERIC] or english


def alike(one: str, other: str) -> bool:
    """Say whether two words, or two names without spaces, differ by typing errors at most."""
    if one == other:
        return True
    longest = max(len(one), len(other))
    if longest < 4:
        return False
    return bool(OSA.distance(one, other, score_cutoff=max(1, longest // 4)) <= max(1, longest // 4))


def any_alike(these: Iterable[str], those: Sequence[str]) -> bool:
    """Say whether some word stands on both sides."""
    return any(alike(one, other) for one in these for other in those)
