"""The windows of the envelopes that letters go in, and where they can reach on the page.

Rows for people to check against the envelopes they buy. Millimetres, from the left and from the
top of the page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

_PAGE_WIDTH: Final = 210.0


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the page."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, x: float, y: float) -> bool:
        """Say whether a point lies in it."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom

    def meets(self, other: Box) -> bool:
        """Say whether another part of the page lies in it, wholly or not."""
        across = self.left <= other.right and other.left <= self.right
        return across and self.top <= other.bottom and other.top <= self.bottom


@dataclass(frozen=True, slots=True)
class Envelope:
    """One size, lying with its window upright. ``folded`` is how high the folded page stands.

    The window's place is measured from the left and the bottom edge of the envelope.
    """

    name: str
    width: float
    height: float
    folded: float
    window_left: float
    window_up: float
    window_width: float
    window_height: float

    @property
    def reached(self) -> Box:
        """Return all that the window can show, wherever the page slips to."""
        rest = self.at_rest
        return Box(rest.left - self._aside, rest.top, rest.right, rest.bottom + self._upward)

    @property
    def at_rest(self) -> Box:
        """Return what the window shows while the page stands on the bottom, at the left."""
        bottom = self.folded - self.window_up
        left, right = self.window_left, self.window_left + self.window_width
        return Box(left, bottom - self.window_height, right, bottom)

    @property
    def always_seen(self) -> Box:
        """Return what the window shows wherever the page slips to."""
        rest = self.at_rest
        return Box(rest.left, rest.top + self._upward, rest.right - self._aside, rest.bottom)

    @property
    def _aside(self) -> float:
        return self.width - _PAGE_WIDTH

    @property
    def _upward(self) -> float:
        return self.height - self.folded


DL: Final = Envelope("DL", 220, 110, 99, 20, 18, 90, 35)
C5: Final = Envelope("C5", 229, 162, 148.5, 20, 60, 90, 35)
ENVELOPES: Final = (DL, C5)
"""A4 folded in three, and folded in two."""


def reached(x: float, y: float) -> bool:
    """Say whether any window can reach a point of the page."""
    return any(one.reached.holds(x, y) for one in ENVELOPES)


def reaches(box: Box) -> bool:
    """Say whether any window can reach some of a part of the page."""
    return any(one.reached.meets(box) for one in ENVELOPES)
