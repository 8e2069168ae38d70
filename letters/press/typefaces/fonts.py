"""The fonts of letters: where they lie, which characters they can print, how wide a line is."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Final

from fontTools.ttLib import TTFont

from letters import LetterRefused
from letters.press.needs import SETS, find_fonts
from vcs.errors import NotSetUp

WINDOW_WIDTH_MM: Final = 69.0
WINDOW_TYPE_PT: Final = 10.5
_MM_PER_PT: Final = 25.4 / 72

_PLACES: Final = {"addressee": "the name", "vlo_name": "the officer's name"}
_MOST_NAMED: Final = 8
_UNPRINTED: Final = frozenset(("Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"))
_MARKS: Final = frozenset(("Mn", "Me", "Mc"))
_JOINERS: Final = frozenset("\u200c\u200d")
"""Without width, and needed: Persian and the scripts of India change their letters by them."""
_MOST_MARKS: Final = 4
"""More marks than this on one letter is no writing of any people, and prints over other lines."""
_LATIN: Final = frozenset(("regular", "bold"))
_FACE: Final = 2
"""Of the Chinese, Japanese and Korean faces of one file, the one for plain Chinese: where the
language is told, the letters take that language's form by themselves."""

FontSets = tuple[tuple[str, tuple[Path, ...], dict[str, str]], ...]


def font_paths(sets: FontSets = SETS) -> dict[str, Path]:
    """Return the font files by name. Raises NotSetUp naming the packages that are missing."""
    found = {package: find_fonts(folders, files) for package, folders, files in sets}
    if missing := [package for package, files in found.items() if not files]:
        raise NotSetUp(f"Fonts of the letters are missing: install {', '.join(missing)}.")
    return {name: path for files in found.values() for name, path in files.items()}


def face_of(name: str) -> int:
    """Return which face of its file a font is; -1 where the file holds one."""
    return _FACE if name == "han" else -1


@cache
def plain_characters() -> frozenset[int]:
    """Code points that both weights of the letter font can print."""
    return frozenset(_widths("regular")) & frozenset(_widths("bold"))


@cache
def _characters() -> frozenset[int]:
    """Code points that any font of the letters can print."""
    rest = (name for name in font_paths() if name not in _LATIN)
    return plain_characters().union(*(_widths(name) for name in rest))


@cache
def _widths(name: str) -> dict[int, float]:
    """Width in ems of each character of a font, by code point."""
    with TTFont(font_paths()[name], lazy=True, fontNumber=face_of(name)) as font:
        metrics, per_em = font["hmtx"].metrics, font["head"].unitsPerEm
        return {code: metrics[glyph][0] / per_em for code, glyph in font.getBestCmap().items()}


def unprintable(text: str) -> tuple[str, ...]:
    """Return, each once, the characters that would print as a box, hide, or turn the line round.

    A mark that stands on no letter, or one too many on one letter, is among them.
    """
    return tuple(dict.fromkeys(_unprintable(unicodedata.normalize("NFC", text))))


def _unprintable(text: str) -> Iterator[str]:
    marks, based = 0, False
    for char in text:
        is_mark = unicodedata.category(char) in _MARKS
        marks = marks + 1 if is_mark else 0
        if not _prints(char) or marks > _MOST_MARKS or (is_mark and not based):
            yield char
        based = is_mark or char in _JOINERS or not char.isspace()


def width_mm(line: str, type_pt: float = WINDOW_TYPE_PT) -> float:
    """Return how wide a line comes out in the window, in millimetres, at most.

    Where letters join, as in Arabic or Hindi, they take less than this.
    """
    return sum(map(_width, unicodedata.normalize("NFC", line))) * type_pt * _MM_PER_PT


def _width(char: str) -> float:
    code = ord(char)
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0.0
    if code in plain_characters():
        return _widths("regular")[code]
    rest = (_widths(name) for name in font_paths() if name not in _LATIN)
    return next((widths[code] for widths in rest if code in widths), 1.0)


def check_printable(contents: object) -> None:
    """Raise LetterRefused naming each field and character that cannot be printed as written.

    ``contents`` is a dataclass; its texts and tuples of texts are checked, and the lines of its
    ``window`` must also fit the width of the envelope's window.
    """
    if not is_dataclass(contents) or isinstance(contents, type):
        raise TypeError("contents must be a dataclass")
    found: dict[str, str] = {}
    for field in fields(contents):
        value = getattr(contents, field.name)
        parts = _window_parts(value) if field.name == "window" else {field.name: value}
        found |= {
            name: problem for name, part in parts.items() if (problem := _problem(name, part))
        }
        if field.name == "window":
            found |= _too_long(value)
    if found:
        raise LetterRefused(" ".join(f"{problem}." for problem in found.values()), found)


def _window_parts(window: tuple[str, ...]) -> dict[str, object]:
    """Split the window's lines into the facts they came from."""
    return {"addressee": window[:1], "address": window[1:-1], "postcode": window[-1:]}


def _problem(name: str, value: object) -> str:
    lines = value if isinstance(value, tuple) else (value,)
    bad = dict.fromkeys(c for line in lines if isinstance(line, str) for c in unprintable(line))
    if not bad:
        return ""
    place = _PLACES.get(name, f"the {name.replace('_', ' ')}")
    named = ", ".join(_named(c) for c in list(bad)[:_MOST_NAMED])
    mend = ": enter it in Latin letters too, as they would like it" if name in _IN_LATIN else ""
    return f"In {place}, no font of the letters can print {named}{mend}"


_IN_LATIN: Final = ("addressee", "salutation")


def _too_long(window: tuple[str, ...]) -> dict[str, str]:
    mend = "is too long for the envelope: shorten it or use two lines"
    named = {0: ("addressee", "The name")}
    long = (n for n, line in enumerate(window) if width_mm(line) > WINDOW_WIDTH_MM)
    places = (named.get(n, ("address", f"Address line {n}")) for n in long)
    return {field: f"{place} {mend}" for field, place in places}


def _prints(char: str) -> bool:
    if char in _JOINERS:
        return True
    if unicodedata.category(char) in _UNPRINTED:
        return False
    code = ord(char)
    return code in plain_characters() or code in _characters()


def _named(char: str) -> str:
    code = f"U+{ord(char):04X}"
    shown = unicodedata.category(char)[0] in "LNPS"
    return f"“{char}” ({code})" if shown else f"a hidden or joining character ({code})"
