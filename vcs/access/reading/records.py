"""Looks at people's details, what was unusual among them, and limits that a manager lifted."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index
from sqlmodel import Field

from vcs.tables import Record, moment, one_of


class Scope(StrEnum):
    """Which looks a limit counts."""

    OUTSIDE = "outside"
    """Those at the details of people in referrals whose officer is somebody else."""

    ALL = "all"


class PersonalRead(Record, table=True):
    """One look at somebody's details, or one that was refused. Kept before anything is shown.

    ``whose`` is equal for two looks at the same person. ``subject`` is the referral's reference, or
    the receipt of a message or request; ``thing`` the victim's or letter's reference.
    """

    __tablename__ = "personal_read"
    __table_args__ = (
        Index("ix_personal_read_reader", "account_id", "at"),
        Index("ix_personal_read_subject", "subject", "id"),
    )

    id: int = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id")
    at: datetime = moment()
    event: str
    whose: str
    subject: str
    thing: str = ""
    reason: str
    outside: bool
    refused: bool = False


class UnusualReading(Record, table=True):
    """Somebody's looks came to a number that managers are told of, or to one where they stop.

    ``told_at`` is when the emails about it were owed.
    """

    __tablename__ = "unusual_reading"
    __table_args__ = (
        one_of("scope", Scope),
        Index("ix_unusual_reading_reader", "account_id", "at"),
        Index("ix_unusual_reading_told", "told_at"),
    )

    id: int = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id")
    at: datetime = moment()
    scope: str
    people: int
    stopped: bool
    told_at: datetime | None = moment(default=None)


class LiftedLimit(Record, table=True):
    """For one person the limits stop nothing until a moment; managers are told as before."""

    __tablename__ = "lifted_limit"

    id: int = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    lifted_at: datetime = moment()
    until: datetime = moment()
    lifted_by: int = Field(foreign_key="account.id")
    sealed: bytes
    """Why, in the words of whoever lifted it."""
