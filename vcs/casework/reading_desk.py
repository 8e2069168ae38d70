"""The reading desk: waiting messages, one at a time, each in a transaction of its own.

One that cannot be recorded is set aside for a person and never holds up the rest.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Row, select
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from vcs import clock
from vcs.casework.recording import Prepared, prepare, record_message, set_message_aside
from vcs.database import Database
from vcs.errors import NotReadable, VcsError
from vcs.intake.message import SET_ASIDE, MessageRead
from vcs.records import CourtMessage, MessageStatus, table_of
from vcs.sealing import Sealer

_LOG = logging.getLogger("vcs.reading")
_TABLE = table_of(CourtMessage)
_AT_A_TIME = 20
_FAULT = "The program failed at this message; the fault is in its log."
_Waiting = Row[tuple[int, str, bytes]]


def read_waiting(
    db: Database,
    sealer: Sealer,
    limit: int = 100,
    *,
    now: Callable[[], datetime] | None = None,
) -> int:
    """Read at most so many waiting messages, oldest first; returns how many were dealt with."""
    moment = now or clock.now
    done, last = 0, 0
    while done < limit:
        waiting = _waiting(db, last, min(_AT_A_TIME, limit - done))
        for message in waiting:
            done += _read_one(db, sealer, message, moment())
            last = message.id
        if not waiting:
            break
    return done


def _waiting(db: Database, after: int, count: int) -> list[_Waiting]:
    query = (
        select(_TABLE.c.id, _TABLE.c.receipt, _TABLE.c.body)
        .where(_TABLE.c.status == MessageStatus.WAITING, _TABLE.c.id > after)
        .order_by(_TABLE.c.id)
        .limit(count)
    )
    with db.reading() as session:
        return list(session.execute(query).all())


def _read_one(db: Database, sealer: Sealer, message: _Waiting, now: datetime) -> bool:
    body = sealer.open(message.body)
    try:
        return _record(db, message, prepare(body, sealer), now)
    except NotReadable as problem:
        why = str(problem)
    except VcsError:
        # Busy, or not set up: nothing is wrong with the message, so it goes on waiting.
        raise
    except Exception as fault:
        _LOG.error("message %s set aside by %s", message.receipt, type(fault).__name__)
        why = _FAULT
    return _set_aside(db, message, MessageRead(None, SET_ASIDE, why), now)


def _record(db: Database, message: _Waiting, prepared: Prepared, now: datetime) -> bool:
    try:
        return _record_once(db, message, prepared, now)
    except IntegrityError:
        # Somebody recorded the same sentence at the same moment: look again, once.
        return _record_once(db, message, prepared, now)


def _record_once(db: Database, message: _Waiting, prepared: Prepared, now: datetime) -> bool:
    with db.writing() as session:
        if not _is_ours(session, message.id):
            return False
        today = clock.london_date(now)
        record_message(session, message.id, message.receipt, prepared, now, today)
    return True


def _set_aside(db: Database, message: _Waiting, told: MessageRead, now: datetime) -> bool:
    with db.writing() as session:
        if not _is_ours(session, message.id):
            return False
        today = clock.london_date(now)
        set_message_aside(session, message.id, message.receipt, told, now, today)
    return True


def _is_ours(session: Session, message_id: int) -> bool:
    """Take a message that still waits; whoever else has it in hand is left alone."""
    still = (_TABLE.c.id == message_id, _TABLE.c.status == MessageStatus.WAITING)
    query = select(_TABLE.c.id).where(*still).with_for_update(skip_locked=True)
    return session.execute(query).first() is not None
