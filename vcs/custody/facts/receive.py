"""Waiting messages read into facts. What cannot be read is a person's, and holds up no other."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col, select

from vcs import clock, logs
from vcs.custody.history.gone import DOCUMENT, document_mark
from vcs.custody.matches.match import marks_of, matched, person_key
from vcs.custody.matches.merge import REMOVED
from vcs.custody.questions import ask
from vcs.custody.readings import UNDONE_WITHIN, follows
from vcs.custody.records import CustodyFact, CustodyMark, CustodyMessage, CustodyStatus, EndsAs
from vcs.custody.sealed import sealed_told
from vcs.custody.sources.reading import facts_of
from vcs.custody.sources.told import Told
from vcs.database import Database, insert_once, is_passing, lock
from vcs.errors import Busy, CannotOpen, NotReadable, NotSetUp
from vcs.intake import person_numbers
from vcs.intake.person_numbers import Number
from vcs.lists.reading.lines import mark_of
from vcs.sealing import Sealer
from vcs.tables import table_of

LOCK = 0x7663730B

_FACTS, _MARKS = table_of(CustodyFact), table_of(CustodyMark)

_LOG = logs.logger("vcs.custody")

_FAULT_IN_ROW = "The program failed at this row; the fault is in its log."

_FAULT = "The program failed at this message; the fault is in its log."


def read_custody(db: Database, sealer: Sealer, limit: int, now: datetime) -> int:
    """Read at most so many waiting messages, oldest first. Returns how many were read."""
    with db.reading() as session:
        query = select(CustodyMessage.id).where(CustodyMessage.status == CustodyStatus.WAITING)
        found = list(session.exec(query.order_by(col(CustodyMessage.id)).limit(limit)))
    for message_id in found:
        _read(db, sealer, message_id, now)
    return len(found)


def _read(db: Database, sealer: Sealer, message_id: int, now: datetime) -> None:
    """Read one message; where the program fails at it, row by row, so that one stops no other."""
    problem = _FAULT
    for row_by_row in (False, True):
        try:
            with db.writing() as session:
                lock(session, LOCK)
                message = session.get_one(CustodyMessage, message_id)
                if message.status == CustodyStatus.WAITING:
                    _keep_facts(_Reading(session, sealer, message, now), row_by_row=row_by_row)
            return
        except Exception as fault:
            if isinstance(fault, (Busy, NotSetUp)) and not isinstance(fault, CannotOpen):
                raise
            _LOG.error("custody.left_to_a_person", message=message_id, **logs.fault(fault))
            if isinstance(fault, NotReadable):
                problem = str(fault)
                break
    with db.writing() as session:
        lock(session, LOCK)
        _set_aside(session, session.get_one(CustodyMessage, message_id), problem, now)


@dataclass(frozen=True, slots=True)
class _Reading:
    """One message in hand."""

    session: Session
    sealer: Sealer
    message: CustodyMessage
    now: datetime


def _keep_facts(reading: _Reading, *, row_by_row: bool) -> None:
    session, message = reading.session, reading.message
    told = list(_counted(facts_of(reading.sealer.open(message.body or b""))))
    # What could not be read at an earlier reading is read anew.
    _forget_bad(session, message)
    kept = [_kept(reading, one) if row_by_row else _keep(reading, one) for one in told]
    bad = [one for one in kept if one.problem]
    message.status, message.problem, message.read_at = CustodyStatus.READ, None, reading.now
    if bad:
        rows = ", ".join(str(one.row) for one in bad[:20])
        problem = f"{len(bad)} of {len(told)} could not be read, in rows {rows}: {bad[0].problem}"
        _set_aside(session, message, problem, reading.now)
    else:
        ask.close_read(session, message, reading.now)
    session.add(message)


def _counted(facts: Iterable[Told]) -> Iterator[Told]:
    """Number what a message tells more than once of one day without an hour."""
    seen: Counter[str] = Counter()
    for one in facts:
        if one.problem or one.happened_at is not None or follows(one.reading).after is None:
            yield one
            continue
        seen[one.identity] += 1
        yield replace(one, occurrence=seen[one.identity])


def _forget_bad(session: Session, message: CustodyMessage) -> None:
    bad = (_FACTS.c.message_id == message.id, _FACTS.c.ends_as == str(EndsAs.BAD))
    session.execute(delete(_FACTS).where(*bad))


def _kept(reading: _Reading, told: Told) -> Told:
    """Keep one fact; as one that could not be read where the program fails at it."""
    try:
        with reading.session.begin_nested():
            return _keep(reading, told)
    except Exception as fault:
        if isinstance(fault, (Busy, NotSetUp)) or (
            isinstance(fault, DBAPIError) and is_passing(fault)
        ):
            raise
        _LOG.error("custody.row_left_to_a_person", row=told.row, **logs.fault(fault))
    return _keep(reading, Told(told.row, problem=_FAULT_IN_ROW))


def _keep(reading: _Reading, told: Told) -> Told:
    row = _row(reading.sealer, reading.message, told)
    received_at = reading.message.received_at
    if row["settle_at"] > received_at and _is_time_served(reading.session, reading.sealer, told):
        row["settle_at"] = received_at
    once = insert_once(reading.session, _FACTS, "identity").values(row).returning(_FACTS.c.id)
    made = reading.session.execute(once).first()
    if made is not None:
        _keep_marks(reading.session, made.id, told)
    return told


def _set_aside(session: Session, message: CustodyMessage, problem: str, now: datetime) -> None:
    message.status, message.problem, message.read_at = CustodyStatus.SET_ASIDE, problem[:500], now
    session.add(message)
    ask.about_message(session, message, clock.london_date(now))


def _is_time_served(session: Session, sealer: Sealer, told: Told) -> bool:
    """Say whether somebody is out on the day of their sentence: nobody waits with that."""
    found = matched(session, sealer, told.who).sure
    return any(one.sentenced_on == told.happened_on for one in found)


def _keep_marks(session: Session, fact_id: int, told: Told) -> None:
    kept = {mark: str(kind) for kind, mark in marks_of(told.who).items()}
    kept |= {document_mark(document): DOCUMENT for document in told.documents}
    if gone := person_numbers.noms(told.merged_from):
        kept.setdefault(mark_of(Number.NOMS, gone), REMOVED)
    marks = [{"fact_id": fact_id, "mark": mark, "kind": kind} for mark, kind in kept.items()]
    if marks:
        session.execute(_MARKS.insert(), marks)


def _row(sealer: Sealer, message: CustodyMessage, told: Told) -> dict[str, Any]:
    by_itself = hashlib.sha256(f"{message.content_hash}:{told.row}".encode()).hexdigest()
    return {
        "message_id": message.id,
        "row": told.row,
        "identity": by_itself if told.problem else told.identity,
        "person": person_key(told.who, by_itself),
        "code": told.code[:200],
        "reading": told.reading,
        "happened_on": told.happened_on,
        "happened_at": told.happened_at,
        "confirmed": told.confirmed,
        "known_at": message.received_at,
        "settle_at": settle_at(told, message.received_at),
        "ends_as": str(EndsAs.BAD if told.problem else EndsAs.WAITING),
        "because": told.problem,
        "sealed": sealed_told(sealer, told),
    }


def settle_at(told: Told, received_at: datetime) -> datetime:
    """Return until when the source may still undo a fact; what is danger waits for nothing.

    What is told long after it happened, and what the source publishes only once it was not undone,
    can be undone no more.
    """
    row = follows(told.reading)
    if not row.waits or told.confirmed or told.happened_at is None:
        return received_at
    return min(max(received_at, told.happened_at + UNDONE_WITHIN), received_at + UNDONE_WITHIN)
