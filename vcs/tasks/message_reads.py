"""Which court messages were read in part, and which a person has still to look at."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, exists, or_, select

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
    asked = select(_TASKS.c.message_id).where(_TASKS.c.message_id.is_not(None), *_OPEN)
    in_part = and_(read_in_part(), _MESSAGES.c.id.in_(asked))
    return or_(_MESSAGES.c.status == str(MessageStatus.SET_ASIDE), in_part)


def looked_at() -> ColumnElement[bool]:
    """Say of a message whether somebody looked at it and settled that no more is to be read."""
    asked = select(_TASKS.c.message_id).where(
        _TASKS.c.message_id.is_not(None), _TASKS.c.kind == str(TaskKind.SET_ASIDE)
    )
    in_part = and_(read_in_part(), _MESSAGES.c.id.in_(asked), ~is_asked_about())
    return or_(_MESSAGES.c.status == str(MessageStatus.DISMISSED), in_part)


_OPEN = (_TASKS.c.kind == str(TaskKind.SET_ASIDE), _TASKS.c.done_at.is_(None))
