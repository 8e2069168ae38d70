"""A letter that was given to GOV.UK Notify to print and post."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field

from vcs.tables import Record, moment, one_of


class NotifyStatus(StrEnum):
    """How far a letter has come. Only ``left`` means that it is in the post.

    ``unknown`` is where nobody could find out whether Notify has it: a person looks.
    """

    WAITING = "waiting"
    ACCEPTED = "accepted"
    LEFT = "left"
    STOPPED = "stopped"
    FAILED = "failed"
    UNKNOWN = "unknown"


MAY_BE_THERE = (
    NotifyStatus.WAITING,
    NotifyStatus.ACCEPTED,
    NotifyStatus.LEFT,
    NotifyStatus.UNKNOWN,
)
"""In these a letter is Notify's: it goes out by no other way."""


class NotifyLetter(Record, table=True):
    """One letter on its way by Notify.

    ``tries`` counts from before each try: where it is above 0, Notify may have the letter already.
    ``claimed_by`` has it in hand until ``claimed_until``. ``told_at`` is when Notify last said
    something new. ``failed_reason`` names nobody.
    """

    __tablename__ = "notify_letter"
    __table_args__ = (one_of("status", NotifyStatus),)

    id: int = Field(default=None, primary_key=True)
    letter_id: int = Field(foreign_key="letter.id", unique=True)
    notify_id: str | None = Field(default=None, unique=True)
    status: str = NotifyStatus.WAITING
    asked_at: datetime = moment()
    asked_by: str
    tries: int = 0
    next_try_at: datetime = moment()
    claimed_by: str | None = None
    claimed_until: datetime | None = moment(default=None)
    told_at: datetime | None = moment(default=None)
    failed_reason: str | None = None
