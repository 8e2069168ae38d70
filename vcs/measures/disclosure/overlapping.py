"""What an output would tell beside those that were shown before: of other periods, by other axes.

A year, its quarters and its months can be subtracted, and what waits at the end of one period waits
at the start of the next. A new number is shown only if nobody who holds every output comes to know
a small or a withheld one. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, Protocol

from vcs.measures.disclosure.audit import Audit, Extent, Name, Number, Span
from vcs.measures.disclosure.steps import Cells, Count, Places, form_of, spanned
from vcs.measures.disclosure.sums import Form, Step
from vcs.measures.disclosure.tallies import WHOLE
from vcs.small_numbers.withheld import Cell

DENOMINATOR: Final = "denominator"
NUMERATOR: Final = "numerator"
START, IN, OUT = "start", "in", "out"

_DAY = timedelta(days=1)

Parts = Mapping[str, Iterable[Cell]]
"""The groups of which a part of an output has numbers."""


def span_of(from_on: date, to_on: date) -> Span:
    """Return a period, both days included, as a span."""
    return from_on, to_on + _DAY


@dataclass(frozen=True, slots=True)
class Before:
    """One number of an output that was published. ``value`` is None where it was withheld."""

    part: str
    cell: Cell
    span: Span
    value: int | None
    was_running: bool = False


class Book(Protocol):
    """Every case of one measure, and the numbers that are made of them."""

    def number(self, part: str, cell: Cell, span: Span, value: int | None = None) -> Number:
        """Return a number of an output, by default with the value that it has now."""
        ...

    def laws(self) -> Iterator[Form]:
        """Yield which sums hold between the numbers that were made."""
        ...


@dataclass(frozen=True, slots=True)
class Case:
    """One case of a measure: where, on which day, and whether it is in the numerator."""

    cells: Cells
    day: date
    counts: bool


class Events:
    """A measure of what happened, each case on its day."""

    def __init__(self, cases: Sequence[Case]) -> None:
        places = Places(one.cells for one in cases)
        self._counts = {
            DENOMINATOR: Count(DENOMINATOR, ((one.cells, one.day) for one in cases), places),
            NUMERATOR: Count(
                NUMERATOR, ((one.cells, one.day) for one in cases if one.counts), places
            ),
        }

    def number(self, part: str, cell: Cell, span: Span, value: int | None = None) -> Number:
        """Return a number of an output."""
        return self._counts[part].number(part, cell, span, value)

    def laws(self) -> Iterator[Form]:
        """Yield the sums of both counts."""
        for count in self._counts.values():
            yield from count.laws()


@dataclass(frozen=True, slots=True)
class Stay:
    """One case of a stock: from when it was known until when it no longer waited."""

    cells: Cells
    known_on: date
    ended_on: date | None


class Stock:
    """A measure of what waits: start and in are as much as out and end, for every group.

    The denominator is all that is known by the end, and the numerator what waits then.
    """

    def __init__(self, stays: Sequence[Stay]) -> None:
        self._stays = stays
        self._places = Places(one.cells for one in stays)
        ended = ((one.cells, one.ended_on) for one in stays if one.ended_on is not None)
        self._known = Count("known", ((one.cells, one.known_on) for one in stays), self._places)
        self._ended = Count("ended", ended, self._places)
        self._waiting: dict[tuple[Cell, date], Step | None] = {}
        self._by_month: dict[date, Count] = {}

    def number(self, part: str, cell: Cell, span: Span, value: int | None = None) -> Number:
        """Return a number of an output: of its denominators, its numerators or its flow."""
        ever = date.min, span[1]
        if part == DENOMINATOR:
            return self._known.number(part, cell, ever, value)
        if part == IN:
            return self._known.number(part, cell, span, value)
        if part == OUT:
            return self._ended.number(part, cell, span, value)
        if part == START:
            return self._waits(part, cell, span[0], value)
        if spanned(cell, ever)[0] != cell:
            return self._of_month(span[1]).number(part, cell, ever, value)
        return self._waits(part, cell, span[1], value)

    def _waits(self, part: str, cell: Cell, day: date, value: int | None) -> Number:
        count = self._known.before(cell, day) - self._ended.before(cell, day)
        step = (("waits", cell, day), count) if count else None
        self._waiting[cell, day] = step
        extent = Extent(("waits", day), self._places.of(cell), (date.min, day))
        form = form_of((step, 1))
        return Number((part, cell), form, count if value is None else value, extent)

    def _of_month(self, day: date) -> Count:
        """Return what waits before a day, counted by when it became known."""
        if day not in self._by_month:
            self._by_month[day] = Count(
                ("waits", day),
                (
                    ((WHOLE,), one.known_on)
                    for one in self._stays
                    if one.known_on < day and (one.ended_on is None or one.ended_on >= day)
                ),
                self._places,
            )
        return self._by_month[day]

    def laws(self) -> Iterator[Form]:
        """Yield that what is known and has not ended waits, and the sums of cells."""
        for day, count in self._by_month.items():
            waits = self._waits(NUMERATOR, WHOLE, day, None).form
            yield form_of((count.step(WHOLE, day), 1), *((step, -1) for step in waits))
        for (cell, day), step in self._waiting.items():
            known, ended = self._known.step(cell, day), self._ended.step(cell, day)
            yield form_of((step, 1), (known, -1), (ended, 1))
        yield from self._known.laws()
        yield from self._ended.laws()


@dataclass(frozen=True, slots=True)
class Decided:
    """What is refused beside earlier outputs, and what they have told of what is withheld."""

    refused: frozenset[Name] = frozenset()
    told: frozenset[Name] = frozenset()

    def hidden(self, part: str, cells: frozenset[Cell]) -> frozenset[Cell]:
        """Return which numbers of a part are withheld now, of which some were."""
        refused = {cell for of, cell in self.refused if of == part}
        return (cells | refused) - {cell for of, cell in self.told if of == part}


@dataclass(frozen=True, slots=True)
class History:
    """What was published of one measure, and its cases as they are known now."""

    book: Book
    before: Sequence[Before]

    def decide(self, span: Span, shown: Parts, hidden: Parts) -> Decided:
        """Decide which numbers of a period are shown, of which some are withheld for themselves.

        A number that the same output has shown is decided again, and so is one that it withheld.
        """
        new, dark = self._numbers(span, shown), self._numbers(span, hidden)
        asked = {one.name for one in (*new, *dark)}
        mine = [one for one in self.before if one.part in shown]
        held = [(one, self._number(one)) for one in mine]
        audit = Audit()
        shown_before = [number for one, number in held if one.value is not None]
        audit.hold(shown_before, list(self.book.laws()))
        audit.hide(
            number.form
            for one, number in held
            if one.value is None and not (one.span == span and number.name in asked)
        )
        told = audit.told(dark)
        audit.hide(one.form for one in dark if one.name not in told)
        return Decided(frozenset(audit.refused(new)), frozenset(told))

    def is_cut_by_another(self, span: Span) -> bool:
        """Say whether a period that overlaps this one was published before this one ever was."""
        for one in self.before:
            if one.span == span:
                return False
            if one.span[0] < span[1] and span[0] < one.span[1]:
                return True
        return False

    def _numbers(self, span: Span, parts: Parts) -> list[Number]:
        named = ((part, cell) for part, cells in parts.items() for cell in sorted(cells))
        return [self.book.number(part, cell, span) for part, cell in named]

    def _number(self, one: Before) -> Number:
        number = self.book.number(one.part, one.cell, one.span, one.value)
        return replace(number, was_running=one.was_running)
