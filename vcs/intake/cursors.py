"""How far something has looked: one place, held by one process at a time."""

from __future__ import annotations

from sqlmodel import Session

from vcs.database import insert_once
from vcs.intake.records import FeedCursor
from vcs.tables import table_of


def held_cursor(session: Session, name: str) -> FeedCursor:
    """Return how far a look has come, held until the transaction ends.

    Two processes may begin the same look at one moment: the second waits for the first.
    """
    first = {"name": name, "last_id": 0}
    session.execute(insert_once(session, table_of(FeedCursor), "name"), [first])
    return session.get_one(FeedCursor, name, with_for_update=True, populate_existing=True)


def came_to(session: Session, name: str) -> int:
    """Return the id that a look has come to; 0 where it has not begun."""
    cursor = session.get(FeedCursor, name)
    return cursor.last_id if cursor else 0
