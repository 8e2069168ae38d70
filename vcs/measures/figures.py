"""Every measure for a period: counted, small numbers withheld, each beside its quality partner."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from statistics import median

from sqlmodel import Session

from vcs.measures.disclosure.overlapping import Forced, History, Span, span_of
from vcs.measures.disclosure.tallies import WHOLE, Axis, Tally, name_of, tallied
from vcs.measures.disclosure.withheld import FEWEST_FOR_SHARE, Bounds, Cell, implied, withhold
from vcs.measures.facts import Asked
from vcs.measures.flow import KNOWN, Flow, flow_of, flow_ties, named
from vcs.measures.formulas.computed import COMPUTED, OF_STAFF
from vcs.measures.table import BY_ID, MEASURES, Measure

WITHHELD, NOT_RECORDED = "withheld", "not recorded"

Shown = int | str
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
        return name_of(self.cell)


@dataclass(frozen=True, slots=True)
class Counts:
    """Every measure of a period, counted by every axis at once. Nothing is withheld yet."""

    tallies: Mapping[str, Tally]
    flow: Flow
    span: Span


Published = Mapping[str, History]
"""What was published of other periods, by the measure."""


def figures(
    session: Session, asked: Asked, by: Axis | None = None, before: Published | None = None
) -> tuple[Figure, ...]:
    """Return every measure: the whole first, then each group of an axis.

    ``before`` is what was published of other periods: nothing may follow from both together.
    """
    return figures_of(counts_of(session, asked), by, before)


def counts_of(session: Session, asked: Asked) -> Counts:
    """Count every measure of a period."""
    tallies = {name: tallied(compute(session, asked)) for name, compute in COMPUTED.items()}
    return Counts(tallies, flow_of(session, asked), span_of(asked.from_on, asked.to_on))


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
                Beside(flow, (before or {}).get(measure.id, History()), counts.span),
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
    """What a measure's numbers are compared with: the flow, and other periods that were shown."""

    flow: Flow
    history: History
    span: Span


def _of_measure(
    measure: Measure, tally: Tally | None, beside: Beside, cells: tuple[Cell, ...]
) -> tuple[Figure, ...]:
    if tally is None:
        return tuple(Figure(measure, cell, NOT_RECORDED, NOT_RECORDED) for cell in cells)
    flow = beside.flow if measure.id == "M0" else None
    shown = _Shown(tally, flow, beside.history.forced(beside.span))
    if beside.history.is_vain(beside.span, Forced(shown.denominators, shown.numerators)):
        # What is withheld for others' sake is known from other periods: nothing more is shown.
        every = frozenset(tally.cells)
        shown = _Shown(tally, flow, Forced(every, every))
    return tuple(_figure(measure, tally, shown, cell) for cell in cells)


class _Shown:
    """What of a measure's numbers is withheld: worked out over every axis, whichever is asked for.

    So no two outputs of one period, each by another axis, give a number away.
    """

    def __init__(self, tally: Tally, flow: Flow | None, kept_back: Forced) -> None:
        ties = tally.ties()
        known = tally.cells
        self.denominators = withhold(
            _full(tally, tally.denominator), ties, kept_back.denominators & known
        )
        highest = {
            cell: tally.denominator[cell] for cell in tally.cells if cell not in self.denominators
        }
        numerators = _full(tally, tally.numerator)
        forced = implied(numerators, ties, self.denominators) | (kept_back.numerators & known)
        if flow is None:
            bounds = Bounds(forced, highest)
            self.numerators = withhold(numerators, ties, forced, bounds)
            self.flow: dict[str, Shown] = {}
        else:
            self._with_flow(tally, flow, kept_back)
        self.left_out = {
            why: withhold(_full(tally, counts), ties) for why, counts in tally.left_out.items()
        }

    def _with_flow(self, tally: Tally, flow: Flow, kept_back: Forced) -> None:
        """Withhold all numbers of the flow together, until none of them gives another away.

        Start and in are as much as out and end, and in is as much as its months.
        """
        numbers, ties = flow_ties(flow, tally, tally.ties())
        ends = _full(tally, tally.numerator)
        before: frozenset[Cell] | None = None
        hidden: frozenset[Cell] = frozenset()
        while before != self.denominators:
            before = self.denominators
            forced = implied(ends, tally.ties(), before) | (kept_back.numerators & tally.cells)
            maybe = {named("end", cell) for cell in forced}
            maybe |= {named(KNOWN, cell) for cell in kept_back.denominators & tally.cells}
            together = frozenset(maybe | {named(KNOWN, cell) for cell in before})
            hidden = withhold(numbers, ties, together, Bounds(frozenset(maybe)))
            self.denominators = _of_part(KNOWN, hidden)
        self.numerators = _of_part("end", hidden)
        self.flow = {
            part: _word(numbers[named(part, WHOLE)], named(part, WHOLE) in hidden)
            for part in flow.parts
        }


def _of_part(part: str, cells: Iterable[Cell]) -> frozenset[Cell]:
    """Return the cells of one part of a flow, without its name."""
    start = f"{part}:"
    return frozenset((a.removeprefix(start), b) for a, b in cells if a.startswith(start))


def _full(tally: Tally, counts: Mapping[Cell, int]) -> dict[Cell, int]:
    return {cell: counts.get(cell, 0) for cell in tally.cells}


def _figure(measure: Measure, tally: Tally, shown: _Shown, cell: Cell) -> Figure:
    numerator = _word(tally.numerator[cell], cell in shown.numerators)
    denominator = _word(tally.denominator[cell], cell in shown.denominators)
    middle, tail = _median(tally.values.get(cell, []), measure, denominator)
    reasons = tuple(
        Reason(str(why), turn, _word(counts[cell], cell in shown.left_out[why, turn]))
        for (why, turn), counts in sorted(tally.left_out.items())
        if counts[cell]
    )
    flow = shown.flow if cell == WHOLE else None
    share = _share(numerator, denominator)
    return Figure(measure, cell, numerator, denominator, share, middle, tail, reasons, flow or None)


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


def measure_of(measure_id: str) -> Measure:
    """Return a measure by its id. Raises KeyError where there is none."""
    return BY_ID[measure_id]
