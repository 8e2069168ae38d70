"""Sentences not accounted for, over a period: start and in are as much as out and end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from sqlmodel import Session

from vcs.measures.disclosure.tallies import WHOLE, Axis, Tally, cells_of
from vcs.measures.facts import Asked
from vcs.measures.formulas.referring import Waiting, eligible
from vcs.small_numbers.withheld import Cell, Tie

_PARTS = ("start", "in", "out", "end")

KNOWN = "known"
"""The part of the numbers that are denominators: every sentence known by the end."""


@dataclass(slots=True)
class Flow:
    """How many waited at the start, came in, went out and waited at the end, by every axis.

    ``first_month`` is that in which the period begins.
    """

    parts: Mapping[str, Counter[Cell]] = field(
        default_factory=lambda: {part: Counter() for part in _PARTS}
    )
    cells: set[Cell] = field(default_factory=set)
    first_month: str = ""


def flow_of(session: Session, asked: Asked) -> Flow:
    """Count the flow of a period. A month is that in which a sentence became known."""
    return flow_over(eligible(session, asked), asked)


def flow_over(cases: Iterable[Waiting], asked: Asked) -> Flow:
    """Count the flow of some sentences over a period."""
    flow = Flow(first_month=asked.from_on.strftime("%Y-%m"))
    before = asked.from_on - timedelta(days=1)
    for case in cases:
        if case.taken_back or case.known_on > asked.end:
            continue
        began, ended = case.waits_on(before), case.waits_on(asked.end)
        came = not began and case.known_on >= asked.from_on
        went = (began or came) and not ended
        cells = cells_of(case.place, case.known_on.strftime("%Y-%m"))
        flow.cells.update(cells)
        for part, applies in zip(_PARTS, (began, came, went, ended), strict=True):
            if applies:
                flow.parts[part].update(cells)
    return flow


def flow_ties(
    flow: Flow, tally: Tally, ties: tuple[Tie, ...]
) -> tuple[dict[Cell, int], tuple[Tie, ...]]:
    """Return the numbers of the flow, each named by its part, with what ties them together.

    The flow is shown of the whole; of a group, only what waits at the end and the denominator.
    What came in is what the months from the first on add up to, where that is counted from the
    first day of the period.
    """
    cells = sorted(tally.cells | flow.cells)
    numbers = {named(part, WHOLE): flow.parts[part][WHOLE] for part in _PARTS}
    numbers |= {named("end", cell): flow.parts["end"][cell] for cell in cells}
    numbers |= {named(KNOWN, cell): tally.denominator[cell] for cell in cells}
    balance = Tie(
        (named("start", WHOLE), named("in", WHOLE)),
        (named("out", WHOLE), named("end", WHOLE)),
    )
    both = (_tie(part, tie) for tie in ties for part in ("end", KNOWN))
    derived, sums = _derived(flow, numbers)
    return numbers | derived, (*both, balance, *sums)


_WITHIN, _BEFORE = ("first month, within the period", ""), ("first month, before the period", "")


def _derived(flow: Flow, numbers: Mapping[Cell, int]) -> tuple[dict[Cell, int], tuple[Tie, ...]]:
    """Return what came in the first month, before the period and within it, with what ties them.

    Nobody shows these numbers. They follow from what came in and from the months, and a small one
    gives as much away as any other.
    """
    first = named(KNOWN, (Axis.MONTH, flow.first_month))
    after = tuple(cell for cell in numbers if cell[0] == first[0] and cell > first)
    came = named("in", WHOLE)
    within = numbers[came] - sum(numbers[cell] for cell in after)
    found = {_WITHIN: within, _BEFORE: numbers.get(first, 0) - within}
    of_first = [Tie((first,), (_WITHIN, _BEFORE))] if first in numbers else []
    return found, (Tie((came,), (_WITHIN, *after)), *of_first)


def named(part: str, cell: Cell) -> Cell:
    """Return how a number of one part of the flow is named."""
    return f"{part}:{cell[0]}", cell[1]


def _tie(part: str, tie: Tie) -> Tie:
    return Tie(
        tuple(named(part, cell) for cell in tie.whole),
        tuple(named(part, cell) for cell in tie.parts),
    )
