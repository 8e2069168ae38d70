"""The kept counts of a part of the ledger: by region, court or week."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import FromClause, Select, select
from sqlmodel import Session

from vcs.access.actors import Reach
from vcs.ledger.figures.parts import NOWHERE, WEEK, Axis, Cell
from vcs.ledger.kept import cells
from vcs.ledger.kept.figures import Wanted, figures, sentences, tallied

_LineCount = tuple[Any, str, int, int]
"""A key of the axis as the rows have it, a state, the sentences in it, and the missing ones."""


def kept_lines(session: Session, reached: Reach, axis: Axis, cell: Cell) -> list[_LineCount]:
    """Return the counts of a part of the ledger over what somebody reaches."""
    wanted = _wanted(axis, cell)
    if wanted is None:
        return _summed_up(session, reached, axis, cell)
    found = figures(session, reached, wanted).items()
    return [
        (key, state, tally.n, tally.missing)
        for (key, state), tally in found
        if cell.state in (None, state) and tally.n
    ]


def _wanted(axis: Axis, cell: Cell) -> Wanted | None:
    """Return which kept counts hold a part; None where it is too small a part to be kept."""
    court, week = _or_empty(cell.court), cell.week.isoformat() if cell.week else None
    region, by_region = _or_empty(cell.region), axis is Axis.REGION
    if court is None and week is None and by_region:
        return Wanted(cells.Axis.PLACE, None, region, by_region)
    if week is None and axis is not Axis.WEEK:
        return Wanted(cells.Axis.COURT, court, region, by_region)
    if court is None and axis is not Axis.COURT:
        return Wanted(cells.Axis.WEEK, week, region, by_region)
    return None


def _or_empty(code: str | None) -> str | None:
    return "" if code == NOWHERE else code


def _summed_up(session: Session, reached: Reach, axis: Axis, cell: Cell) -> list[_LineCount]:
    rows = sentences(session)
    key = {
        Axis.REGION: rows.c.region_code,
        Axis.COURT: rows.c.court_code,
        Axis.WEEK: rows.c.sentenced_on,
    }[axis]
    query: Select[Any] = _narrowed(select(key, rows.c.state, *tallied(rows)), rows, reached, cell)
    found = session.execute(query.group_by(key, rows.c.state))
    return [(one, state, n, missing) for one, state, n, missing, _ in found]


def _narrowed(query: Select[Any], rows: FromClause, reached: Reach, cell: Cell) -> Select[Any]:
    within = reached.covering(rows.c.region_code, rows.c.police_area, rows.c.sentence_id)
    return query.where(within, *sides(rows, cell))


def sides(rows: FromClause, cell: Cell) -> Iterator[Any]:
    """Yield the conditions of a part of the ledger for the kept sentences."""
    if cell.state is not None:
        yield rows.c.state == str(cell.state)
    for column, code in ((rows.c.region_code, cell.region), (rows.c.court_code, cell.court)):
        if code is not None:
            yield column.is_(None) if code == NOWHERE else column == code
    if cell.week is not None:
        yield rows.c.sentenced_on >= cell.week
        yield rows.c.sentenced_on < cell.week + WEEK
