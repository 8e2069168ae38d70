"""That a letter came back: the first report stays."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Field

from vcs.post.returned.reasons import ReturnReason
from vcs.tables import Record, moment, one_of


class ReturnedLetter(Record, table=True):
    """One letter that came back, as it was first reported. Never edited.

    ``recorded_by`` is as the trail has it. ``note`` is sealed: people write names into it.
    """

    __tablename__ = "returned_letter"
    __table_args__ = (one_of("reason", ReturnReason),)

    id: int = Field(default=None, primary_key=True)
    letter_id: int = Field(foreign_key="letter.id", unique=True)
    victim_id: int = Field(foreign_key="victim.id", index=True)
    reason: str
    came_back_on: date
    note: bytes
    recorded_at: datetime = moment()
    recorded_by: str
