"""The letter font: where it lies, which characters it can print, how wide a line comes out."""

from __future__ import annotations

import unicodedata
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Final

from fontTools.ttLib import TTFont

from letters import LetterRefused
from letters.press.needs import FONT_FOLDERS, FONT_PACKAGE, find_fonts
from vcs.errors import NotSetUp

WINDOW_WIDTH_MM: Final = 78.0
WINDOW_TYPE_PT: Final = 11.0
_MM_PER_PT: Final = 25.4 / 72

_PLACES: Final = {"addressee": "the name", "vlo_name": "the officer's name"}
_MOST_NAMED: Final = 8
_UNPRINTED: Final = frozenset(("Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp", "Mn", "Me"))
_RIGHT_TO_LEFT: Final = frozenset(("R", "AL", "AN"))


def font_paths(folders: tuple[Path, ...] = FONT_FOLDERS) -> dict[str, Path]:
    """Return the two font files by weight. Raises NotSetUp naming the package where missing."""
    if found := find_fonts(folders):
        return found
    raise NotSetUp(f"The letter font is missing: install the package {FONT_PACKAGE}.")


@cache
def _characters() -> frozenset[int]:
    """Code points that both weights can print."""
    return frozenset(_widths("regular")) & frozenset(_widths("bold"))


@cache
def _widths(weight: str) -> dict[int, float]:
    """Width in ems of each character of a font, by code point."""
    with TTFont(font_paths()[weight], lazy=True) as font:
        metrics, per_em = font["hmtx"].metrics, font["head"].unitsPerEm
        return {code: metrics[name][0] / per_em for code, name in font.getBestCmap().items()}


def unprintable(text: str) -> tuple[str, ...]:
    """Return, each once, the characters that would print as a box, hide, or turn the line round."""
    return tuple(dict.fromkeys(c for c in unicodedata.normalize("NFC", text) if not _prints(c)))


def width_mm(line: str) -> float:
    """Return how wide a line comes out in the window of the envelope, in millimetres."""
    ems = sum(_widths("regular").get(ord(c), 1.0) for c in line)
    return ems * WINDOW_TYPE_PT * _MM_PER_PT


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
    bad = unprintable("".join(line for line in lines if isinstance(line, str)))
    place = _PLACES.get(name, f"the {name.replace('_', ' ')}")
    named = ", ".join(_named(c) for c in bad[:_MOST_NAMED])
    return f"In {place}, the letter font cannot print {named}" if bad else ""


def _too_long(window: tuple[str, ...]) -> dict[str, str]:
    mend = "is too long for the envelope: shorten it or use two lines"
    named = {0: ("addressee", "The name")}
    long = (n for n, line in enumerate(window) if width_mm(line) > WINDOW_WIDTH_MM)
    places = (named.get(n, ("address", f"Address line {n}")) for n in long)
    return {field: f"{place} {mend}" for field, place in places}


def _prints(char: str) -> bool:
    if unicodedata.category(char) in _UNPRINTED:
        return False
    return unicodedata.bidirectional(char) not in _RIGHT_TO_LEFT and ord(char) in _characters()


def _named(char: str) -> str:
    code = f"U+{ord(char):04X}"
    shown = unicodedata.category(char)[0] in "LNPS"
    return f"“{char}” ({code})" if shown else f"a hidden or joining character ({code})"
