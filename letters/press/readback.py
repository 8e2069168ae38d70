"""What a finished page really shows in the window of the envelope, read from its drawing orders.

Read from the PDF's own objects just before they are written out, glyph by glyph through the
font's own table, so it says what is on the paper and not what was meant to be.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from weasyprint import Document

# What the window may show wherever the paper slips to, in millimetres from the top left corner:
# see assets/letter.css.
LEFT_MM: Final = 10.0
RIGHT_MM: Final = 110.0
TOP_MM: Final = 46.0
BOTTOM_MM: Final = 92.0
_PX_PER_MM: Final = 96 / 25.4
_LINE_PX: Final = 2.0
"""Runs of text whose baselines differ by less than this, in CSS pixels, are on one line."""

_MATRIX: Final = re.compile(rb"1 0 0 -1 (\S+) (\S+) Tm")
_FONT: Final = re.compile(rb"/(\S+) \S+ Tf")
_GLYPHS: Final = re.compile(rb"<([0-9a-f]+)>")


class NotReadBack(Exception):
    """The page is not drawn in the plain way that can be read back."""


@dataclass(slots=True)
class _Pen:
    x: float = 0.0
    y: float = 0.0
    font: str = ""


def window_lines(document: Document, pdf: Any) -> tuple[str, ...]:
    """Return the lines of text that the envelope's window can show on page one, top to bottom.

    ``pdf`` is the :class:`pydyf.PDF` that WeasyPrint hands to a finisher. Raises NotReadBack when
    the page is drawn in a way this cannot follow.
    """
    to_text = {font.hash: font.to_unicode for font in document.fonts.values()}
    rows: dict[float, list[tuple[float, str]]] = defaultdict(list)
    for x, y, text in _runs(_first_page(pdf), to_text):
        if _in_window(x / _PX_PER_MM, y / _PX_PER_MM):
            near = next((row for row in rows if abs(row - y) < _LINE_PX), y)
            rows[near].append((x, text))
    return tuple("".join(text for _, text in sorted(rows[y])) for y in sorted(rows))


def _in_window(x_mm: float, y_mm: float) -> bool:
    return LEFT_MM <= x_mm <= RIGHT_MM and TOP_MM <= y_mm <= BOTTOM_MM


def _first_page(pdf: Any) -> list[bytes]:
    page = pdf.objects[pdf.pages["Kids"][0]]
    number = int(page["Contents"].split()[0])
    return [order for order in pdf.objects[number].stream if isinstance(order, bytes)]


def _runs(
    orders: list[bytes], to_text: dict[str, dict[int, str]]
) -> list[tuple[float, float, str]]:
    if sum(order.endswith(b" cm") for order in orders) != 2:
        raise NotReadBack("something on the page is moved or turned")
    runs, pen = [], _Pen()
    for order in orders:
        if moved := _MATRIX.fullmatch(order):
            pen.x, pen.y = float(moved[1]), float(moved[2])
        elif chosen := _FONT.fullmatch(order):
            pen.font = chosen[1].decode("ascii")
        elif order.endswith(b" Tm"):
            raise NotReadBack("some text is turned")
        elif order.endswith(b" TJ"):
            runs.append((pen.x, pen.y, _text(order, to_text[pen.font])))
    return runs


def _text(order: bytes, to_text: dict[int, str]) -> str:
    digits = b"".join(_GLYPHS.findall(order)).decode("ascii")
    glyphs = (int(digits[at : at + 4], 16) for at in range(0, len(digits), 4))
    return "".join(to_text[glyph] for glyph in glyphs)
