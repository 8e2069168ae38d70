"""What a victim answered about each need, and what was done about it."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field

from vcs.tables import Record, moment, one_of
from vcs.victims.records import ContactWay

_OPEN = text("outcome IS NULL")


class AnswerKind(StrEnum):
    """What became of one item of the standard. An item without a row was not asked about.

    ``BROUGHT`` came from witness care and has not been confirmed with the victim.
    """

    NOTHING = "nothing"
    SAID = "said"
    DECLINED = "declined"
    BROUGHT = "brought"
    CONFIRMED = "confirmed"


class NeedAnswer(Record, table=True):
    """One answer about one need, in one referral. Never edited: the latest row is current.

    ``sealed`` holds the victim's words. ``brought_on`` is the day on which witness care brought
    them, ``confirmed_on`` the day on which the victim confirmed them.
    """

    __tablename__ = "need_answer"
    __table_args__ = (
        one_of("answer", AnswerKind),
        one_of("how", ContactWay),
        CheckConstraint(
            "(answer IN ('brought', 'confirmed')) = (brought_on IS NOT NULL)", name="brought"
        ),
        CheckConstraint("(answer = 'confirmed') = (confirmed_on IS NOT NULL)", name="confirmed"),
        Index("ix_need_answer_victim_item", "victim_id", "item"),
    )

    id: int = Field(default=None, primary_key=True)
    victim_id: int = Field(foreign_key="victim.id")
    item: str
    version: int
    answer: str
    sealed: bytes
    asked_on: date
    how: str
    brought_on: date | None = None
    confirmed_on: date | None = None
    recorded_at: datetime = moment()
    recorded_by: int = Field(foreign_key="account.id")


class NeedOutcome(StrEnum):
    """How an action ended. ``LAPSED`` is no outcome for the victim: nobody did it in time."""

    DONE = "done"
    IN_PART = "in_part"
    COULD_NOT = "could_not"
    NOT_WANTED = "not_wanted"
    LAPSED = "lapsed"


class NeedAction(Record, table=True):
    """What is to be done about a need, by whom, by when, and what came of it.

    ``sealed`` holds the need and the action in words, ``outcome_sealed`` what came of it.
    """

    __tablename__ = "need_action"
    __table_args__ = (
        one_of("outcome", NeedOutcome),
        CheckConstraint("(outcome IS NULL) = (closed_at IS NULL)", name="closed"),
        Index("ix_need_action_owner", "owner_account_id", "outcome", "due_on"),
        # Every first page counts the open ones.
        Index("ix_need_action_open", "due_on", sqlite_where=_OPEN, postgresql_where=_OPEN),
    )

    id: int = Field(default=None, primary_key=True)
    reference: str = Field(unique=True)
    victim_id: int = Field(foreign_key="victim.id", index=True)
    item: str
    sealed: bytes
    owner_account_id: int = Field(foreign_key="account.id")
    due_on: date
    opened_at: datetime = moment()
    opened_by: int = Field(foreign_key="account.id")
    outcome: str | None = None
    outcome_sealed: bytes | None = None
    closed_on: date | None = None
    closed_at: datetime | None = moment(default=None)
    closed_by: int | None = Field(default=None, foreign_key="account.id")
