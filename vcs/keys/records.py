"""The sealing keys that belong to the database."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field

from vcs.tables import Record, moment


class DatabasePurpose(Record, table=True):
    """What the database was made for, where that is training: it has one row, or none."""

    __tablename__ = "database_purpose"

    name: str = Field(primary_key=True)
    set_at: datetime = moment()


class SealingKey(Record, table=True):
    """One key that values in this database may be sealed with.

    ``canary`` is a fixed text sealed with that very key: whoever cannot open it has other keys and
    must not start. ``retired_at`` is when a rotation found nothing under the key any more.
    """

    __tablename__ = "sealing_key"

    name: str = Field(primary_key=True)
    canary: bytes
    added_at: datetime = moment()
    retired_at: datetime | None = moment(default=None)
