"""What was published before of each measure, for whoever publishes another period of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from sqlmodel import Session, select

from vcs.measures.disclosure.overlapping import Before, History, span_of
from vcs.measures.disclosure.tallies import cells_of
from vcs.measures.disclosure.withheld import Cell
from vcs.measures.facts import Asked, Fact
from vcs.measures.formulas.computed import COMPUTED
from vcs.measures.records import ShownFigure


def histories(session: Session, asked: Asked, reach: str) -> Mapping[str, History]:
    """Return what was published of each measure for other periods, with its cases as known now."""
    query = select(ShownFigure).where(ShownFigure.reach == reach)
    rows: dict[str, list[ShownFigure]] = defaultdict(list)
    for row in session.exec(query):
        if (row.from_on, row.to_on) != (asked.from_on, asked.to_on):
            rows[row.measure].append(row)
    return {
        name: _history(COMPUTED[name](session, _all_of(asked, of)), of)
        for name, of in rows.items()
        if name in COMPUTED
    }


def _all_of(asked: Asked, rows: Sequence[ShownFigure]) -> Asked:
    """Return what is asked for, from the first day that was published to the last."""
    first = min(asked.from_on, *(row.from_on for row in rows))
    return replace(asked, from_on=first, to_on=max(asked.to_on, *(row.to_on for row in rows)))


def _history(facts: Iterable[Fact], rows: Sequence[ShownFigure]) -> History:
    wanted: set[Cell] = {(row.axis, row.key) for row in rows}
    counted: dict[Cell, list[date]] = defaultdict(list)
    met: dict[Cell, list[date]] = defaultdict(list)
    for fact in facts:
        if fact.left_out is not None:
            continue
        for cell in wanted & set(cells_of(fact.place, fact.day.strftime("%Y-%m"))):
            counted[cell].append(fact.day)
            if fact.counts:
                met[cell].append(fact.day)
    return History(
        _by_cell(rows, counted, lambda row: row.denominator),
        _by_cell(rows, met, lambda row: row.numerator),
    )


def _by_cell(
    rows: Sequence[ShownFigure],
    days: Mapping[Cell, list[date]],
    number: Callable[[ShownFigure], str],
) -> dict[Cell, Before]:
    of: dict[Cell, list[ShownFigure]] = defaultdict(list)
    for row in rows:
        of[row.axis, row.key].append(row)
    return {
        cell: Before(
            frozenset(span_of(one.from_on, one.to_on) for one in its if number(one).isdigit()),
            frozenset(span_of(one.from_on, one.to_on) for one in its if not number(one).isdigit()),
            sorted(days.get(cell, [])),
        )
        for cell, its in of.items()
    }
