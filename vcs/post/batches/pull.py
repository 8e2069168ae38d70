"""Take a letter out of the open batch that it waits in."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, select

from vcs.post.batches.records import BatchLetter


def pull(session: Session, letter_id: int, why: str, now: datetime) -> bool:
    """Take a letter out of its open batch, saying why. Returns whether it was in one."""
    query = select(BatchLetter).where(BatchLetter.held_letter_id == letter_id)
    row = session.exec(query.with_for_update()).first()
    if row is None:
        return False
    row.held_letter_id, row.pulled_at, row.pulled_reason = None, now, why
    session.add(row)
    session.flush()
    return True
