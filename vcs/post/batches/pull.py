"""Take a letter out of the open batch that it waits in."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from vcs.post.batches.records import BatchLetter


def pull(session: Session, letter_id: int, why: str, now: datetime) -> bool:
    """Take a letter out of its open batch, saying why. Returns whether it was in one.

    One that a file of the batch held may have left already: no other batch takes it until it is
    recorded what became of this one.
    """
    query = select(BatchLetter).where(
        BatchLetter.held_letter_id == letter_id, col(BatchLetter.pulled_at).is_(None)
    )
    row = session.exec(query.with_for_update()).first()
    if row is None:
        return False
    row.pulled_at, row.pulled_reason = now, why
    if row.first_page is None:
        row.held_letter_id = None
    session.add(row)
    session.flush()
    return True
