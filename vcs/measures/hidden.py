"""What of a measure's numbers is withheld: in its own output, and beside all that was published.

Worked out over every axis, whichever is asked for: so no two outputs of one period, each by another
axis, give a number away.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from vcs.measures.disclosure.audit import Span
from vcs.measures.disclosure.overlapping import (
    DENOMINATOR,
    IN,
    NUMERATOR,
    OUT,
    START,
    Decided,
    History,
)
from vcs.measures.disclosure.tallies import WHOLE, Tally
from vcs.measures.facts import LeftOut
from vcs.measures.flow import KNOWN, Flow, flow_ties, named
from vcs.small_numbers.withheld import Bounds, Cell, implied, withhold

_END = "end"


@dataclass(frozen=True, slots=True)
class Hidden:
    """Which numbers are withheld. ``flow`` names the parts of a flow."""

    denominators: frozenset[Cell]
    numerators: frozenset[Cell]
    left_out: Mapping[tuple[LeftOut, str], frozenset[Cell]]
    flow: frozenset[str] = field(default=frozenset())


def hidden_of_events(tally: Tally, history: History | None, span: Span) -> Hidden:
    """Return what is withheld of a measure of what happened."""
    ties = tally.ties()
    denominators = withhold(_full(tally, tally.denominator), ties)
    denominators = _beside(history, span, tally, (DENOMINATOR, denominators))
    highest = {cell: tally.denominator[cell] for cell in tally.cells if cell not in denominators}
    counted = _full(tally, tally.numerator)
    forced = implied(counted, ties, denominators)
    numerators = withhold(counted, ties, forced, Bounds(forced, highest))
    numerators = _beside(history, span, tally, (NUMERATOR, numerators))
    return Hidden(denominators, numerators, _left_out(tally, history, span))


def _beside(
    history: History | None, span: Span, tally: Tally, hidden: tuple[str, frozenset[Cell]]
) -> frozenset[Cell]:
    """Return what is withheld of a part beside all that was published."""
    part, cells = hidden
    if history is None:
        return cells
    return history.decide(span, {part: tally.cells - cells}, {part: cells}).hidden(part, cells)


def hidden_of_stock(tally: Tally, flow: Flow, history: History | None, span: Span) -> Hidden:
    """Return what is withheld of a measure of what waits, its flow and all that is known."""
    hidden = replace(_with_flow(tally, flow), left_out=_left_out(tally, history, span))
    if history is None:
        return hidden
    whole = frozenset({WHOLE})
    groups = {DENOMINATOR: hidden.denominators, NUMERATOR: hidden.numerators}
    groups |= {part: whole if part in hidden.flow else frozenset() for part in (START, IN, OUT)}
    every = dict.fromkeys(groups, whole) | dict.fromkeys((DENOMINATOR, NUMERATOR), tally.cells)
    shown = {part: every[part] - groups[part] for part in groups}
    return _decided(tally, hidden, groups, history.decide(span, shown, groups))


def _decided(
    tally: Tally, hidden: Hidden, groups: Mapping[str, frozenset[Cell]], decided: Decided
) -> Hidden:
    """Return what is withheld now. What waits of a group goes with all that is known of it."""
    denominators = decided.hidden(DENOMINATOR, groups[DENOMINATOR])
    gone_with = implied(_full(tally, tally.numerator), tally.ties(), denominators)
    numerators = decided.hidden(NUMERATOR, groups[NUMERATOR] | gone_with)
    flow = {part for part in (START, IN, OUT) if decided.hidden(part, groups[part])}
    flow |= {_END} if WHOLE in numerators else set()
    return Hidden(denominators, numerators, hidden.left_out, frozenset(flow))


def _with_flow(tally: Tally, flow: Flow) -> Hidden:
    """Withhold all numbers of the flow together, until none of them gives another away.

    Start and in are as much as out and end, and in is as much as its months.
    """
    ties = tally.ties()
    numbers, together = flow_ties(flow, tally, ties)
    ends = _full(tally, tally.numerator)
    denominators = withhold(_full(tally, tally.denominator), ties)
    before: frozenset[Cell] | None = None
    hidden: frozenset[Cell] = frozenset()
    while before != denominators:
        before = denominators
        maybe = {named(_END, cell) for cell in implied(ends, ties, before)}
        forced = frozenset(maybe | {named(KNOWN, cell) for cell in before})
        hidden = withhold(numbers, together, forced, Bounds(frozenset(maybe)))
        denominators = _of_part(KNOWN, hidden)
    parts = frozenset(part for part in flow.parts if named(part, WHOLE) in hidden)
    return Hidden(denominators, _of_part(_END, hidden), {}, parts)


def _left_out(
    tally: Tally, history: History | None, span: Span
) -> dict[tuple[LeftOut, str], frozenset[Cell]]:
    """Return what is withheld of those who are left out.

    Who is left out depends on the last day of a period, so counts of two that overlap are no parts
    of each other: beside one that was published, all of them are withheld.
    """
    if history is not None and history.is_cut_by_another(span):
        counted = tally.left_out.items()
        return {why: frozenset(cell for cell in counts if counts[cell]) for why, counts in counted}
    ties = tally.ties()
    return {why: withhold(_full(tally, counts), ties) for why, counts in tally.left_out.items()}


def _of_part(part: str, cells: Iterable[Cell]) -> frozenset[Cell]:
    """Return the cells of one part of a flow, without its name."""
    start = f"{part}:"
    return frozenset((a.removeprefix(start), b) for a, b in cells if a.startswith(start))


def _full(tally: Tally, counts: Mapping[Cell, int]) -> dict[Cell, int]:
    return {cell: counts.get(cell, 0) for cell in tally.cells}
