"""When an officer is away, and who answers for their referrals meanwhile."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from vcs.tables import Record, moment


class Absence(Record, table=True):
    """Days on which an officer is away, the first and the last included. Never deleted.

    ``cover_id`` None leaves their referrals to the managers of the region. ``stopped_on`` is the
    first day on which it no longer counts, where it ended early or was recorded anew.
    """

    __tablename__ = "absence"
    __table_args__ = (
        CheckConstraint("last_on >= first_on", name="days"),
        CheckConstraint("cover_id <> account_id", name="another"),
        Index("ix_absence_last_on", "last_on"),
    )

    id: int = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    cover_id: int | None = Field(default=None, foreign_key="account.id")
    first_on: date
    last_on: date
    stopped_on: date | None = None
    recorded_at: datetime = moment()
    recorded_by: int = Field(foreign_key="account.id")
