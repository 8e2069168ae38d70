"""Every measure for a period: counted, small numbers withheld, each beside its quality partner."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from statistics import median

from sqlmodel import Session

from vcs.measures.disclosure.audit import Span
from vcs.measures.disclosure.overlapping import History, span_of
from vcs.measures.disclosure.tallies import NOWHERE, WHOLE, Axis, Tally, name_of, tallied
from vcs.measures.facts import Asked
from vcs.measures.flow import Flow, flow_of
from vcs.measures.formulas.computed import COMPUTED, OF_STAFF
from vcs.measures.hidden import Hidden, hidden_of_events, hidden_of_stock
from vcs.measures.table import BY_ID, MEASURES, Measure
from vcs.small_numbers.withheld import FEWEST_FOR_SHARE, WITHHELD, Cell, Shown

NOT_RECORDED = "not recorded"

"""A count, or a word in its place."""

Rate = float | str | None
"""A share or a median, a word in its place, or None where there is nothing to work out."""

_LOW_TAIL = "days before"


@dataclass(frozen=True, slots=True)
class Reason:
    """How many cases are in no denominator for one reason, and whose turn it was."""

    why: str
    turn: str
    count: Shown


@dataclass(frozen=True, slots=True)
class Earlier:
    """What a figure was when it was shown on a day, and why it is another now."""

    was: str
    shown_on: date
    why: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure for one group. ``partner`` is its quality partner for the same group.

    ``tail`` is the 90th centile; the 10th where more is better. ``flow`` is start, in, out and end.
    """

    measure: Measure
    cell: Cell
    numerator: Shown
    denominator: Shown
    share: Rate = None
    middle: Rate = None
    tail: Rate = None
    left_out: tuple[Reason, ...] = ()
    flow: Mapping[str, Shown] | None = None
    partner: Figure | None = None
    earlier: Earlier | None = None

    @property
    def group(self) -> str:
        """Return how people call the group."""
        is_of_no_region = self.measure.id in OF_STAFF and self.cell == (Axis.REGION, NOWHERE)
        return "No region" if is_of_no_region else name_of(self.cell)


@dataclass(frozen=True, slots=True)
class Counts:
    """Every measure of a period, counted by every axis at once. Nothing is withheld yet."""

    tallies: Mapping[str, Tally]
    flow: Flow
    span: Span


Published = Mapping[str, History]
"""What was published before, by the measure."""


def figures(
    session: Session, asked: Asked, by: Axis | None = None, before: Published | None = None
) -> tuple[Figure, ...]:
    """Return every measure: the whole first, then each group of an axis.

    ``before`` is what was published: nothing small may follow from both together.
    """
    return figures_of(counts_of(session, asked), by, before)


def counts_of(session: Session, asked: Asked) -> Counts:
    """Count every measure of a period."""
    tallies = {name: tallied(compute(session, asked)) for name, compute in COMPUTED.items()}
    return Counts(tallies, flow_of(session, asked), span_of(asked.from_on, asked.end))


def figures_of(
    counts: Counts, by: Axis | None, before: Published | None = None
) -> tuple[Figure, ...]:
    """Return what of some counts is shown by an axis."""
    tallies, flow = counts.tallies, counts.flow
    cases = {name: tally for name, tally in tallies.items() if name not in OF_STAFF}
    cells = _cells(cases, flow, by)
    with_staff = _cells(tallies, flow, by)
    single = {
        measure.id: {
            figure.cell: figure
            for figure in _of_measure(
                measure,
                tallies.get(measure.id),
                Beside(flow, (before or {}).get(measure.id), counts.span),
                with_staff,
            )
        }
        for measure in MEASURES
    }
    return tuple(
        replace(single[measure.id][cell], partner=single[measure.partner][cell])
        if measure.partner
        else single[measure.id][cell]
        for measure in MEASURES
        for cell in (with_staff if measure.id in OF_STAFF else cells)
    )


def _cells(tallies: Mapping[str, Tally], flow: Flow, by: Axis | None) -> tuple[Cell, ...]:
    if by is None:
        return (WHOLE,)
    every = {cell for tally in tallies.values() for cell in tally.keys(by)}
    every |= {cell for cell in flow.cells if cell[0] == by}
    return (WHOLE, *sorted(every, key=lambda cell: (name_of(cell), cell)))


@dataclass(frozen=True, slots=True)
class Beside:
    """What a measure's numbers are compared with: the flow, and all that was published before."""

    flow: Flow
    history: History | None
    span: Span


def _of_measure(
    measure: Measure, tally: Tally | None, beside: Beside, cells: tuple[Cell, ...]
) -> tuple[Figure, ...]:
    if tally is None:
        return tuple(Figure(measure, cell, NOT_RECORDED, NOT_RECORDED) for cell in cells)
    if measure.id == "M0":
        hidden = hidden_of_stock(tally, beside.flow, beside.history, beside.span)
    else:
        hidden = hidden_of_events(tally, beside.history, beside.span)
    flow = {
        part: _word(beside.flow.parts[part][WHOLE], part in hidden.flow)
        for part in (beside.flow.parts if measure.id == "M0" else ())
    }
    return tuple(
        replace(
            _figure(measure, tally, hidden, cell), flow=(flow or None) if cell == WHOLE else None
        )
        for cell in cells
    )


def _figure(measure: Measure, tally: Tally, hidden: Hidden, cell: Cell) -> Figure:
    numerator = _word(tally.numerator[cell], cell in hidden.numerators)
    denominator = _word(tally.denominator[cell], cell in hidden.denominators)
    middle, tail = _median(tally.values.get(cell, []), measure, denominator)
    reasons = tuple(
        Reason(str(why), turn, _word(counts[cell], cell in hidden.left_out[why, turn]))
        for (why, turn), counts in sorted(tally.left_out.items())
        if counts[cell]
    )
    share = _share(numerator, denominator)
    return Figure(measure, cell, numerator, denominator, share, middle, tail, reasons)


def _word(count: int, is_withheld: bool) -> Shown:
    return WITHHELD if is_withheld else count


def _share(numerator: Shown, denominator: Shown) -> Rate:
    if denominator == 0:
        return None
    if isinstance(numerator, str) or isinstance(denominator, str):
        return WITHHELD
    return WITHHELD if denominator < FEWEST_FOR_SHARE else round(100 * numerator / denominator, 1)


def _median(values: list[float], measure: Measure, denominator: Shown) -> tuple[Rate, Rate]:
    if not (measure.unit and values):
        return None, None
    if isinstance(denominator, str) or len(values) < FEWEST_FOR_SHARE:
        return WITHHELD, WITHHELD
    ordered = sorted(values)
    share = 1 if measure.unit == _LOW_TAIL else 9
    rank = -(-share * len(ordered) // 10)
    return round(median(ordered), 1), round(ordered[rank - 1], 1)


def whole_of(measure_id: str, tally: Tally, beside: Beside) -> Figure:
    """Return what is shown of everything together, without its partner."""
    (found,) = _of_measure(BY_ID[measure_id], tally, beside, (WHOLE,))
    return found
