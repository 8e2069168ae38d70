"""Putting messages back to wait, so that the ordinary reader reads them again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlmodel import Session

from vcs.access import trail
from vcs.access.actors import SYSTEM
from vcs.intake.records import CourtMessage, MessageStatus
from vcs.tables import table_of
from vcs.tasks.message_reads import TRIED_AGAIN
from vcs.tasks.records import Task, TaskKind

_MESSAGES, _TASKS = table_of(CourtMessage), table_of(Task)

As = tuple[int, str]

"""A message's id and the status that it was seen in."""


def read_again(session: Session, messages: Sequence[As], now: datetime) -> int:
    """Put messages back that today's code reads otherwise; returns how many went.

    Each is looked at again first: one that moved on meanwhile, or whose body was removed, is left.
    What it told stands until the reader has read it anew.
    """
    seen = dict(messages)
    columns = (_MESSAGES.c.id, _MESSAGES.c.receipt, _MESSAGES.c.status)
    there = (_MESSAGES.c.id.in_(list(seen)), _MESSAGES.c.body.is_not(None))
    query = select(*columns).where(*there).order_by(_MESSAGES.c.id).with_for_update()
    found = [row for row in session.execute(query) if seen[row.id] == row.status]
    put_back(session, [row.id for row in found], now)
    for row in found:
        trail.note(
            session, trail.Note(now, SYSTEM, "message.read_again", row.receipt, f"was {row.status}")
        )
    return len(found)


def put_back(
    session: Session, message_ids: list[int], now: datetime, account_id: int | None = None
) -> None:
    """Let messages wait again, and close the tasks that were open about them."""
    close_tasks(session, message_ids, Answered(TRIED_AGAIN, account_id), now)
    values = {
        "status": str(MessageStatus.WAITING),
        "format": None,
        "problem": None,
        "read_at": None,
        "result_json": None,
    }
    session.execute(update(_MESSAGES).where(_MESSAGES.c.id.in_(message_ids)).values(values))


@dataclass(frozen=True, slots=True)
class Answered:
    """How tasks were answered, and by which account; None for the program itself."""

    answer: str
    account_id: int | None = None
    note: str = ""


def close_tasks(
    session: Session, message_ids: list[int], answered: Answered, now: datetime
) -> None:
    """Close the open tasks about messages, and give up their keys: each try may ask anew."""
    about = (
        _TASKS.c.message_id.in_(message_ids),
        _TASKS.c.kind == str(TaskKind.SET_ASIDE),
        _TASKS.c.done_at.is_(None),
    )
    values = {
        "done_at": now,
        "done_by": answered.account_id,
        "answer": answered.answer,
        "note": answered.note,
        "key": _TASKS.c.key + ":" + _TASKS.c.reference,
    }
    session.execute(update(_TASKS).where(*about).values(values))
