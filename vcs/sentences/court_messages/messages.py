"""Court messages: what became of one, and how many questions about them are open."""

from __future__ import annotations

from datetime import UTC
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session, col
from sqlmodel import select as select_one

from vcs.intake.records import CourtMessage
from vcs.sealing import Sealer, shown
from vcs.tasks.records import Task, TaskKind

_RESULT_UNOPENED = "What was read of this message cannot be opened: an administrator is asked."


def receipt(session: Session, sealer: Sealer, receipt: str) -> dict[str, Any] | None:
    """Return what became of a message, in the shape of the contract; None for no such receipt."""
    query = select_one(CourtMessage).where(CourtMessage.receipt == receipt)
    message = session.exec(query).first()
    if message is None:
        return None
    told = shown(sealer.open_json, message.result_json, None) if message.result_json else []
    return {
        "receipt": message.receipt,
        "received_at": message.received_at.astimezone(UTC).isoformat(),
        "format": message.format,
        "status": message.status,
        "problem": message.problem if told is not None else _RESULT_UNOPENED,
        "sentenced": told or [],
        "repeats": message.repeats,
    }


def _still_asked(session: Session, kind: TaskKind) -> int:
    still = (col(Task.kind) == kind, col(Task.done_at).is_(None))
    query = select(func.count()).select_from(Task).where(*still)
    return int(session.execute(query).scalar_one())
