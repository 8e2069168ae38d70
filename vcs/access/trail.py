"""The audit trail: who did what and when, each entry sealed to the one before it by its hash.

Entries hold references and the names of events, never what they are about.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlmodel import Session, col

from vcs.access.records import AuditEntry, TrailHead
from vcs.database import at_the_end, lock
from vcs.tables import table_of

FIRST_HASH = "0" * 64

_NOTES = "vcs_audit_notes"

_LOCK = 0x76637302

_TABLE, _HEADS = table_of(AuditEntry), table_of(TrailHead)

_HEAD = 1

_AT_A_TIME = 1000


@dataclass(frozen=True, slots=True)
class Note:
    """What an entry says: its hash covers all of it. ``who`` is as :class:`AuditEntry` says."""

    at: datetime
    who: str
    event: str
    subject: str
    detail: str = ""


def note(session: Session, said: Note) -> None:
    """Add an entry to the transaction in hand.

    Entries are chained as the transaction's last act, so that its lock is held for a moment only.
    """
    notes = session.info.setdefault(_NOTES, [])
    if not notes:
        at_the_end(session, _append)
    notes.append(said)


def _append(session: Session) -> None:
    notes: list[Note] = session.info.pop(_NOTES, [])
    lock(session, _LOCK)
    seq, previous = _newest(session)
    rows: list[dict[str, Any]] = []
    for one in notes:
        seq += 1
        link = hash_of(previous, seq, one)
        rows.append(asdict(one) | {"seq": seq, "previous_hash": previous, "hash": link})
        previous = link
    session.execute(insert(_TABLE), rows)
    head = {"seq": seq, "hash": previous}
    moved = update(_HEADS).where(_HEADS.c.id == _HEAD).values(**head)
    if not session.connection().execute(moved).rowcount:
        session.execute(insert(_HEADS).values(id=_HEAD, **head))


def _newest(session: Session) -> tuple[int, str]:
    """Return the number and hash of the newest entry, were it deleted since or not.

    A new entry follows the one that was deleted, so that the gap stays to be found.
    """
    last = session.execute(
        select(_TABLE.c.seq, _TABLE.c.hash).order_by(_TABLE.c.seq.desc()).limit(1)
    ).first()
    head = _head(session)
    # Of two that differ the one kept apart is followed: it is what was written.
    newest = max((one for one in (head, last) if one), key=lambda one: one.seq, default=None)
    return (newest.seq, newest.hash) if newest else (0, FIRST_HASH)


def _head(session: Session) -> Any:
    return session.execute(select(_HEADS.c.seq, _HEADS.c.hash).where(_HEADS.c.id == _HEAD)).first()


def hash_of(previous: str, seq: int, said: Note) -> str:
    """Return the SHA-256 that seals an entry to the one before it."""
    at = said.at.astimezone(UTC).isoformat(timespec="microseconds")
    parts = [previous, seq, at, said.who, said.event, said.subject, said.detail]
    text = json.dumps(parts, ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def verify(session: Session) -> str | None:
    """Check the trail from end to end. Returns what is wrong with the first bad entry, or None.

    Entries cut off the end are found by the number and hash of the newest, which are kept apart.
    Whoever can change both leaves no trace here: keep the newest hash outside the database too.
    """
    expected, previous = 1, FIRST_HASH
    head = _head(session)
    query = select(AuditEntry).order_by(col(AuditEntry.seq))
    with session.scalars(query.execution_options(yield_per=_AT_A_TIME)) as entries:
        for entry in entries:
            problem = _problem(entry, expected, previous)
            if problem:
                return problem
            if head and entry.seq == head.seq and entry.hash != head.hash:
                return f"Audit entry {entry.seq} is not the one that was written."
            expected, previous = entry.seq + 1, entry.hash
            session.expunge(entry)
    if head and head.seq >= expected:
        return f"Audit entries {expected} to {head.seq} are missing: they were cut off the end."
    if expected > 1 and not head:
        return "The record of the newest audit entry is missing."
    return None


def _problem(entry: AuditEntry, expected: int, previous: str) -> str | None:
    if entry.seq != expected:
        return f"Audit entry {expected} is missing: the next one held is {entry.seq}."
    if entry.previous_hash != previous:
        return f"Audit entry {entry.seq} does not follow from the one before it."
    said = Note(entry.at, entry.who, entry.event, entry.subject, entry.detail)
    return (
        None
        if hash_of(previous, entry.seq, said) == entry.hash
        else f"Audit entry {entry.seq} was changed."
    )
