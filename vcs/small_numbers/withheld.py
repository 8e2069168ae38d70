"""Which numbers are withheld: the small ones, and as many others as would give them away. Pure.

The numbers of a table hang together: regions add up to the whole, courts to their region. Each such
sum is a :class:`Tie`. A number that is withheld stays so only if what is shown leaves more than one
value open for it: in every tie, to whoever solves all ties together, and to whoever takes what one
tie leaves open to the next, until nothing more follows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

FEWEST: Final = 5
"""Counts from 1 to 4 are withheld, by the contract. The number that HMPPS uses is unconfirmed."""

FEWEST_FOR_SHARE: Final = 10
"""Percentages and medians are withheld where fewer are counted."""

WITHHELD: Final = "withheld"
"""What stands in the place of a number that is withheld. It is never written as 0."""

Shown = int | str
"""A number, or why there is none: ``withheld`` or, of measures, ``not recorded``."""

_NO_END: Final = 10**12

_MOST_TRIES: Final = 20
"""How often each sum is tried again, on average: tables need a few."""

Cell = tuple[str, str]
"""What a number is about: an axis and a key on it, or what a flow is called."""


@dataclass(frozen=True, slots=True)
class Tie:
    """That the numbers of one side add up to those of the other."""

    whole: tuple[Cell, ...]
    parts: tuple[Cell, ...]

    @property
    def cells(self) -> frozenset[Cell]:
        """Return every number of the sum."""
        return frozenset((*self.whole, *self.parts))

    def signed(self) -> Iterator[tuple[Cell, int]]:
        """Yield each cell with the sign by which all of them add up to nothing."""
        yield from ((cell, 1) for cell in self.parts)
        yield from ((cell, -1) for cell in self.whole)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a reader knows of a withheld number: ``lowest`` where it may be 0, ``highest`` if shown.

    Everything else that is withheld is at least 1: a true 0 is never withheld by itself, and what
    is listed at all, such as a reason, is there.
    """

    may_be_nothing: frozenset[Cell] = frozenset()
    highest: Mapping[Cell, int] = field(default_factory=dict)

    def of(self, cell: Cell) -> tuple[int, int]:
        """Return the lowest and the highest that a withheld number may be."""
        return int(cell not in self.may_be_nothing), self.highest.get(cell, _NO_END)


def is_small(number: int) -> bool:
    """Say whether a count is too small to be shown."""
    return 0 < number < FEWEST


def shown_with(numbers: Mapping[Cell, int], ties: Iterable[Tie]) -> dict[Cell, Shown]:
    """Return each number as it may be shown beside all the others."""
    hidden = withhold(numbers, ties)
    return {cell: WITHHELD if cell in hidden else number for cell, number in numbers.items()}


def withhold(
    numbers: Mapping[Cell, int],
    ties: Iterable[Tie],
    forced: frozenset[Cell] = frozenset(),
    bounds: Bounds | None = None,
) -> frozenset[Cell]:
    """Return which numbers are withheld. ``forced`` are withheld whatever they are."""
    known = bounds or Bounds(may_be_nothing=forced)
    every = tuple(ties)
    hidden = {cell for cell, number in numbers.items() if is_small(number)} | forced
    while True:
        _until_each_holds(numbers, every, hidden, known)
        told = solved(every, hidden) or pinned(numbers, every, hidden, known)
        more = _nearest(told, numbers, every, hidden)
        if more is None:
            return frozenset(hidden)
        hidden.add(more)


def implied(
    numbers: Mapping[Cell, int], ties: Iterable[Tie], forced: frozenset[Cell]
) -> frozenset[Cell]:
    """Take out of ``forced`` what is 0 because a whole that is shown is 0: it is no secret."""
    left, every = set(forced), tuple(ties)
    while True:
        told = {
            cell
            for tie in every
            if not any(numbers[one] or one in left for one in tie.whole)
            for cell in tie.parts
        }
        if not told & left:
            return frozenset(left)
        left -= told


def _until_each_holds(
    numbers: Mapping[Cell, int], ties: tuple[Tie, ...], hidden: set[Cell], bounds: Bounds
) -> None:
    """Withhold more until no sum gives a number away by itself."""
    again = True
    while again:
        again = False
        for tie in ties:
            while (more := next(_lacking(tie, numbers, hidden, bounds), None)) is not None:
                hidden.add(more)
                again = True


def _nearest(
    told: set[Cell], numbers: Mapping[Cell, int], ties: tuple[Tie, ...], hidden: set[Cell]
) -> Cell | None:
    """Return the number to withhold next where all sums together give some away; else None.

    It is the smallest of those that are tied to them, directly if there is one.
    """
    reached: set[Cell] = set()
    beside = told
    while beside - reached:
        reached |= beside
        beside = {cell for tie in ties if reached & hidden & tie.cells for cell in tie.cells}
        near = [(numbers[cell], cell) for cell in beside - hidden if numbers[cell]]
        if near:
            return min(near)[1]
    return None


def pinned(
    numbers: Mapping[Cell, int], ties: Iterable[Tie], hidden: Iterable[Cell], bounds: Bounds
) -> set[Cell]:
    """Return the numbers whose bounds meet, where each sum narrows those of the others."""
    spans = {cell: bounds.of(cell) for cell in hidden}
    rows = [_Row.of(tie, numbers, spans) for tie in ties]
    within: dict[Cell, list[_Row]] = defaultdict(list)
    for row in rows:
        for cell in row.dark:
            within[cell].append(row)
    # In their order, each once.
    again = dict.fromkeys(row for row in rows if row.dark)
    tries = _MOST_TRIES * len(rows)
    while again and tries:
        tries -= 1
        row = next(iter(again))
        del again[row]
        narrower = dict(row.narrowed(spans))
        spans |= narrower
        again |= dict.fromkeys(other for cell in narrower for other in within[cell])
    return {cell for cell, (lowest, highest) in spans.items() if lowest == highest}


@dataclass(frozen=True, slots=True, eq=False)
class _Row:
    """A sum as a reader has it: what is shown of it, and the sign of each number that is not."""

    shown: int
    dark: Mapping[Cell, int]

    @classmethod
    def of(cls, tie: Tie, numbers: Mapping[Cell, int], hidden: Container[Cell]) -> _Row:
        """Return a sum without what is withheld."""
        signed = tuple(tie.signed())
        shown = sum(sign * numbers[cell] for cell, sign in signed if cell not in hidden)
        return cls(shown, {cell: sign for cell, sign in signed if cell in hidden})

    def narrowed(
        self, spans: Mapping[Cell, tuple[int, int]]
    ) -> Iterator[tuple[Cell, tuple[int, int]]]:
        """Yield the closer bounds that the sum sets to each number, where it does."""
        least = {cell: min(sign * end for end in spans[cell]) for cell, sign in self.dark.items()}
        most = {cell: max(sign * end for end in spans[cell]) for cell, sign in self.dark.items()}
        low, high = sum(least.values()), sum(most.values())
        for cell, sign in self.dark.items():
            # sign * number = -(shown + all the others), which lie between their own bounds
            first = max(least[cell], _near(-self.shown - (high - most[cell]), -_NO_END))
            last = min(most[cell], _near(-self.shown - (low - least[cell]), _NO_END))
            if (first, last) != (least[cell], most[cell]):
                yield cell, (first, last) if sign > 0 else (-last, -first)


def solved(ties: Iterable[Tie], hidden: Iterable[Cell]) -> set[Cell]:
    """Return the numbers that somebody finds who solves all sums together, exactly."""
    dark = set(hidden)
    rows: dict[Cell, dict[Cell, Fraction]] = {}
    for tie in ties:
        row = {cell: Fraction(sign) for cell, sign in tie.signed() if cell in dark}
        for lead in [cell for cell in row if cell in rows]:
            _take_off(row, rows[lead], lead)
        if not row:
            continue
        lead = min(row)
        row = {cell: value / row[lead] for cell, value in row.items()}
        for other in rows.values():
            if lead in other:
                _take_off(other, row, lead)
        rows[lead] = row
    return {lead for lead, row in rows.items() if len(row) == 1}


def _take_off(row: dict[Cell, Fraction], other: Mapping[Cell, Fraction], lead: Cell) -> None:
    """Take so much of another sum off one that ``lead`` is no longer in it."""
    by = row[lead]
    for cell, value in other.items():
        left = row.get(cell, Fraction(0)) - by * value
        if left:
            row[cell] = left
        else:
            row.pop(cell, None)


def _near(bound: int, no_bound: int) -> int:
    """Return a bound, unless it is made of others that have no end: then it is none."""
    return bound if abs(bound) < _NO_END // 2 else no_bound


def _lacking(
    tie: Tie, numbers: Mapping[Cell, int], hidden: set[Cell], bounds: Bounds
) -> Iterator[Cell]:
    """Yield the number that is withheld next, if a tie gives one away: the smallest part first."""
    if not gives_away(tie, numbers, hidden, bounds):
        return
    for side in (tie.parts, tie.whole):
        free = [cell for cell in side if cell not in hidden and numbers[cell]]
        yield from sorted(free, key=lambda cell: (numbers[cell], cell))


def gives_away(
    tie: Tie, numbers: Mapping[Cell, int], hidden: set[Cell] | frozenset[Cell], bounds: Bounds
) -> bool:
    """Say whether what a tie shows leaves one value only for a number that is withheld."""
    spans = {cell: bounds.of(cell) for cell in hidden & tie.cells}
    narrower = dict(_Row.of(tie, numbers, spans).narrowed(spans))
    return any(first >= last for first, last in (spans | narrower).values())
