"""Looking for values that no key opens: a few rows of each column at a time, all in turn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlmodel import Session

from vcs.intake.records import CourtMessage, FeedCursor, MessageStatus
from vcs.keys.sealed import SEALED, SealedColumn
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


def look(session: Session, sealer: Sealer, column: SealedColumn) -> Look:
    """Look at the next rows of a column, and begin again at its end."""
    cursor = f"unopened {column.called}"
    held = select(_CURSORS.c.last_id).where(_CURSORS.c.name == cursor)
    after: int = session.execute(held).scalar() or 0
    rows = column.some(session, after, AT_A_TIME, *_settled(column))
    bad = [row.id for row in rows if not sealer.opens(row.sealed)]
    last = rows[-1].id if rows else 0
    last = last if column.some(session, last, 1, *_settled(column)) else 0
    found = tuple(Unopened(key_of(column, one), _named(session, column, one)) for one in bad)
    return Look(cursor, last != after, last, found)


def look_at_each(session: Session, sealer: Sealer) -> list[Look]:
    """Look at the next rows of every sealed column."""
    return [look(session, sealer, column) for column in SEALED]


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
