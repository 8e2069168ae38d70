"""What is drawn of many: by the name of each thing, so that one more changes no other's lot."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class Draw:
    """A draw that a seed decides. Equal words get an equal lot, in whatever company."""

    seed: int

    def first(self, lots: Iterable[tuple[str, int]], count: int) -> list[int]:
        """Return the numbers of so many, each named with its words."""
        drawn = sorted((self._lot(words), number) for words, number in lots)
        return [number for _, number in drawn[:count]]

    def one(self, words: str, among: Iterable[str]) -> str:
        """Return one of some answers to these words."""
        return min(among, key=lambda answer: self._lot(f"{words}: {answer}"))

    def _lot(self, words: str) -> bytes:
        return sha256(f"{self.seed} {words}".encode()).digest()
