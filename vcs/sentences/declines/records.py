"""Contact that is not offered, or found not to be owed, by people and not by the law."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field

from vcs.tables import Record, moment, one_of

_WAITS = text("decision IS NULL")


class DeclineReason(StrEnum):
    """Why contact is not offered, or not owed. ``OTHER`` leaves it to the words."""

    NOBODY_HARMED = "nobody_harmed"
    NOT_WANTED = "not_wanted"
    SERVED_ELSEWHERE = "served_elsewhere"
    NOT_LISTED = "not_listed"
    TOO_SHORT = "too_short"
    NO_CUSTODY = "no_custody"
    SET_ASIDE = "sentence_set_aside"
    OTHER = "other"


class DeclineDecision(StrEnum):
    """What became of a proposal. ``WITHDRAWN`` is the yes, or the new facts, that overtook it."""

    CONFIRMED = "confirmed"
    SENT_BACK = "sent_back"
    WITHDRAWN = "withdrawn"


class Decline(Record, table=True):
    """One proposal that a sentence gets no contact, and a second manager's answer to it.

    ``decision_id`` is the law's decision that it was proposed on: a newer one overtakes it.
    Confirmed, it stands until ``reviewed_at``; it is looked at again on ``review_on``. ``sealed``
    and ``decided_sealed`` are the words of the two people.
    """

    __tablename__ = "decline"
    __table_args__ = (
        one_of("reason", DeclineReason),
        one_of("decision", DeclineDecision),
        CheckConstraint("decision <> 'confirmed' OR decided_by <> proposed_by", name="two_people"),
        Index(
            "uq_decline_waiting",
            "task_id",
            unique=True,
            sqlite_where=_WAITS,
            postgresql_where=_WAITS,
        ),
        Index("ix_decline_review", "decision", "reviewed_at", "review_on"),
    )

    id: int = Field(default=None, primary_key=True)
    task_id: int = Field(foreign_key="task.id", index=True)
    sentence_id: int = Field(foreign_key="sentence.id", index=True)
    decision_id: int = Field(foreign_key="decision.id")
    reason: str
    sealed: bytes
    review_on: date
    proposed_at: datetime = moment()
    proposed_by: int = Field(foreign_key="account.id")
    decision: str | None = None
    decided_at: datetime | None = moment(default=None)
    decided_by: int | None = Field(default=None, foreign_key="account.id")
    decided_sealed: bytes | None = None
    reviewed_at: datetime | None = moment(default=None)
