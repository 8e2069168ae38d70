"""The mailboxes of witness care units, and each day's email to one."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field

from vcs.tables import Record, moment

_UNSENT = text("sent_at IS NULL AND withdrawn_at IS NULL AND failed_reason IS NULL")


class Mailbox(Record, table=True):
    """Where the witness care unit of a police area reads its mail, as an administrator says."""

    __tablename__ = "witness_care_mailbox"

    police_area: str = Field(primary_key=True)
    name: str
    email: str


class Chase(Record, table=True):
    """One day's email to one unit: at most one. ``facts`` is what it says, as JSON.

    A newer day's withdraws one that did not leave, so that an outage ends with one email.
    """

    __tablename__ = "chase"
    __table_args__ = (
        UniqueConstraint("police_area", "day"),
        Index("ix_chase_unsent", "next_try_at", sqlite_where=_UNSENT, postgresql_where=_UNSENT),
    )

    id: int = Field(default=None, primary_key=True)
    police_area: str
    day: date
    facts: str
    message_id: str = Field(unique=True)
    owed_at: datetime = moment()
    next_try_at: datetime = moment()
    tries: int = 0
    claimed_until: datetime | None = moment(default=None)
    sent_at: datetime | None = moment(default=None)
    withdrawn_at: datetime | None = moment(default=None)
    failed_reason: str | None = None
