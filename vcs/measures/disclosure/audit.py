"""Which numbers of a new output may be shown beside all that were shown before. Pure.

A reader holds every output, adds and subtracts. A number is refused if, with it, they would know of
few people, or what was withheld; or if it differs by few from a shown number of which it is a part.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice, takewhile
from typing import Final

from vcs.measures.disclosure.sums import Form, Rest, Step, Sums
from vcs.small_numbers.withheld import FEWEST, Cell, is_small

Span = tuple[date, date]
"""A period: its first day, and the day after its last."""

MOST_STEPS: Final = 30_000
"""How many steps one audit holds: beyond, it takes too long, and nothing new is shown."""

Name = tuple[str, Cell]
"""A number of an output: which of its parts, and of which group."""


@dataclass(frozen=True, slots=True)
class Extent:
    """Which cases a number counts: what about them, in which places, from when until when."""

    of: Hashable
    places: frozenset[int]
    span: Span

    def is_part_of(self, other: Extent) -> bool:
        """Say whether all of these cases are among the others."""
        return (
            self.of == other.of
            and other.span[0] <= self.span[0]
            and self.span[1] <= other.span[1]
            and self.places <= other.places
        )


@dataclass(frozen=True, slots=True)
class Number:
    """One number of an output. ``value`` is what was shown, which may have changed since."""

    name: Name
    form: Form
    value: int
    extent: Extent
    was_running: bool = False

    @property
    def order(self) -> tuple[int, int, Name]:
        """Return how early it is shown: the whole first, courts last, the largest first."""
        axes = ("all", "region", "police-area", "month", "court")
        return axes.index(self.name[1][0]), -self.value, self.name


class Audit:
    """What one reader knows who holds all outputs, and what they must not come to know."""

    def __init__(self) -> None:
        self._sums = Sums()
        self._shown: list[tuple[int, Number]] = []
        self._come: dict[Hashable, set[int]] = defaultdict(lambda: {0})
        self._secrets: dict[Step, list[Form]] = defaultdict(list)
        self._size = 0

    def hold(self, shown: Iterable[Number], laws: Iterable[Form]) -> None:
        """Take in what was shown before, and which sums hold for everybody."""
        for number in shown:
            self._know(number.form)
            self._sums.add(number.form)
            self._shown.append((number.value, number))
        for law in laws:
            self._know(law)
            self._sums.add(law)
        self._shown.sort(key=lambda one: one[0])

    def hide(self, forms: Iterable[Form]) -> None:
        """Take in what is withheld. What follows from earlier outputs is no secret any more."""
        for form in forms:
            self._know(form)
            if self._sums.left(form):
                for step in form:
                    self._secrets[step].append(form)

    def told(self, numbers: Iterable[Number]) -> set[Name]:
        """Return which numbers follow from earlier outputs and are not small: no secrets."""
        found = set()
        for one in numbers:
            self._know(one.form)
            if one.form and not is_small(one.value) and not self._sums.left(one.form):
                found.add(one.name)
        return found

    def refused(self, numbers: Iterable[Number]) -> set[Name]:
        """Return which numbers of a new output may not be shown. What is refused stays secret.

        Each is shown that may be beside those before it: the whole first, and courts last.
        """
        new = sorted((one for one in numbers if one.form), key=lambda one: one.order)
        for one in new:
            self._know(one.form)
        refused = set[Name]()
        while not self._have_shown([one for one in new if one.name not in refused], refused):
            pass
        return refused

    def _have_shown(self, new: Iterable[Number], refused: set[Name]) -> bool:
        """Show what may be shown. Where others told what is then refused, take all back: False."""
        log: list[tuple[Number, Mapping[Step, Rest]]] = []
        for one in new:
            was_told = not self._sums.left(one.form)
            before = None if self._is_beside_its_like(one) else self._show(one)
            if before is not None:
                log.append((one, before))
                continue
            refused.add(one.name)
            if was_told and log:
                self._take_back(log)
            self.hide([one.form])
            if was_told and log:
                return False
        return True

    def _take_back(self, log: Sequence[tuple[Number, Mapping[Step, Rest]]]) -> None:
        for number, before in reversed(log):
            self._sums.undo(before)
            self._shown.remove((number.value, number))

    def _know(self, form: Form) -> None:
        for step in form:
            self._sums.know(step)
            if step[1] not in self._come[step[0]]:
                self._come[step[0]].add(step[1])
                self._size += 1

    def _show(self, number: Number) -> Mapping[Step, Rest] | None:
        """Show a number if it may be. Return what was unknown before; None where it may not."""
        before = self._sums.add(number.form)
        if before and (self._size > MOST_STEPS or self._gives_away(before)):
            self._sums.undo(before)
            return None
        insort(self._shown, (number.value, number), key=lambda one: one[0])
        return before

    def _gives_away(self, before: Mapping[Step, Rest]) -> bool:
        """Say whether steps that are known better now tell something small, or a secret."""
        small = (
            self._sums.rest(step) == self._sums.rest(other)
            and before[step] != before.get(other, self._sums.rest(other))
            for step in before
            for other in self._near(step)
        )
        return any(small) or any(
            not self._sums.left(form) for step in before for form in self._secrets.get(step, ())
        )

    def _near(self, step: Step) -> Iterator[Step]:
        """Yield the steps of the same count that are few cases away."""
        of, count = step
        for by in range(1, FEWEST):
            yield from ((of, one) for one in (count - by, count + by) if one in self._come[of])

    def _is_beside_its_like(self, new: Number) -> bool:
        """Say whether a number differs by few from one that is shown, and of which it is a part."""
        first = bisect_left(self._shown, new.value - FEWEST + 1, key=lambda one: one[0])
        near = takewhile(lambda one: one[0] < new.value + FEWEST, islice(self._shown, first, None))
        return any(_differ_by_few(new, other) for _, other in near)


def _differ_by_few(one: Number, other: Number) -> bool:
    if not is_small(abs(one.value - other.value)):
        return False
    if one.extent == other.extent:
        # A correction is told of; what a period still lacked while it ran is not.
        return other.was_running
    return one.extent.is_part_of(other.extent) or other.extent.is_part_of(one.extent)
