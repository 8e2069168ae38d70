"""How well one set of measurements can be told from another: by rank, whatever their shape."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from math import sqrt


def told_apart(these: Sequence[float], those: Sequence[float]) -> float:
    """Return how often one of these is greater than one of those, ties counting half.

    That is the area under the curve of whoever guesses by the measurement alone: 0.5 where it says
    nothing, 1.0 or 0.0 where it says everything.
    """
    ordered = sorted(those)
    wins = sum((bisect_left(ordered, x) + bisect_right(ordered, x)) / 2 for x in these)
    return wins / (len(these) * len(those))


def by_chance(these: int, those: int) -> float:
    """Return the standard deviation of :func:`told_apart` between sets that are alike."""
    return sqrt((these + those + 1) / (12 * these * those))
