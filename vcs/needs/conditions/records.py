"""Requests for licence conditions, and the steps of a personal statement."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from vcs.tables import Record, moment, one_of


class ConditionAnswer(StrEnum):
    """What those who decide about a licence answered."""

    GRANTED = "granted"
    ALTERED = "altered"
    REFUSED = "refused"


class ConditionRequest(Record, table=True):
    """One condition that a victim asks for, sent, answered and told back: each with its day.

    ``usable_sealed`` holds the place and the reasons that may be used, ``private_sealed`` the
    reasons that may not be disclosed: apart, so that no sheet can hold both by mistake.
    ``home_sealed`` is a manager's reason for a place that may be the victim's home.
    """

    __tablename__ = "condition_request"
    __table_args__ = (
        one_of("answer", ConditionAnswer),
        CheckConstraint("answered_on IS NULL OR sent_on IS NOT NULL", name="sent_first"),
        CheckConstraint("told_on IS NULL OR answered_on IS NOT NULL", name="answered_first"),
        CheckConstraint("(answer IS NULL) = (answered_on IS NULL)", name="answered"),
    )

    id: int = Field(default=None, primary_key=True)
    reference: str = Field(unique=True)
    victim_id: int = Field(foreign_key="victim.id", index=True)
    code: str
    version: str
    usable_sealed: bytes
    private_sealed: bytes
    home_sealed: bytes | None = None
    asked_on: date
    recorded_at: datetime = moment()
    recorded_by: int = Field(foreign_key="account.id")
    sent_on: date | None = None
    answer: str | None = None
    answered_on: date | None = None
    answer_sealed: bytes | None = None
    told_on: date | None = None


class StatementStep(StrEnum):
    """What happened to a victim personal statement."""

    OFFERED = "offered"
    WANTED = "wanted"
    NOT_WANTED = "not_wanted"
    WRITTEN = "written"
    READ = "read"


class StatementRecord(Record, table=True):
    """One step of a victim personal statement, on its day. Never edited.

    ``sealed`` holds who read it, or how it is to be read.
    """

    __tablename__ = "statement_step"
    __table_args__ = (one_of("step", StatementStep),)

    id: int = Field(default=None, primary_key=True)
    victim_id: int = Field(foreign_key="victim.id", index=True)
    step: str
    happened_on: date
    sealed: bytes
    recorded_at: datetime = moment()
    recorded_by: int = Field(foreign_key="account.id")
