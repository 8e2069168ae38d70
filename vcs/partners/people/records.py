"""What people at witness care sent the unit about a referral, beside victims they referred."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from vcs.tables import Record, moment, one_of


class MessageKind(StrEnum):
    """What witness care sent."""

    NOT_OURS = "not_ours"
    ALREADY_SENT = "already_sent"
    SAID = "said"
    CORRECTION = "correction"
    WITHDRAWAL = "withdrawal"


class Said(StrEnum):
    """What a victim said to witness care about contact."""

    WANTS = "wants_contact"
    NOT = "no_contact"
    UNDECIDED = "undecided"


class MessageDecision(StrEnum):
    """What became of it. ``APPLIED`` took effect at once, and nobody was asked."""

    APPLIED = "applied"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    MORE = "more"
    TAKEN_BACK = "taken_back"


class UnitMessage(Record, table=True):
    """One message to the unit. Decided once, never deleted.

    ``sealed`` holds what was sent. ``victim_reference`` is whom it is about: no key, because a
    victim who was referred by mistake may be removed. ``task_id`` is the question to the unit;
    None where nobody had to be asked. ``decided_sealed`` holds the unit's words.
    """

    __tablename__ = "unit_message"
    __table_args__ = (
        one_of("kind", MessageKind),
        one_of("decision", MessageDecision),
        CheckConstraint("(decision IS NULL) = (decided_at IS NULL)", name="decided"),
    )

    id: int = Field(default=None, primary_key=True)
    reference: str = Field(unique=True)
    kind: str
    referral_id: int = Field(foreign_key="referral.id", index=True)
    victim_reference: str | None = None
    task_id: int | None = Field(default=None, foreign_key="task.id", index=True)
    sealed: bytes
    sent_at: datetime = moment()
    sent_by: int = Field(foreign_key="account.id")
    decision: str | None = None
    decided_at: datetime | None = moment(default=None)
    decided_by: int | None = Field(default=None, foreign_key="account.id")
    decided_sealed: bytes | None = None
