"""Members of staff who must not see a case."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from vcs.tables import Record, moment


class Exclusion(Record, table=True):
    """One member of staff who must not see one sentence, nor anything of its case.

    ``declared`` says that they asked for it themselves. It counts until ``lifted_at``. ``sealed``
    and ``lifted_sealed`` are why, in the words of whoever did it.
    """

    __tablename__ = "exclusion"
    __table_args__ = (
        Index("ix_exclusion_account", "account_id", "lifted_at"),
        Index("ix_exclusion_sentence_id", "sentence_id"),
    )

    id: int = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id")
    sentence_id: int = Field(foreign_key="sentence.id")
    declared: bool
    excluded_at: datetime = moment()
    excluded_by: int = Field(foreign_key="account.id")
    sealed: bytes
    lifted_at: datetime | None = moment(default=None)
    lifted_by: int | None = Field(default=None, foreign_key="account.id")
    lifted_sealed: bytes | None = None


class SameSurname(Record, table=True):
    """A manager gave a case to an officer who has the surname of somebody in it, and said why."""

    __tablename__ = "same_surname"

    id: int = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id")
    sentence_id: int = Field(foreign_key="sentence.id", index=True)
    confirmed_at: datetime = moment()
    confirmed_by: int = Field(foreign_key="account.id")
    sealed: bytes
