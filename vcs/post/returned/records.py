"""That a letter came back: the first report stays."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Field

from vcs.post.returned.reasons import ReturnReason
from vcs.tables import Record, moment, one_of


class ReturnedLetter(Record, table=True):
    """One letter that came back, as it was first reported. Never edited.

    ``recorded_by`` is as the trail has it. ``note`` is sealed: people write names into it.
    ``victim_id`` is None for a letter to a partner.
    """

    __tablename__ = "returned_letter"
    __table_args__ = (one_of("reason", ReturnReason),)

    id: int = Field(default=None, primary_key=True)
    letter_id: int = Field(foreign_key="letter.id", unique=True)
    victim_id: int | None = Field(default=None, foreign_key="victim.id", index=True)
    reason: str
    came_back_on: date
    note: bytes
    recorded_at: datetime = moment()
    recorded_by: str


class UnknownReturn(Record, table=True):
    """A letter that came back under a reference that no letter has. Never edited.

    ``typed`` is what was read or scanned, ``note`` what else is on it: both sealed, as people write
    names into them. ``recorded_by`` is as the trail has it.
    """

    __tablename__ = "unknown_return"

    id: int = Field(default=None, primary_key=True)
    reference: str = Field(unique=True)
    typed: bytes
    note: bytes
    came_back_on: date = Field(index=True)
    recorded_at: datetime = moment()
    recorded_by: str
