"""A page's drawing orders taken apart: what text is drawn where, glyph by glyph, and what else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from weasyprint.matrix import Matrix

from letters.press.sheets.envelopes import Box

_MM_PER_PT: Final = 25.4 / 72
_PAGE_HEIGHT_MM: Final = 297.0
_UPRIGHT: Final = re.compile(rb"1 0 0 -1 (\S+) (\S+) Tm")
_FONT: Final = re.compile(rb"/(\S+) \S+ Tf")
_GLYPHS: Final = re.compile(rb"<([0-9a-f]+)>")
_PAINTS: Final = frozenset((b"f", b"f*", b"F", b"S", b"s", b"B", b"B*", b"b", b"b*"))
_DRAWS: Final = frozenset((b"m", b"l", b"c", b"v", b"y", b"re"))
_WRITES: Final = frozenset((b"Tm", b"Tf", b"TJ"))
_SHAPES: Final = _DRAWS | _PAINTS | {b"n", b"Do"}
_DIGITS: Final = 4
"""How many figures name a glyph."""


class NotReadBack(Exception):
    """The page is not drawn in the plain way that can be read back."""


@dataclass(slots=True)
class Run:
    """Text drawn from one point: its place in millimetres and, as laid out, in CSS pixels.

    ``glyphs`` are pairs of font and number. ``first`` and ``last`` are its first and last order.
    """

    x_mm: float
    y_mm: float
    at_px: tuple[float, float]
    first: int
    last: int
    glyphs: list[tuple[str, int]] = field(default_factory=list)


@dataclass(slots=True)
class Drawn:
    """All that is drawn on one page: runs of text, and the boxes of whatever is no text."""

    runs: list[Run] = field(default_factory=list)
    painted: list[Box] = field(default_factory=list)


def read(stream: Sequence[Any]) -> Drawn:
    """Take a page's orders apart. Raises NotReadBack where text is turned."""
    reader = _Reader()
    for number, order in enumerate(stream):
        if isinstance(order, bytes):
            reader.take(number, order)
    return reader.drawn


class _Reader:
    """The state of drawing: where the page is moved to, which font, what shape is being drawn."""

    def __init__(self) -> None:
        self.drawn = Drawn()
        self._moved = [Matrix()]
        self._font = ""
        self._shape: list[tuple[float, float]] = []

    def take(self, number: int, order: bytes) -> None:
        """Follow one order."""
        verb = order[order.rfind(b" ") + 1 :]
        if verb == b"q":
            self._moved.append(self._moved[-1])
        elif verb == b"Q":
            self._moved.pop()
        elif verb in _WRITES:
            self._write(number, order, verb)
        elif verb == b"cm":
            self._moved[-1] = Matrix(*map(float, order.split(b" ")[:-1])) @ self._moved[-1]
        elif verb in _SHAPES:
            self._draw(verb, order.split(b" ")[:-1])

    def _write(self, number: int, order: bytes, verb: bytes) -> None:
        if verb == b"Tf":
            self._font = _FONT.fullmatch(order)[1].decode("ascii")  # type: ignore[index]
            return
        if verb == b"Tm":
            place, (_, turned, leant, *_) = _UPRIGHT.fullmatch(order), self._moved[-1].values
            if place is None or turned or leant:
                raise NotReadBack("some text is turned")
            at = (float(place[1]), float(place[2]))
            self.drawn.runs.append(Run(*self._mm(*at), at, number, number))
            return
        run = self.drawn.runs[-1]
        run.last = number
        run.glyphs.extend((self._font, glyph) for glyph in _numbers(order))

    def _draw(self, verb: bytes, values: list[bytes]) -> None:
        if verb == b"Do":
            self._shape = [self._mm(x, y) for x, y in ((0, 0), (1, 0), (0, 1), (1, 1))]
        elif verb == b"re":
            x, y, width, height = map(float, values)
            corners = ((x, y), (x + width, y), (x, y + height), (x + width, y + height))
            self._shape += [self._mm(*corner) for corner in corners]
        elif verb in _DRAWS:
            numbers = list(map(float, values))
            self._shape += [self._mm(*at) for at in zip(numbers[::2], numbers[1::2], strict=True)]
        if verb in _PAINTS or verb == b"Do":
            self.drawn.painted.extend(_box(self._shape))
        if verb in _PAINTS | {b"n", b"Do"}:
            self._shape = []

    def _mm(self, x: float, y: float) -> tuple[float, float]:
        along, up = self._moved[-1].transform_point(x, y)
        return along * _MM_PER_PT, _PAGE_HEIGHT_MM - up * _MM_PER_PT


def _box(points: list[tuple[float, float]]) -> Iterator[Box]:
    if points:
        across, down = zip(*points, strict=True)
        yield Box(min(across), min(down), max(across), max(down))


def _numbers(order: bytes) -> Iterator[int]:
    digits = b"".join(_GLYPHS.findall(order)).decode("ascii")
    return (int(digits[at : at + _DIGITS], 16) for at in range(0, len(digits), _DIGITS))
