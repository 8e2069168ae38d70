"""Marks the writing of a page that the letter font lacks, so that each is set as it is read.

A run from right to left is set apart, so that it turns nothing beside it. A name with a letter
that the letter font lacks is set in one font as a whole, and not in two. Chinese characters take
the form of the language, where the page tells it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import groupby
from typing import Any, Final
from xml.etree.ElementTree import Element

from letters.press.typefaces.fonts import plain_characters

RIGHT_TO_LEFT: Final = "rtl"
WORLD: Final = "world"

_PLAIN: Final = "plain"
_HAN: Final = "han"
_BETWEEN: Final = "between"
_APART: Final = frozenset(("head", "title", "style", "script"))
_WHOLE: Final = "bdi"
_EAST_ASIAN: Final = (
    (re.compile("[\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f]"), "ja"),
    (re.compile("[\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff]"), "ko"),
    (re.compile("[\u3100-\u312f\u31a0-\u31bf]"), "zh-TW"),
)
_IDEOGRAPH: Final = re.compile(
    "[\u2e80-\u2fdf\u3005-\u3007\u3400-\u9fff\uf900-\ufaff]|[\U00020000-\U0003ffff]"
)
_BY_COUNTRY: Final = {
    "JAPAN": "ja",
    "SOUTH KOREA": "ko",
    "NORTH KOREA": "ko",
    "TAIWAN": "zh-TW",
    "HONG KONG": "zh-HK",
    "MACAO": "zh-HK",
    "CHINA": "zh-CN",
    "SINGAPORE": "zh-CN",
}
"""Whose form of a character is meant, by the last line of an address abroad."""


def mark(root: Any) -> None:
    """Mark a page, ``root`` being its ElementTree, in place."""
    window = root.find(".//*[@id='window']")
    lines = list(window) if window is not None else []
    language = _BY_COUNTRY.get("".join(lines[-1].itertext()), "") if lines else ""
    whole = {*lines, *root.iter(_WHOLE)}
    for parent in list(root.iter()):
        if parent in whole:
            _mark_whole(parent, language)
        elif isinstance(parent.tag, str) and parent.tag not in _APART:
            _mark_text(parent, language)
        for child in [] if parent in lines else list(parent):
            if child.tail and parent not in whole and parent.tag not in _APART:
                _mark_tail(parent, child, language)


def _is_plain(text: str | None) -> bool:
    return not text or text.isascii() or set(map(ord, text)) <= plain_characters() - _RIGHT


_RIGHT: Final = frozenset(range(0x0590, 0x0900)) | frozenset(range(0xFB1D, 0xFE00))


def _mark_whole(element: Any, language: str) -> None:
    """Mark an element that holds one name or one line, without taking it apart."""
    text = "".join(element.itertext())
    if _is_plain(text):
        return
    strong = (unicodedata.bidirectional(char) for char in text)
    first = next((one for one in strong if one in ("L", "R", "AL")), "L")
    _give(element, RIGHT_TO_LEFT if first != "L" else WORLD, text, language)


def _mark_text(parent: Any, language: str) -> None:
    if _is_plain(parent.text):
        return
    lead, made = _pieces(parent.text, language)
    parent.text = lead
    parent[:0] = made


def _mark_tail(parent: Any, child: Any, language: str) -> None:
    if _is_plain(child.tail):
        return
    lead, made = _pieces(child.tail, language)
    child.tail = lead
    at = list(parent).index(child) + 1
    parent[at:at] = made


def _pieces(text: str, language: str) -> tuple[str, list[Element]]:
    """Return the plain words at the beginning, and elements that hold the rest."""
    lead, made = "", []
    for kind, piece in _runs(text):
        if kind != _PLAIN:
            made.append(Element(_WHOLE))
            made[-1].text = piece
            _give(made[-1], kind, piece, language)
        elif made:
            made[-1].tail = (made[-1].tail or "") + piece
        else:
            lead += piece
    return lead, made


def _give(element: Any, kind: str, text: str, language: str) -> None:
    named = kind if kind in (RIGHT_TO_LEFT, WORLD) else ""
    if named:
        element.set("class", f"{element.get('class', '')} {named}".strip())
    if tongue := _tongue(text, language):
        element.set("lang", tongue)


def _tongue(text: str, language: str) -> str:
    found = next((tongue for kind, tongue in _EAST_ASIAN if kind.search(text)), "")
    return found or (language if _IDEOGRAPH.search(text) else "")


def _runs(text: str) -> Iterator[tuple[str, str]]:
    """Cut a text into runs of one kind: the spaces and signs around a run stay outside it."""
    words = [(_kind(word), word) for word in re.split(r"(\s+)", text) if word]
    kinds = [_bridged(words, at) for at in range(len(words))]
    for kind, group in groupby(zip(kinds, words, strict=True), key=lambda pair: pair[0]):
        piece = "".join(word for _, (_, word) in group)
        yield from _trimmed(kind, piece) if kind != _PLAIN else ((kind, piece),)


def _bridged(words: list[tuple[str, str]], at: int) -> str:
    """Return the kind of a word; spaces, numbers and signs between two of one kind are of it."""
    kind = words[at][0]
    if kind != _BETWEEN:
        return kind
    before = next((one for one, _ in reversed(words[:at]) if one != _BETWEEN), _PLAIN)
    after = next((one for one, _ in words[at + 1 :] if one != _BETWEEN), _PLAIN)
    return before if before == after else _PLAIN


def _trimmed(kind: str, piece: str) -> Iterator[tuple[str, str]]:
    held = [at for at, char in enumerate(piece) if unicodedata.category(char)[0] in "LMN"]
    first, end = held[0], held[-1] + 1
    while end < len(piece) and unicodedata.category(piece[end]) == "Cf":
        end += 1
    if piece[:first]:
        yield _PLAIN, piece[:first]
    yield kind, piece[first:end]
    if piece[end:]:
        yield _PLAIN, piece[end:]


def _kind(word: str) -> str:
    sides = {unicodedata.bidirectional(char) for char in word}
    if sides & {"R", "AL"}:
        return RIGHT_TO_LEFT
    if _IDEOGRAPH.search(word) or any(kind.search(word) for kind, _ in _EAST_ASIAN):
        return _HAN
    letters = [char for char in word if unicodedata.category(char)[0] in "LM"]
    if not letters:
        return _BETWEEN
    plain = all(ord(char) in plain_characters() and not _is_mark(char) for char in letters)
    return _PLAIN if plain else WORLD


def _is_mark(char: str) -> bool:
    return unicodedata.category(char)[0] == "M"
