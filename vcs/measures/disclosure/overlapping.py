"""What a number of one period would tell beside those of other periods that were shown before.

A year, its quarters and its months can be subtracted. Numbers of periods are edges between the days
on which periods begin and end: whoever holds them knows the number of every period whose two ends
they connect, and of no other. A new number is shown only if no small or withheld one is known then.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import product

from vcs.measures.disclosure.withheld import Cell, is_small

Span = tuple[date, date]
"""A period: its first day, and the day after its last."""

_DAY = timedelta(days=1)


def span_of(from_on: date, to_on: date) -> Span:
    """Return a period, both days included, as a span."""
    return from_on, to_on + _DAY


@dataclass(frozen=True, slots=True)
class Before:
    """What was shown and withheld before of one cell, and the days of its cases, in order."""

    shown: frozenset[Span] = frozenset()
    withheld: frozenset[Span] = frozenset()
    days: Sequence[date] = ()

    def tells(self, new: Span) -> bool:
        """Say whether a new number gives a small or a withheld one away."""
        if self.knows(new):
            return False
        one, other = (self._connected(end) for end in new)
        pairs = ((min(pair), max(pair)) for pair in product(one, other))
        return any(is_small(self.count(pair)) or pair in self.withheld for pair in pairs)

    def knows(self, span: Span) -> bool:
        """Say whether a number follows from what was shown before."""
        return span[1] in self._connected(span[0])

    def count(self, span: Span) -> int:
        """Return how many cases lie in a span."""
        return bisect_left(self.days, span[1]) - bisect_left(self.days, span[0])

    def _connected(self, day: date) -> set[date]:
        found, fresh = {day}, {day}
        while fresh:
            ends = {end for span in self.shown if fresh & {*span} for end in span}
            fresh = ends - found
            found |= fresh
        return found


@dataclass(frozen=True, slots=True)
class Forced:
    """Which numbers of a measure are withheld, whatever they are, for what was shown before."""

    denominators: frozenset[Cell] = frozenset()
    numerators: frozenset[Cell] = frozenset()


@dataclass(frozen=True, slots=True)
class History:
    """What was shown before of one measure: of its denominators, and of its numerators."""

    denominators: Mapping[Cell, Before] = field(default_factory=dict)
    numerators: Mapping[Cell, Before] = field(default_factory=dict)

    def forced(self, new: Span) -> Forced:
        """Return what a new period must not show."""
        return Forced(_telling(self.denominators, new), _telling(self.numerators, new))

    def is_vain(self, new: Span, hidden: Forced) -> bool:
        """Say whether something that is withheld follows from what was shown before."""
        return _any_known(self.denominators, new, hidden.denominators) or _any_known(
            self.numerators, new, hidden.numerators
        )


def _any_known(of: Mapping[Cell, Before], new: Span, cells: Iterable[Cell]) -> bool:
    return any(of[cell].knows(new) for cell in cells if cell in of)


def _telling(of: Mapping[Cell, Before], new: Span) -> frozenset[Cell]:
    return frozenset(cell for cell, before in of.items() if before.tells(new))
