"""How far the counts of one measure had come by each day, and the numbers that are made of them.

Pure. A case is counted on one day, in the whole and in one cell of each axis. A month of an output
is the whole between two days.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from datetime import date
from functools import cached_property
from typing import Final

from vcs.measures.disclosure.audit import Extent, Number, Span
from vcs.measures.disclosure.sums import Form, Step, dependencies
from vcs.measures.disclosure.tallies import WHOLE, Axis
from vcs.small_numbers.withheld import Cell

Cells = tuple[Cell, ...]
"""Where a case is counted: the whole, its region, police area and court."""

_DECEMBER: Final = 12


class Places:
    """Which cells cases are in together: that courts add up to their region, for example."""

    def __init__(self, every: Iterable[Cells]) -> None:
        of: dict[Cell, set[int]] = defaultdict(set)
        for at, cells in enumerate(sorted(set(every))):
            for cell in cells:
                of[cell].add(at)
        self._of = {cell: frozenset(places) for cell, places in of.items()}

    def of(self, cell: Cell) -> frozenset[int]:
        """Return the places of a cell, each a number."""
        return self._of.get(cell, frozenset())

    @cached_property
    def laws(self) -> list[dict[Cell, int]]:
        """Return each way in which cells add up to nothing."""
        order = sorted(self._of, key=lambda cell: (len(self._of[cell]), cell))
        return dependencies({cell: self._of[cell] for cell in order})


class Count:
    """How many cases of each cell were counted before each day. ``of`` says what is counted."""

    def __init__(self, of: Hashable, cases: Iterable[tuple[Cells, date]], places: Places) -> None:
        self.of, self.places = of, places
        self._ends: set[date] = set()
        days: dict[Cell, list[date]] = defaultdict(list)
        for cells, day in cases:
            for cell in cells:
                days[cell].append(day)
        self._days = {cell: sorted(found) for cell, found in days.items()}

    def before(self, cell: Cell, day: date) -> int:
        """Return how many cases of a cell were counted before a day."""
        return bisect_left(self._days.get(cell, ()), day)

    def step(self, cell: Cell, day: date) -> Step | None:
        """Return how far a cell had come before a day; None for 0."""
        self._ends.add(day)
        count = self.before(cell, day)
        return ((self.of, cell), count) if count else None

    def number(self, part: str, cell: Cell, span: Span, value: int | None = None) -> Number:
        """Return a number of an output of a period, by default with the value that it has now."""
        whose, within = spanned(cell, span)
        first, last = within
        form = form_of((self.step(whose, last), 1), (self.step(whose, first), -1))
        if value is None:
            value = self.before(whose, last) - self.before(whose, first)
        extent = Extent(self.of, self.places.of(whose), within)
        return Number((part, cell), form, value, extent)

    def laws(self) -> Iterator[Form]:
        """Yield what holds on each day with which a number begins or ends.

        By every axis, whichever was shown: a court may be all of its region.
        """
        for day in sorted(self._ends):
            for law in self.places.laws:
                steps = ((self.step(cell, day), by) for cell, by in law.items())
                if form := form_of(*steps):
                    yield form


def form_of(*steps: tuple[Step | None, int]) -> Form:
    """Return the sum of some steps."""
    found: dict[Step, int] = {}
    for step, by in steps:
        if step is not None:
            found[step] = found.get(step, 0) + by
    return {step: by for step, by in found.items() if by}


def spanned(cell: Cell, span: Span) -> tuple[Cell, Span]:
    """Return what a cell is counted by: a month is the whole, within that month."""
    axis, key = cell
    if axis != Axis.MONTH:
        return cell, span
    first, after = month_of(key)
    return WHOLE, (max(span[0], first), max(span[0], min(span[1], after)))


def month_of(key: str) -> Span:
    """Return a month like ``2026-10`` as a span."""
    year, month = int(key[:4]), int(key[5:])
    return date(year, month, 1), date(year + month // _DECEMBER, month % _DECEMBER + 1, 1)
