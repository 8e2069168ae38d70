"""The steps that were taken to trace a victim."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from vcs.referrals.tracing.ladder import TraceOutcome, TraceStep
from vcs.tables import Record, moment, one_of


class TraceRecord(Record, table=True):
    """One try at one step of a trace; the newest of a step says how it is. Never edited.

    ``sealed`` says what was learnt, or why the step was not tried: then ``tried_on`` is None.
    """

    __tablename__ = "trace"
    __table_args__ = (
        one_of("step", TraceStep),
        one_of("outcome", TraceOutcome),
        CheckConstraint("(tried_on IS NULL) = (outcome = 'not_possible')", name="tried"),
    )

    id: int = Field(default=None, primary_key=True)
    referral_id: int = Field(foreign_key="referral.id", index=True)
    step: str
    outcome: str
    tried_on: date | None = None
    sealed: bytes
    recorded_at: datetime = moment()
    recorded_by: int = Field(foreign_key="account.id")
