"""What a second reader looks for in a letter, and how far two readers agree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

RUBRIC: Final[Mapping[str, str]] = {
    "answered": "It answers what the person asked, or what they would ask next",
    "plain": "Somebody who knows nothing of the law understands it at the first reading",
    "personal": "It is written to this person: nothing in it is there for everybody",
    "next_step": "It says what happens next, when, and whom to ring",
}
"""Each line is met or not; three of four make a good letter."""

GOOD: Final = 3

AGREE_ENOUGH: Final = 0.7
"""Cohen's kappa from which two readers agree well enough for the number to mean anything."""


def kappa(pairs: Iterable[tuple[bool, bool]]) -> float | None:
    """Return Cohen's kappa of two readers' yes and no; None for none, 1 where all are alike."""
    found = list(pairs)
    if not found:
        return None
    size = len(found)
    same = sum(one == other for one, other in found) / size
    first = sum(one for one, _ in found) / size
    second = sum(other for _, other in found) / size
    chance = first * second + (1 - first) * (1 - second)
    return 1.0 if chance == 1 else (same - chance) / (1 - chance)
