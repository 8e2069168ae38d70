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
from itertools import combinations, product

from vcs.measures.disclosure.withheld import Cell, is_small

Span = tuple[date, date]
"""A period: its first day, and the day after its last."""

_DAY = timedelta(days=1)

WHOLE: Cell = ("all", "")


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
class Stock:
    """On which days what waits was shown and withheld: what waits on two days has no difference."""

    shown: frozenset[date] = frozenset()
    withheld: frozenset[date] = frozenset()

    def tells(self, new: Span) -> bool:
        """Say whether what waits at the end of a period was withheld before."""
        return new[1] in self.withheld

    def knows(self, span: Span) -> bool:
        """Say whether what waits at the end of a period was shown before."""
        return span[1] in self.shown


@dataclass(frozen=True, slots=True)
class FlowBefore:
    """On which days published periods begin and end, and when sentences came in and went out.

    Whoever holds the flows of some periods knows what came in, went out and waited between any two
    of those days, or may: it is not kept which parts were shown.
    """

    days: frozenset[date] = frozenset()
    starts: frozenset[date] = frozenset()
    came: Sequence[date] = ()
    went: Sequence[date] = ()

    def tells(self, new: Span) -> bool:
        """Say whether any of it is small once a new period is shown, too."""
        days = sorted(self.days | {*new})
        if any(is_small(_before(self.came, day) - _before(self.went, day)) for day in days):
            return True
        pairs = combinations(days, 2)
        return any(is_small(_between(of, *pair)) for pair in pairs for of in (self.came, self.went))


def _before(days: Sequence[date], day: date) -> int:
    return bisect_left(days, day)


def _between(days: Sequence[date], first: date, last: date) -> int:
    return _before(days, last) - _before(days, first)


Reason = tuple[str, str]
"""Why cases were left out, and whose turn it was."""


@dataclass(frozen=True, slots=True)
class Forced:
    """Which numbers of a measure are withheld, whatever they are, for what was shown before."""

    denominators: frozenset[Cell] = frozenset()
    numerators: frozenset[Cell] = frozenset()
    left_out: Mapping[Reason, frozenset[Cell]] = field(default_factory=dict)
    flow: bool = False


@dataclass(frozen=True, slots=True)
class History:
    """What was shown before of one measure for other periods.

    ``whole`` and the like are of everything together; ``stocks`` are what waited, by group.
    ``from_the_start`` is for a measure that counts everything up to the end of a period.
    """

    spans: frozenset[Span] = frozenset()
    denominators: Before = field(default_factory=Before)
    numerators: Before = field(default_factory=Before)
    left_out: Mapping[Reason, Before] = field(default_factory=dict)
    stocks: Mapping[Cell, Stock] = field(default_factory=dict)
    flow: FlowBefore | None = None
    from_the_start: bool = False

    def forced(self, new: Span, cells: frozenset[Cell]) -> Forced:
        """Return what a new period must not show of some cells.

        No group is shown of a period that overlaps another: of regions, courts and months of many
        periods together more would follow than of the whole.
        """
        groups = cells - {WHOLE} if self._overlaps(new) else frozenset[Cell]()
        counted = self._counted(new)
        numerators = groups | _whole_if(self._tells(self.numerators, counted))
        if self.flow is not None:
            numerators = frozenset(cell for cell, one in self.stocks.items() if one.tells(new))
        return Forced(
            groups | _whole_if(self._tells(self.denominators, counted)),
            numerators & cells,
            {why: groups | _whole_if(one.tells(counted)) for why, one in self.left_out.items()},
            self.flow is not None and (self.flow.tells(new) or self._began_withheld(new)),
        )

    def _tells(self, one: Before, new: Span) -> bool:
        """Say whether a number tells something, also where all cases of a period were in time.

        Then whoever knows the numerator knows the denominator, and the other way about.
        """
        if one.tells(new):
            return True
        both = (self.denominators, self.numerators)
        shown = frozenset(span for of in both for span in of.shown)
        withheld = frozenset(span for of in both for span in of.withheld)
        return any(Before(shown, withheld, of.days).tells(new) for of in both)

    def is_vain(self, new: Span, hidden: Forced) -> bool:
        """Say whether something that is withheld follows from what was shown before."""
        counted = self._counted(new)
        known = [self.denominators.knows(counted) and WHOLE in hidden.denominators]
        known += [
            one.knows(counted) and WHOLE in hidden.left_out.get(why, ())
            for why, one in self.left_out.items()
        ]
        if self.flow is None:
            known.append(self.numerators.knows(counted) and WHOLE in hidden.numerators)
        else:
            known.append(WHOLE in hidden.numerators and new[1] in self.flow.starts)
            known += [one.knows(new) and cell in hidden.numerators for cell, one in self._stocks]
        return any(known)

    @property
    def _stocks(self) -> Iterable[tuple[Cell, Stock]]:
        return self.stocks.items()

    def _overlaps(self, new: Span) -> bool:
        return any(self.from_the_start or (a < new[1] and new[0] < b) for a, b in self.spans)

    def _began_withheld(self, new: Span) -> bool:
        """Say whether what waits when a period begins was withheld as another period ended."""
        whole = self.stocks.get(WHOLE)
        return whole is not None and whole.tells((date.min, new[0]))

    def _counted(self, new: Span) -> Span:
        return (date.min, new[1]) if self.from_the_start else new


def _whole_if(is_withheld: bool) -> frozenset[Cell]:
    return frozenset({WHOLE}) if is_withheld else frozenset()
