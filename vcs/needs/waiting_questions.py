"""What asks about something that a victim waits for, by what it is about: found and closed."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from sqlalchemy import or_
from sqlmodel import col, select

from vcs.access.work import Work
from vcs.tasks.records import Task, TaskKind
from vcs.victims.records import Victim

_DONE: Final = "overtaken: it was seen to"


class WaitsFor(StrEnum):
    """What a victim waits for."""

    OWNER = "owner"
    OUTCOME = "outcome"
    SENT = "sent"
    ANSWERED = "answered"
    TOLD = "told"
    STATEMENT = "statement"


def key_of(what: WaitsFor, reference: str) -> str:
    """Return the key of the first question about something, by its reference."""
    return f"left_waiting:{what}:{reference}"


def close_questions(work: Work, victim: Victim, reference: str, *what: WaitsFor) -> None:
    """Close what is asked about something that was seen to, or has an owner again."""
    keys = [key_of(one, reference) for one in what]
    query = select(Task).where(
        Task.victim_id == victim.id,
        Task.kind == TaskKind.LEFT_WAITING,
        col(Task.done_at).is_(None),
        or_(*(col(Task.key).startswith(key, autoescape=True) for key in keys)),
    )
    for task in work.session.exec(query.with_for_update()):
        task.done_at, task.done_by, task.answer = work.now, work.actor.account_id, _DONE
        work.session.add(task)
