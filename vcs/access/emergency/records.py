"""References that were opened in an emergency."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from vcs.tables import Record, moment


class EmergencyAccess(Record, table=True):
    """Somebody asked to see a referral because of a danger now, whether or not there is one.

    ``sentence_id`` and ``referral_id`` are empty where the reference names none. ``sealed`` is what
    they said; ``told_at`` is when the emails about it were owed.
    """

    __tablename__ = "emergency_access"
    __table_args__ = (
        Index("ix_emergency_access_account", "account_id", "until"),
        Index("ix_emergency_access_reference", "reference"),
        Index("ix_emergency_access_told", "told_at"),
    )

    id: int = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id")
    reference: str
    sentence_id: int | None = Field(default=None, foreign_key="sentence.id")
    referral_id: int | None = Field(default=None, foreign_key="referral.id")
    reason: str
    sealed: bytes
    opened_at: datetime = moment()
    until: datetime = moment()
    told_at: datetime | None = moment(default=None)
