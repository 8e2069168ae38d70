"""The reading desk: waiting messages, a few at a time, in one transaction where all goes well.

One that cannot be recorded is set aside for a person and never holds up the rest: where a
transaction fails, each message of it is taken again in a transaction of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Row, func, select
from sqlalchemy.exc import IntegrityError

from vcs import clock, logs
from vcs.consequences.messages.recording import Prepared, prepare, record
from vcs.database import Database
from vcs.errors import CannotOpen, NotReadable, NotSetUp, VcsError
from vcs.intake.message import SET_ASIDE, MessageRead
from vcs.intake.records import CourtMessage, MessageStatus
from vcs.intake.results.learned import NONE, Meanings
from vcs.keys import canary
from vcs.sealing import Sealer
from vcs.sentences.enquiries.meanings import meanings_held
from vcs.sentences.history.reports import MessageToRecord
from vcs.tables import table_of

_LOG = logs.logger("vcs.reading")

_TABLE = table_of(CourtMessage)

AT_A_TIME = 50

_BYTES_AT_A_TIME = 8 * 1024 * 1024

FAULT = "The program failed at this message; the fault is in its log."

UNOPENED = "It cannot be opened with the keys that the program has."

_Body = Row[tuple[int, str, str, bytes]]


def read_waiting(
    db: Database,
    sealer: Sealer,
    limit: int = 100,
    *,
    now: Callable[[], datetime] | None = None,
) -> int:
    """Read at most so many waiting messages, oldest first; returns how many were dealt with."""
    moment = now or clock.now
    done, last, seen = 0, 0, 0
    while seen < limit:
        waiting = _waiting(db, last, min(AT_A_TIME, limit - seen))
        learned = _learned(db) if waiting else NONE
        batch = [prepared(one, sealer, learned) for one in waiting]
        if not batch:
            break
        if any(one.read.problem == UNOPENED for one in batch):
            _require_our_keys(db, sealer)
        seen, last = seen + len(batch), batch[-1].message_id
        done += _record(db, sealer, batch, moment())
    return done


def _require_our_keys(db: Database, sealer: Sealer) -> None:
    """Raise NotSetUp where the keys are at fault: then nothing is wrong with the messages."""
    with db.reading() as session:
        problems = canary.problems(session, sealer)
    if problems:
        raise NotSetUp(" ".join(problems))


def _waiting(db: Database, after: int, count: int) -> list[_Body]:
    """Return the next waiting messages: so many, or as many as are not too large together."""
    waits = (_TABLE.c.status == MessageStatus.WAITING, _TABLE.c.id > after)
    sizes = select(_TABLE.c.id, func.length(_TABLE.c.body)).where(*waits)
    with db.reading() as session:
        ids, size = [], 0
        for its_id, bytes_long in session.execute(sizes.order_by(_TABLE.c.id).limit(count)):
            ids.append(its_id)
            size += bytes_long
            if size > _BYTES_AT_A_TIME:
                break
        bodies = select(_TABLE.c.id, _TABLE.c.receipt, _TABLE.c.content_hash, _TABLE.c.body)
        query = bodies.where(_TABLE.c.id.in_(ids)).order_by(_TABLE.c.id)
        return list(session.execute(query).all()) if ids else []


def _learned(db: Database) -> Meanings:
    with db.reading() as session:
        return meanings_held(session)


def prepared(message: _Body, sealer: Sealer, learned: Meanings) -> MessageToRecord:
    """Read and decide one kept message: its id, receipt, content hash and sealed body."""
    made = _prepare(message, sealer, learned)
    return made.of(message.id, message.receipt, message.content_hash)


def _prepare(message: _Body, sealer: Sealer, learned: Meanings) -> Prepared:
    try:
        return prepare(sealer.open(message.body), sealer, learned)
    except CannotOpen:
        _LOG.error("message.cannot_be_opened", receipt=message.receipt)
        return _unread(UNOPENED)
    except NotReadable as problem:
        return _unread(str(problem))
    except VcsError:
        # Not set up: nothing is wrong with the message, so it goes on waiting.
        raise
    except Exception as fault:
        return _faulty(message.receipt, fault)


def _faulty(receipt: str, fault: Exception) -> Prepared:
    _LOG.error("court_message.set_aside", receipt=receipt, **logs.fault(fault))
    return _unread(FAULT)


def _unread(why: str) -> Prepared:
    return Prepared(MessageRead(None, SET_ASIDE, why), (), None)


def _record(db: Database, sealer: Sealer, batch: list[MessageToRecord], now: datetime) -> int:
    try:
        return _record_once(db, sealer, batch, now)
    except Exception as fault:
        if may_pass(fault):
            raise  # the messages go on waiting
        if len(batch) == 1 and not isinstance(fault, IntegrityError):
            return _record_once(db, sealer, [_given_up(batch[0], fault)], now)
    return sum(_record_alone(db, sealer, one, now) for one in batch)


def _record_alone(db: Database, sealer: Sealer, one: MessageToRecord, now: datetime) -> int:
    try:
        return _record_once(db, sealer, [one], now)
    except Exception as fault:
        if may_pass(fault):
            raise
        return _record_once(db, sealer, [_given_up(one, fault)], now)


def may_pass(fault: Exception) -> bool:
    """Say whether trying again later may help: nothing is wrong with the message then."""
    return isinstance(fault, VcsError) and not isinstance(fault, CannotOpen)


def _given_up(one: MessageToRecord, fault: Exception) -> MessageToRecord:
    return _faulty(one.receipt, fault).of(one.message_id, one.receipt, one.content)


def _record_once(db: Database, sealer: Sealer, batch: list[MessageToRecord], now: datetime) -> int:
    with db.writing() as session:
        return record(session, sealer, batch, now)
