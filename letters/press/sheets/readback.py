"""What a finished page really shows, read from its drawing orders.

Read from the PDF's own objects just before they are written out, glyph by glyph through the
fonts' own tables, so it says what is on the paper and not what was meant to be. Where letters
join or change places, as in Arabic or Hindi, a table of glyphs cannot say the text: there the
text as it was laid out counts, once each of its characters is found in the glyphs drawn for it,
and it is written beside them in the file for whoever reads aloud or copies.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

import pydyf
from weasyprint.formatting_structure.boxes import TextBox

from letters.press.sheets.envelopes import reached, reaches
from letters.press.sheets.orders import Drawn, NotReadBack, Run, read
from letters.press.typefaces.glyphs import Embedded, check, mend, said

if TYPE_CHECKING:
    from weasyprint import Document

_LINE_MM: Final = 0.5
"""Runs of text whose baselines differ by less than this are on one line."""


class ReadBack:
    """A finished document as it is read back, page by page.

    ``pdf`` is the :class:`pydyf.PDF` that WeasyPrint hands to a finisher. Raises NotReadBack when
    a page is drawn in a way this cannot follow, or a character would not print.
    """

    def __init__(self, document: Document, pdf: Any) -> None:
        """Read every page, and write the text beside the glyphs that cannot say it."""
        self._fonts = {font.hash: Embedded(font) for font in document.fonts.values()}
        mend(pdf, self._fonts)
        self._pages = [
            self._read(_orders(pdf, number), _laid_out(page))
            for number, page in enumerate(document.pages)
        ]

    def window_lines(self) -> tuple[str, ...]:
        """Return the lines of text that an envelope's window can show on page one, downwards."""
        drawn, texts = self._pages[0]
        if any(map(reaches, drawn.painted)):
            raise NotReadBack("something beside the address would show in the envelope's window")
        rows: dict[float, list[tuple[float, str]]] = defaultdict(list)
        for run, text in zip(drawn.runs, texts, strict=True):
            if reached(run.x_mm, run.y_mm):
                near = next((row for row in rows if abs(row - run.y_mm) < _LINE_MM), run.y_mm)
                rows[near].append((run.x_mm, text))
        return tuple("".join(text for _, text in sorted(rows[y])) for y in sorted(rows))

    def _read(
        self, stream: list[Any], laid_out: dict[tuple[float, float], str]
    ) -> tuple[Drawn, list[str]]:
        drawn = read(stream)
        texts = [self._text(run, laid_out) for run in drawn.runs]
        for run, text in reversed(list(zip(drawn.runs, texts, strict=True))):
            if text not in _both_ways(said(run.glyphs, self._fonts)):
                _write_beside(stream, run, text)
        return drawn, texts

    def _text(self, run: Run, laid_out: dict[tuple[float, float], str]) -> str:
        shown = said(run.glyphs, self._fonts)
        meant = laid_out.get(_place(run.at_px), shown)
        # A space at the end of a line, or one that keeps two words together, puts no ink anywhere.
        if meant.split() != shown.split():
            check(meant, run.glyphs, self._fonts)
        return meant


def _orders(pdf: Any, number: int) -> list[Any]:
    page = pdf.objects[pdf.pages["Kids"][number * 3]]
    stream: list[Any] = pdf.objects[int(page["Contents"].split()[0])].stream
    return stream


def _laid_out(page: Any) -> dict[tuple[float, float], str]:
    """Return each text that was laid out on a page, by where it begins."""
    boxes: Iterator[Any] = page._page_box.descendants(placeholders=True)
    return {
        _place((box.position_x, box.position_y + box.baseline)): box.text
        for box in boxes
        if isinstance(box, TextBox)
    }


def _place(at: tuple[float, float]) -> tuple[float, float]:
    return round(at[0], 2), round(at[1], 2)


def _write_beside(stream: list[Any], run: Run, text: str) -> None:
    """Say the text of some glyphs as PDF has it (ISO 32000 14.9.4): around them, in the orders."""
    words = pydyf.Dictionary({"ActualText": pydyf.String(text)})
    stream.insert(run.last + 1, b"EMC")
    stream[run.first : run.first] = ["/Span", words, b"BDC"]


def _both_ways(shown: str) -> tuple[str, str]:
    """Return a text as it stands and from right to left, which every reader turns by itself."""
    return shown, shown[::-1]
