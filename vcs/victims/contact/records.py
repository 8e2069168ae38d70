"""Notes: what somebody wants kept that is neither a contact nor an attempt."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field

from vcs.tables import Record, moment


class NoteRecord(Record, table=True):
    """One note about a referral, or about one victim of it. Sealed, never edited, meets nothing."""

    __tablename__ = "note"

    id: int = Field(default=None, primary_key=True)
    referral_id: int = Field(foreign_key="referral.id", index=True)
    victim_id: int | None = Field(default=None, foreign_key="victim.id", index=True)
    sealed: bytes
    noted_at: datetime = moment()
    noted_by: int = Field(foreign_key="account.id")
