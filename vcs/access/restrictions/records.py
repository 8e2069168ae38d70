"""Cases that only named people may see."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field

from vcs.tables import Record, moment


class Restriction(Record, table=True):
    """Nobody but those named may see a sentence, nor anything of its case, until ``lifted_at``.

    Naming other people ends one and begins the next. ``sealed`` and ``lifted_sealed`` are why, in
    the words of whoever did it.
    """

    __tablename__ = "restriction"
    __table_args__ = (
        Index(
            "uq_restriction_open",
            "sentence_id",
            unique=True,
            sqlite_where=text("lifted_at IS NULL"),
            postgresql_where=text("lifted_at IS NULL"),
        ),
        Index("ix_restriction_sentence_id", "sentence_id"),
    )

    id: int = Field(default=None, primary_key=True)
    sentence_id: int = Field(foreign_key="sentence.id")
    restricted_at: datetime = moment()
    restricted_by: int = Field(foreign_key="account.id")
    sealed: bytes
    lifted_at: datetime | None = moment(default=None)
    lifted_by: int | None = Field(default=None, foreign_key="account.id")
    lifted_sealed: bytes | None = None


class NamedPerson(Record, table=True):
    """One member of staff who may see a restricted case."""

    __tablename__ = "restriction_person"

    restriction_id: int = Field(foreign_key="restriction.id", primary_key=True)
    account_id: int = Field(foreign_key="account.id", primary_key=True, index=True)
