"""Work for a person, and the emails that are owed about it."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ColumnElement, Index, and_, exists, or_, select
from sqlmodel import Field

from vcs.records.base import Record, moment, one_of, table_of
from vcs.records.messages import CourtMessage, MessageStatus


class TaskKind(StrEnum):
    """What a person is asked to do."""

    DECIDE = "decide"
    DISCRETION = "discretion"
    QUESTION = "question"
    SENTENCE_CHANGED = "sentence_changed"
    SENTENCE_GONE = "sentence_gone"
    ROUTE = "route"
    SET_ASIDE = "set_aside"
    ALERT_NOT_SENT = "alert_not_sent"
    REFERRAL_TO_MATCH = "referral_to_match"
    WITNESS_CARE_SAYS = "witness_care_says"
    ADDRESS_TO_CHECK = "address_to_check"
    CANNOT_OPEN = "cannot_open"
    CALENDAR = "calendar"
    CLOSING_PROPOSED = "closing_proposed"


class Task(Record, table=True):
    """One question for a person. ``key`` makes a repeat harmless."""

    __tablename__ = "task"
    __table_args__ = (
        one_of("kind", TaskKind),
        Index("ix_task_open", "done_at", "region_code", "due_on"),
    )

    id: int = Field(default=None, primary_key=True)
    reference: str = Field(unique=True)
    key: str = Field(unique=True)
    kind: str
    question: str
    region_code: str | None = None
    due_on: date | None = None
    opened_on: date
    sentence_id: int | None = Field(default=None, foreign_key="sentence.id", index=True)
    referral_id: int | None = Field(default=None, foreign_key="referral.id")
    message_id: int | None = Field(default=None, foreign_key="court_message.id", index=True)
    done_at: datetime | None = moment(default=None)
    done_by: int | None = Field(default=None, foreign_key="account.id")
    answer: str | None = None
    note: str | None = None


class AlertKind(StrEnum):
    """What an alert is about. Each kind has a template of its own in ``letters``."""

    MISSED_DEADLINE = "missed"
    FEED_SILENT = "feed_silent"
    LEDGER_OPEN = "ledger_open"
    SET_ASIDE_OLD = "set_aside_old"


class AlertRecord(Record, table=True):
    """One email owed to staff. ``message_id`` is the fixed part of the mail's own Message-ID.

    It is about a deadline, or about a subject of its own: a court's code, the ledger. ``told`` are
    the words and numbers that its template may use, as JSON; none is about a person.
    ``withdrawn_at`` is set while its referral is closed: it is not sent.
    """

    __tablename__ = "alert"
    __table_args__ = (
        Index("ix_alert_owed", "sent_at", "failed_reason", "next_try_at"),
        CheckConstraint("deadline_id IS NOT NULL OR subject <> ''", name="about"),
    )

    id: int = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    kind: str
    deadline_id: int | None = Field(default=None, foreign_key="deadline.id", index=True)
    subject: str = ""
    told: str = "{}"
    region_code: str | None = None
    owed_at: datetime = moment()
    next_try_at: datetime = moment()
    tries: int = 0
    claimed_until: datetime | None = moment(default=None)
    claimed_by: str | None = None
    sent_at: datetime | None = moment(default=None)
    message_id: str = Field(unique=True)
    failed_reason: str | None = None
    withdrawn_at: datetime | None = moment(default=None)


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
