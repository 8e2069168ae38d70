"""What became of referrals, in the order in which programs are told of it. Only added to."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from vcs.tables import Record, moment, one_of


class OutcomeKind(StrEnum):
    """What a unit's program is told."""

    ACCEPTED = "accepted"
    INCOMPLETE = "incomplete"
    RETURNED = "returned"
    CONTACTED = "contacted"
    ANSWERED = "answered"
    NO_REPLY = "no_reply"
    CLOSED = "closed"
    CHASED = "chased"
    DISPUTE_ANSWERED = "dispute_answered"


class OutcomeSource(StrEnum):
    """Which rows of ours an outcome was worked out from."""

    REQUEST = "request"
    VICTIM = "victim"
    CHOICE = "choice"
    REFERRAL = "referral"
    CHASE = "chase"
    MESSAGE = "message"
    PROPOSAL = "proposal"


AGAIN = 1_000_000
"""No referral is closed so often."""


class ReferralOutcome(Record, table=True):
    """One thing that became of a referral. ``id`` is the order, and the cursor of programs.

    One writer at a time adds rows, so that no lower id appears after a higher one was read.
    ``source_id`` with ``turn`` makes each once: ``turn`` counts closings of one referral, and has
    a multiple of :data:`AGAIN` more where one is told again after a restriction ended.
    ``detail`` is JSON of codes, days and references: never a name, an address or a choice.
    """

    __tablename__ = "referral_outcome"
    __table_args__ = (
        one_of("kind", OutcomeKind),
        one_of("source", OutcomeSource),
        UniqueConstraint("kind", "source", "source_id", "turn"),
        Index("ix_referral_outcome_client", "client_id", "id"),
        Index("ix_referral_outcome_area", "police_area", "id"),
    )

    id: int = Field(default=None, primary_key=True)
    kind: str
    source: str
    source_id: int
    turn: int = 0
    happened_on: date
    told_at: datetime = moment()
    client_id: str | None = None
    police_area: str | None = None
    referral_id: int | None = Field(default=None, foreign_key="referral.id", index=True)
    detail: str
