"""Homes and numbers in messages read before these were kept: each message is read again, once."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from sqlalchemy import select

from vcs.consequences.messages.desk import prepared
from vcs.consequences.people.addresses_told import compare_addresses_again
from vcs.database import Database
from vcs.intake.cursors import came_to, held_cursor
from vcs.intake.records import CourtMessage, MessageStatus
from vcs.intake.results.learned import NONE
from vcs.sealing import Sealer
from vcs.sentences.case_addresses import keep_addresses, sentences_in
from vcs.tables import table_of

LEFT: Final = "homes left to keep"
"""The cursor: the newest message that is still to be read again.

Migration 0081 begins it, and 0097 again.
"""

AT_A_TIME: Final = 50

_WERE_READ: Final = (MessageStatus.READ, MessageStatus.OLDER_THAN_HELD)

_TABLE = table_of(CourtMessage)


def keep_homes_told_before(db: Database, sealer: Sealer, now: datetime) -> int:
    """Keep homes and numbers of the next few messages, the newest first. Returns how many."""
    with db.reading() as session:
        left = came_to(session, LEFT)
        found = _next(session, left) if left else []
    if not left:
        return 0
    batch = [prepared(one, sealer, NONE) for one in found]
    with db.writing() as session:
        cursor = held_cursor(session, LEFT)
        if cursor.last_id != left:
            return 0  # another process has read these meanwhile
        cases = keep_addresses(session, sealer, batch, now)
        compare_addresses_again(session, sealer, sentences_in(session, cases), now)
        cursor.last_id = found[-1].id - 1 if found else 0
        session.add(cursor)
    return len(batch)


def _next(session: Any, newest: int) -> list[Any]:
    columns = (_TABLE.c.id, _TABLE.c.receipt, _TABLE.c.content_hash, _TABLE.c.body)
    query = select(*columns).where(
        _TABLE.c.id <= newest, _TABLE.c.body.is_not(None), _TABLE.c.status.in_(_WERE_READ)
    )
    return list(session.execute(query.order_by(_TABLE.c.id.desc()).limit(AT_A_TIME)).all())
