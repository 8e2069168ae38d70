"""That somebody opened, once signed in, what a mail had told them of."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from vcs.tables import Record, moment


class MatterOpened(Record, table=True):
    """When somebody first opened the page of a matter. Never edited."""

    __tablename__ = "matter_opened"
    __table_args__ = (UniqueConstraint("account_id", "matter"),)

    id: int = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id")
    matter: str = Field(index=True)
    opened_at: datetime = moment()
