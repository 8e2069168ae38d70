"""Each word that somebody is owed while an offender is unlawfully at large."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field

from vcs.events.records import Way
from vcs.tables import Record, moment, one_of

_OPEN = text("given_at IS NULL AND ended_at IS NULL")


class Ended(StrEnum):
    """Why no word is owed any longer."""

    BACK = "offender_back"
    OVERTAKEN = "overtaken"
    TAKEN_BACK = "taken_back"
    NOT_WANTED = "not_wanted"
    CHOICE = "own_choice"
    DECEASED = "deceased"
    CLOSED = "referral_closed"
    DIED = "offender_died"


class EventUpdate(Record, table=True):
    """One word owed to one person about one event, with its hour.

    It is open until it was given or is owed no longer. ``sealed`` holds who was spoken to and what
    was said; ``ended_sealed`` how somebody knows that the person wants none. ``ended_by`` None
    means that the events, or the person's own choice, say so.
    """

    __tablename__ = "event_update"
    __table_args__ = (
        one_of("given_how", Way),
        one_of("ended_because", Ended),
        UniqueConstraint("event_id", "victim_id", "number"),
        # Who is owed word leads every first page.
        Index("ix_event_update_open", "due_at", sqlite_where=_OPEN, postgresql_where=_OPEN),
    )

    id: int = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="key_event.id")
    victim_id: int = Field(foreign_key="victim.id", index=True)
    number: int
    opened_at: datetime = moment()
    due_at: datetime = moment()
    tries: int = 0
    tried_at: datetime | None = moment(default=None)
    given_at: datetime | None = moment(default=None)
    given_how: str | None = None
    given_by: int | None = Field(default=None, foreign_key="account.id")
    sealed: bytes | None = None
    ended_at: datetime | None = moment(default=None)
    ended_because: str | None = None
    ended_by: int | None = Field(default=None, foreign_key="account.id")
    ended_sealed: bytes | None = None

    @property
    def is_open(self) -> bool:
        """Say whether this word is still to be given."""
        return self.given_at is None and self.ended_at is None
