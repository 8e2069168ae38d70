"""What offender managers' systems asked, and what a unit answered."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field

from vcs.consultations.kinds import ConsultationKind
from vcs.tables import Record, moment, one_of

_NOT_FOUND = text("looked_at IS NULL")


class PartAnswer(StrEnum):
    """What a unit answered for one referral."""

    REQUESTS = "requests"
    NO_ANSWER = "no_answer"


class Consultation(Record, table=True):
    """One question. ``sealed`` holds the reference and the words.

    ``looked_at`` is when we finished matching it to referrals, whether or not we found any.
    """

    __tablename__ = "consultation"
    __table_args__ = (
        one_of("kind", ConsultationKind),
        UniqueConstraint("client_id", "identity"),
        Index("ix_consultation_new", "id", sqlite_where=_NOT_FOUND, postgresql_where=_NOT_FOUND),
    )

    id: int = Field(default=None, primary_key=True)
    receipt: str = Field(unique=True)
    client_id: str
    identity: str
    kind: str
    asked_at: datetime = moment()
    asked_on: date
    answer_by: date
    sealed: bytes
    looked_at: datetime | None = moment(default=None)


class ConsultationPart(Record, table=True):
    """One referral that a question is about: the task of its unit, and the answer.

    ``note_sealed`` is how the unit knows what the victim agreed to; it is never sent.
    """

    __tablename__ = "consultation_part"
    __table_args__ = (
        one_of("answer", PartAnswer),
        UniqueConstraint("consultation_id", "referral_id"),
    )

    id: int = Field(default=None, primary_key=True)
    consultation_id: int = Field(foreign_key="consultation.id")
    referral_id: int = Field(foreign_key="referral.id", index=True)
    task_id: int = Field(foreign_key="task.id", index=True)
    answer: str | None = None
    answered_at: datetime | None = moment(default=None)
    answered_by: int | None = Field(default=None, foreign_key="account.id")
    note_sealed: bytes | None = None


class ConsultationSent(Record, table=True):
    """One request that a unit's answer sends: only those that the person agreed to."""

    __tablename__ = "consultation_sent"

    part_id: int = Field(foreign_key="consultation_part.id", primary_key=True)
    request_id: int = Field(foreign_key="condition_request.id", primary_key=True)
