"""Which known words a misspelt word is nearest to: letters left out, added, changed or swapped."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable

_LOOKED_AT = 80


class Spelling:
    """Known words, found again by the pairs of letters that they share with a misspelt one."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_pair: defaultdict[str, list[str]] = defaultdict(list)
        for word in words:
            for pair in _pairs(word):
                self._by_pair[pair].append(word)

    def nearest(self, word: str, at_most: int = 2) -> list[str]:
        """Return the known words at the least distance from a word; none where all are far.

        A word of up to five letters may have one wrong, a longer one ``at_most``.
        """
        shared: Counter[str] = Counter()
        for pair in _pairs(word):
            shared.update(self._by_pair.get(pair, ()))
        limit = 1 if len(word) <= 5 else at_most
        near: defaultdict[int, list[str]] = defaultdict(list)
        for other, _ in shared.most_common(_LOOKED_AT):
            if abs(len(other) - len(word)) <= limit:
                near[distance(word, other)].append(other)
        least = min(near, default=limit + 1)
        return sorted(near[least]) if least <= limit else []


def _pairs(word: str) -> Collection[str]:
    edged = f"^{word}$"
    return {edged[place : place + 2] for place in range(len(edged) - 1)}


def distance(one: str, other: str) -> int:
    """Return how many letters must be changed, added, left out or swapped with a neighbour."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        twice_before, before, row = before, row, [i]
        for j, theirs in enumerate(other, start=1):
            cost = min(row[-1] + 1, before[j] + 1, before[j - 1] + (letter != theirs))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == theirs:
                cost = min(cost, twice_before[j - 2] + 1)
            row.append(cost)
    return row[-1]
