"""Welsh grammar: what the first letter of a word becomes after certain words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

# Longest first: "ll" and "rh" are letters of their own. Letters that never change stand as
# themselves, so that the "c" of "ch" is not taken for one that does.
_KEPT: Final = ("ch", "dd", "ff", "ng", "ph", "th")

_SOFT: Final[Mapping[str, str]] = {
    "ll": "l", "rh": "r", "p": "b", "t": "d", "c": "g", "b": "f", "d": "dd", "g": "", "m": "f",
}  # fmt: skip

_NASAL: Final[Mapping[str, str]] = {
    "p": "mh", "t": "nh", "c": "ngh", "b": "m", "d": "n", "g": "ng",
}  # fmt: skip

_ASPIRATE: Final[Mapping[str, str]] = {"p": "ph", "t": "th", "c": "ch"}


def soft(word: str) -> str:
    """Return a word with the soft mutation: ``Caerdydd`` gives ``Gaerdydd``."""
    return _mutated(word, _SOFT)


def nasal(word: str) -> str:
    """Return a word with the nasal mutation: ``Caerdydd`` gives ``Nghaerdydd``."""
    return _mutated(word, _NASAL)


def aspirate(word: str) -> str:
    """Return a word with the aspirate mutation: ``Caerdydd`` gives ``Chaerdydd``."""
    return _mutated(word, _ASPIRATE)


def _mutated(word: str, table: Mapping[str, str]) -> str:
    low = word.lower()
    if low.startswith(_KEPT):
        return word
    start = next((start for start in table if low.startswith(start)), "")
    if not start:
        return word
    changed = table[start] + word[len(start) :]
    return changed[:1].upper() + changed[1:] if word[:1].isupper() else changed
