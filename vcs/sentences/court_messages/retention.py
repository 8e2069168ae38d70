"""Removing what courts sent when its time is over.

The hash stays, so that the same content is known again; so do the receipt, the result and the
facts of every decision. What nobody has read, or has still to read by hand,
be it only in part, stays whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Select, select, update
from sqlmodel import Session

from vcs.access import trail
from vcs.access.actors import SYSTEM
from vcs.intake.records import CourtMessage, MessageStatus
from vcs.tables import table_of
from vcs.tasks.message_reads import is_asked_about

SETTLED = (MessageStatus.READ, MessageStatus.OLDER_THAN_HELD, MessageStatus.DISMISSED)

_TABLE = table_of(CourtMessage)


def due_bodies(session: Session, settled_before: datetime, limit: int) -> list[int]:
    """Return the ids of messages whose body's time is over, the longest settled first."""
    query = _due(settled_before).order_by(_TABLE.c.read_at, _TABLE.c.id).limit(limit)
    return list(session.execute(query).scalars())


def remove_bodies(
    session: Session, ids: Sequence[int], settled_before: datetime, now: datetime, today: date
) -> int:
    """Remove the bodies of these messages, each looked at again first; returns how many went."""
    query = _due(settled_before).where(_TABLE.c.id.in_(ids)).with_for_update(skip_locked=True)
    found = list(session.execute(query).scalars())
    if not found:
        return 0
    values = {"body": None, "body_removed_on": today}
    session.execute(update(_TABLE).where(_TABLE.c.id.in_(found)).values(values))
    detail = f"{len(found)} settled before {settled_before.date().isoformat()}"
    trail.note(session, trail.Note(now, SYSTEM, "message.bodies_removed", "court messages", detail))
    return len(found)


def _due(settled_before: datetime) -> Select[tuple[int]]:
    return select(_TABLE.c.id).where(
        _TABLE.c.body_removed_on.is_(None),
        _TABLE.c.read_at < settled_before,
        _TABLE.c.status.in_([str(one) for one in SETTLED]),
        ~is_asked_about(),
    )
