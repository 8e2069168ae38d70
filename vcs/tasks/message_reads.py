"""Which court messages were read in part, and which a person has still to look at."""

from __future__ import annotations

from sqlalchemy import ColumnElement, CompoundSelect, and_, exists, or_, select, union

from vcs.intake.records import CourtMessage, MessageStatus
from vcs.tables import table_of
from vcs.tasks.records import Task, TaskKind

TRIED_AGAIN = "tried again"

"""The answer to a task about a message that was put back to be read."""

_MESSAGES, _TASKS = table_of(CourtMessage), table_of(Task)

_AS_READ = (str(MessageStatus.READ), str(MessageStatus.OLDER_THAN_HELD))


def read_in_part() -> ColumnElement[bool]:
    """Say of a message whether some of it was read and some was not.

    It keeps its status, since what it told counts, and its problem.
    """
    return and_(_MESSAGES.c.status.in_(_AS_READ), _MESSAGES.c.problem.is_not(None))


def is_asked_about() -> ColumnElement[bool]:
    """Say of a message whether a task about what could not be read of it is open."""
    theirs = _TASKS.c.message_id == _MESSAGES.c.id
    return exists().where(theirs, *_OPEN).correlate(_MESSAGES)


def to_look_at() -> ColumnElement[bool]:
    """Say of a message whether somebody has still to look at it. Found by the open tasks."""
    return _MESSAGES.c.id.in_(_either(MessageStatus.SET_ASIDE, *_OPEN))


def looked_at() -> ColumnElement[bool]:
    """Say of a message whether somebody looked at it and settled that no more is to be read."""
    found = _either(MessageStatus.DISMISSED, _TASKS.c.kind == str(TaskKind.SET_ASIDE))
    dismissed = _MESSAGES.c.status == str(MessageStatus.DISMISSED)
    return and_(_MESSAGES.c.id.in_(found), or_(dismissed, ~is_asked_about()))


def _either(status: MessageStatus, *asked: ColumnElement[bool]) -> CompoundSelect[int]:
    """Return the messages in a status, and those read in part of which a task asks so.

    As two queries: as one condition it would be asked of every message that is held.
    """
    messages = _MESSAGES.alias()
    as_read = and_(messages.c.status.in_(_AS_READ), messages.c.problem.is_not(None))
    of_tasks = (
        select(messages.c.id).join(_TASKS, _TASKS.c.message_id == messages.c.id).where(as_read)
    )
    return union(
        select(messages.c.id).where(messages.c.status == str(status)), of_tasks.where(*asked)
    )


_OPEN = (_TASKS.c.kind == str(TaskKind.SET_ASIDE), _TASKS.c.done_at.is_(None))
