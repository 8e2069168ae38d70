"""Letters as drafted and as approved. Contents and PDF are sealed."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlmodel import Field

from vcs.records.base import Record, moment, one_of
from vcs.terms import Language


class LetterStatus(StrEnum):
    """How far a letter has come."""

    DRAFT = "draft"
    APPROVED = "approved"


class LetterRecord(Record, table=True):
    """One letter to one victim. What is approved is never made again."""

    __tablename__ = "letter"
    __table_args__ = (one_of("status", LetterStatus), one_of("language", Language))

    id: int = Field(default=None, primary_key=True)
    reference: str = Field(unique=True)
    victim_id: int = Field(foreign_key="victim.id", index=True)
    kind: str
    language: str
    status: str = LetterStatus.DRAFT
    contents: bytes | None = None
    pdf: bytes | None = None
    sha256: str | None = None
    template_version: str | None = None
    drafted_at: datetime = moment()
    drafted_by: int = Field(foreign_key="account.id")
    approved_at: datetime | None = moment(default=None)
    approved_by: int | None = Field(default=None, foreign_key="account.id")


class PostedLetter(Record, table=True):
    """That an approved letter was posted, as an officer says: the day, and who recorded it."""

    __tablename__ = "posted_letter"

    id: int = Field(default=None, primary_key=True)
    letter_id: int = Field(foreign_key="letter.id", unique=True)
    posted_on: date
    recorded_at: datetime = moment()
    recorded_by: int = Field(foreign_key="account.id")
