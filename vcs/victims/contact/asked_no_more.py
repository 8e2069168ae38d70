"""What asks for contact ends where nobody may be asked: after *never*, a *no*, or a death."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from sqlmodel import Session, col, select

from vcs.tasks.records import Task, TaskKind
from vcs.victims.contact.said_no import is_asked_nothing
from vcs.victims.records import Victim

ENDED: Final = "overtaken: they want no contact, or have died"
"""The answer of a task that nobody answered. It is asked anew if they change their mind."""

_ASKS: Final = (TaskKind.ASK_AGAIN, TaskKind.NEEDS_AGAIN)


def asks_in_vain(session: Session) -> bool:
    """Say whether an open task asks for contact that somebody does not want, or cannot have."""
    return session.exec(_open().limit(1)).first() is not None


def end_in_vain(session: Session, now: datetime) -> int:
    """Close each such task; returns how many. Its key is given up, so that it may be asked anew."""
    found = session.exec(_open().with_for_update(of=Task)).all()
    for task in found:
        task.done_at, task.answer, task.key = now, ENDED, f"ended:{task.reference}:{task.key}"
        session.add(task)
    return len(found)


def _open() -> Any:
    return (
        select(Task)
        .join(Victim, col(Victim.id) == col(Task.victim_id))
        .where(
            col(Task.kind).in_([str(kind) for kind in _ASKS]),
            col(Task.done_at).is_(None),
            is_asked_nothing(),
        )
    )
