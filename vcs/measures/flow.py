"""Sentences not accounted for, over a period: start and in are as much as out and end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from sqlmodel import Session

from vcs.measures.disclosure.tallies import WHOLE, Tally, cells_of
from vcs.measures.disclosure.withheld import Cell, Tie
from vcs.measures.facts import Asked
from vcs.measures.formulas.referring import eligible

_PARTS = ("start", "in", "out", "end")


@dataclass(slots=True)
class Flow:
    """How many waited at the start, came in, went out and waited at the end, by every axis."""

    parts: Mapping[str, Counter[Cell]] = field(
        default_factory=lambda: {part: Counter() for part in _PARTS}
    )
    cells: set[Cell] = field(default_factory=set)


def flow_of(session: Session, asked: Asked) -> Flow:
    """Count the flow of a period. A month is that in which a sentence became known."""
    flow = Flow()
    before = asked.from_on - timedelta(days=1)
    for case in eligible(session, asked):
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

    The flow is shown of the whole; of a group, only what waits at the end.
    """
    cells = tally.cells | flow.cells
    numbers = {_cell(part, WHOLE): flow.parts[part][WHOLE] for part in _PARTS}
    numbers |= {_cell("end", cell): flow.parts["end"][cell] for cell in sorted(cells)}
    balance = Tie(
        (_cell("start", WHOLE), _cell("in", WHOLE)),
        (_cell("out", WHOLE), _cell("end", WHOLE)),
    )
    return numbers, (*(_tie("end", tie) for tie in ties), balance)


def _cell(part: str, cell: Cell) -> Cell:
    return f"{part}:{cell[0]}", cell[1]


def _tie(part: str, tie: Tie) -> Tie:
    return Tie(
        tuple(_cell(part, cell) for cell in tie.whole),
        tuple(_cell(part, cell) for cell in tie.parts),
    )
