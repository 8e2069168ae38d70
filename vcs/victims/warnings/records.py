"""A warning about the safety of a victim, until staff were told of it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, text
from sqlmodel import Field

from vcs.tables import Record, moment, one_of

_UNTOLD = text("told_at IS NULL")


class WarningFrom(StrEnum):
    """What brought a warning to a referral."""

    REFERRED = "referred"
    CHANGED = "changed"
    PREFERENCE = "preference"
    ADDRESS = "address"
    JOINED = "joined"
    ANSWER = "answer"


class SafetyWarning(Record, table=True):
    """That something warns of danger to a victim which was not known in their referral before.

    What it says is with the details of the person. ``recorded_by`` is as the trail has it;
    ``told_at`` is when staff were told.
    """

    __tablename__ = "safety_warning"
    __table_args__ = (
        one_of("source", WarningFrom),
        Index("ix_safety_warning_untold", "id", sqlite_where=_UNTOLD, postgresql_where=_UNTOLD),
    )

    id: int = Field(default=None, primary_key=True)
    victim_id: int = Field(foreign_key="victim.id", index=True)
    source: str
    recorded_at: datetime = moment()
    recorded_by: str
    told_at: datetime | None = moment(default=None)
