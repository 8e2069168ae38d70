"""Letters as drafted and approved, and what people decided about each. Their words are sealed."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index
from sqlmodel import Field

from vcs.tables import Record, moment, one_of
from vcs.terms import Language


class LetterStatus(StrEnum):
    """How far a letter has come."""

    DRAFT = "draft"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"


class LetterQuestion(StrEnum):
    """What a person must decide before a letter may go on."""

    SHARED_ADDRESS = "shared_address"
    SECOND_LETTER = "second_letter"
    EARLIER_OPT_OUT = "earlier_opt_out"
    FORMAT = "format"
    NAME = "name"
    ONLY_VIA = "only_via"
    CHANGED_ADDRESS = "changed_address"
    RETURNED = "returned"
    KEPT_APART = "kept_apart"


class LetterRecord(Record, table=True):
    """One letter to one victim. What is approved is never made again.

    ``made_from`` holds, sealed, what was true when it was approved; None for letters approved
    before that was kept. ``opened_at`` is when it was first opened for printing. ``signatory`` is
    the mark of whom it names: None where that has not been compared yet.
    """

    __tablename__ = "letter"
    __table_args__ = (
        one_of("status", LetterStatus),
        one_of("language", Language),
        Index("ix_letter_status", "status"),
    )

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
    made_from: bytes | None = None
    opened_at: datetime | None = moment(default=None)
    withdrawn_at: datetime | None = moment(default=None)
    withdrawn_by: str | None = None
    withdrawn_reason: str | None = None
    signatory: str | None = None


class LetterDecision(Record, table=True):
    """One person's decision that one letter may go on. Never edited.

    ``subject`` is what it was decided about, sealed: where that is another today, the decision
    has lapsed. ``reason`` is sealed too, as people write names into it.
    """

    __tablename__ = "letter_decision"
    __table_args__ = (one_of("question", LetterQuestion),)

    id: int = Field(default=None, primary_key=True)
    letter_id: int = Field(foreign_key="letter.id", index=True)
    question: str
    subject: bytes
    reason: bytes
    decided_at: datetime = moment()
    decided_by: int = Field(foreign_key="account.id")
