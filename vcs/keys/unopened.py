"""Looking for values that no key opens: a few rows of each column at a time, all in turn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlmodel import Session

from vcs.intake.records import CourtMessage, FeedCursor, MessageStatus
from vcs.keys.sealed import SEALED, SealedColumn, holding
from vcs.sealing import Sealer
from vcs.tables import table_of

AT_A_TIME = 100

_CURSORS = table_of(FeedCursor)


@dataclass(frozen=True, slots=True)
class Unopened:
    """One value that does not open. ``reference`` names its row for people."""

    key: str
    reference: str


@dataclass(frozen=True, slots=True)
class Look:
    """What one look at a column found; the next one goes on after row ``last_id``."""

    cursor: str
    has_moved: bool
    last_id: int
    found: tuple[Unopened, ...]


def key_of(column: SealedColumn, row_id: int) -> str:
    """Return what makes the question about one value one of a kind."""
    return f"unopened:{column.called}:{row_id}"


Fits = Callable[[int, bytes], bool]
"""Whether the value of a row opens, and is that row's."""


def look_at_each(
    session: Session, sealer: Sealer, fits: Mapping[str, Fits] | None = None
) -> list[Look]:
    """Look at the next rows of every sealed column, and begin again at the end of each.

    ``fits`` says of a column, by its name, more than that its values open.
    """
    asked, after = fits or {}, _came_to(session)
    opened = {
        one.called: _look_next(
            session, one, after[one.called], asked.get(one.called, lambda _, v: sealer.opens(v))
        )
        for one in holding(session, after)
    }
    go_on = _not_at_the_end(session, {called: last for called, (last, _) in opened.items()})
    looks = []
    for one in SEALED:
        last, bad = opened.get(one.called, (0, []))
        last = last if one.called in go_on else 0
        found = tuple(Unopened(key_of(one, row), _named(session, one, row)) for row in bad)
        looks.append(Look(_cursor(one), last != after[one.called], last, found))
    return looks


def _cursor(column: SealedColumn) -> str:
    return f"unopened {column.called}"


def _came_to(session: Session) -> dict[str, int]:
    """Return the row that the last look at each column ended with."""
    held = select(_CURSORS.c.name, _CURSORS.c.last_id)
    by_name: dict[str, int] = {row.name: row.last_id for row in session.execute(held)}
    return {one.called: by_name.get(_cursor(one), 0) for one in SEALED}


def _look_next(
    session: Session, column: SealedColumn, after: int, fits: Fits
) -> tuple[int, list[int]]:
    """Return the last of the next rows, 0 where there is none, and those that do not fit."""
    rows = column.some(session, after, AT_A_TIME, *_settled(column))
    return rows[-1].id if rows else 0, [row.id for row in rows if not fits(row.id, row.sealed)]


def _not_at_the_end(session: Session, last: dict[str, int]) -> set[str]:
    """Return the columns that hold another value to look at after their last row."""
    return {
        one.called
        for one in holding(session, last)
        if not _settled(one) or one.some(session, last.get(one.called, 0), 1, *_settled(one))
    }


def _settled(column: SealedColumn) -> tuple[ColumnElement[bool], ...]:
    """Leave out messages that were not read: the desk sets such a message aside, with its task."""
    if column.called != "court_message.body":
        return ()
    read = (str(MessageStatus.READ), str(MessageStatus.OLDER_THAN_HELD))
    return (table_of(CourtMessage).c.status.in_(read),)


def _named(session: Session, column: SealedColumn, row_id: int) -> str:
    """Return what people call a row: its reference or receipt, or else its number."""
    columns = column.table.c
    called: Any = columns.get("reference", columns.get("receipt"))
    if called is None:
        return f"row {row_id} of {column.table.name}"
    found = session.execute(select(called).where(columns.id == row_id)).scalar()
    return f"{found} ({column.table.name.replace('_', ' ')})"
