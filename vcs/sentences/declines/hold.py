"""The proposal that waits about a task, locked until the transaction ends: for who answers it."""

from __future__ import annotations

from sqlmodel import Session, col, select

from vcs.sentences.declines.records import Decline


def waiting_decline(session: Session, task_id: int) -> Decline | None:
    """Return the proposal about a task that nobody has answered yet, locked for an answer."""
    query = select(Decline).where(Decline.task_id == task_id, col(Decline.decision).is_(None))
    return session.exec(query.with_for_update()).first()
