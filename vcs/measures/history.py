"""What was published before of each measure, for whoever publishes another period of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from sqlmodel import Session, select

from vcs.measures.disclosure.history_names import FLOWING, left_out_of, measure_of
from vcs.measures.disclosure.overlapping import (
    Before,
    FlowBefore,
    History,
    Reason,
    Span,
    Stock,
    span_of,
)
from vcs.measures.disclosure.tallies import WHOLE, Axis
from vcs.measures.disclosure.withheld import Cell
from vcs.measures.facts import Asked, Fact
from vcs.measures.formulas.computed import COMPUTED
from vcs.measures.formulas.referring import Waiting, eligible
from vcs.measures.records import ShownFigure


def histories(session: Session, asked: Asked, reach: str) -> Mapping[str, History]:
    """Return what was published of each measure for other periods, with its cases as known now."""
    query = select(ShownFigure).where(ShownFigure.reach == reach)
    rows: dict[str, list[ShownFigure]] = defaultdict(list)
    for row in session.exec(query):
        if (row.from_on, row.to_on) != (asked.from_on, asked.to_on):
            rows[measure_of(row.measure)].append(row)
    return {
        name: history_of(name, list(COMPUTED[name](session, _all_of(asked, of))), of, cases)
        for name, of in rows.items()
        if name in COMPUTED
        for cases in [eligible(session, _all_of(asked, of)) if name == FLOWING else ()]
    }


def _all_of(asked: Asked, rows: Sequence[ShownFigure]) -> Asked:
    """Return what is asked for, from the first day that was published to the last."""
    first = min(asked.from_on, *(row.from_on for row in rows))
    return replace(asked, from_on=first, to_on=max(asked.to_on, *(row.to_on for row in rows)))


def history_of(
    measure: str,
    facts: Sequence[Fact],
    rows: Sequence[ShownFigure],
    cases: Iterable[Waiting] = (),
) -> History:
    """Return what some published rows of a measure tell. ``cases`` are those of its flow."""
    flows = measure == FLOWING
    figures = [row for row in rows if left_out_of(row.measure) is None]
    counted = [fact for fact in facts if fact.left_out is None]
    met = [fact for fact in counted if fact.counts]
    return History(
        frozenset(span_of(row.from_on, row.to_on) for row in figures),
        _before(figures, counted, flows, lambda row: row.denominator),
        Before() if flows else _before(figures, met, flows, lambda row: row.numerator),
        _left_out(facts, rows, flows),
        _stocks(figures) if flows else {},
        _flow(cases, figures) if flows else None,
        flows,
    )


def _left_out(
    facts: Sequence[Fact], rows: Sequence[ShownFigure], flows: bool
) -> dict[Reason, Before]:
    """Return the same of what was left out; what was not shown with a figure was nought."""
    figures = [row for row in rows if left_out_of(row.measure) is None]
    kept = {
        (left_out_of(row.measure), row.axis, row.key, row.from_on, row.to_on): row.denominator
        for row in rows
    }
    found = {}
    for why in {(str(one.left_out), one.turn) for one in facts if one.left_out is not None}:
        of = [one for one in facts if (str(one.left_out), one.turn) == why]

        def shown(row: ShownFigure, why: Reason = why) -> str:
            return kept.get((why, row.axis, row.key, row.from_on, row.to_on), "0")

        found[why] = _before(figures, of, flows, shown)
    return found


def _before(
    rows: Sequence[ShownFigure],
    facts: Iterable[Fact],
    flows: bool,
    number: Callable[[ShownFigure], str],
) -> Before:
    """Return what was shown of the whole: of periods, and of their months, which are periods."""
    spans: dict[bool, set[Span]] = {True: set(), False: set()}
    for row in rows:
        if (row.axis, row.key) == WHOLE:
            span = span_of(date.min if flows else row.from_on, row.to_on)
        elif row.axis == Axis.MONTH:
            span = _month(row, flows)
        else:
            continue
        spans[number(row).isdigit()].add(span)
    days = sorted(fact.day for fact in facts)
    return Before(frozenset(spans[True]), frozenset(spans[False]), days)


def _month(row: ShownFigure, flows: bool) -> Span:
    """Return the days of a month that lie in the period of its row."""
    first = date.fromisoformat(f"{row.key}-01")
    after = (first + timedelta(days=32)).replace(day=1)
    end = row.to_on + timedelta(days=1)
    return first if flows else max(first, row.from_on), min(after, end)


def _stocks(rows: Sequence[ShownFigure]) -> dict[Cell, Stock]:
    shown: dict[Cell, set[date]] = defaultdict(set)
    withheld: dict[Cell, set[date]] = defaultdict(set)
    for row in rows:
        days = shown if row.numerator.isdigit() else withheld
        days[row.axis, row.key].add(span_of(row.from_on, row.to_on)[1])
    return {
        cell: Stock(frozenset(shown[cell]), frozenset(withheld[cell]))
        for cell in {*shown, *withheld}
    }


def _flow(cases: Iterable[Waiting], rows: Sequence[ShownFigure]) -> FlowBefore:
    standing = [case for case in cases if not case.taken_back]
    return FlowBefore(
        frozenset(day for row in rows for day in span_of(row.from_on, row.to_on)),
        frozenset(row.from_on for row in rows),
        sorted(case.known_on for case in standing),
        sorted(case.ended_on for case in standing if case.ended_on is not None),
    )
