"""Letters as drafted and approved, and what people decided about each. Their words are sealed."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from vcs.tables import Record, moment, one_of
from vcs.terms import LetterFormat, LetterLanguage


class LetterStatus(StrEnum):
    """How far a letter has come."""

    DRAFT = "draft"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"


TO_POST: Final = "to print and post it"

LOOKED_AT: Final = "letter.looked_at"
"""The look at a letter, in the trail; ``TO_POST`` is the reason of whoever opens it to post it."""


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
    CLOSED = "closed"
    CAME_OF_AGE = "came_of_age"
    NO_ADULT = "no_adult"
    NOT_NOW = "not_now"
    NOTE_IN_NAME = "note_in_name"
    UNCONFIRMED_ADDRESS = "unconfirmed_address"
    SENTENCE_ASKED = "sentence_asked"
    INSTRUCTION_ASKED = "instruction_asked"
    PERSON_ASKED = "person_asked"
    NOT_PREPARED = "not_prepared"
    HARD_DAY = "hard_day"
    WORDING = "wording"
    PARTICULAR_ADDRESS = "particular_address"
    CHANGED_EMAIL = "changed_email"
    SHARED_MAILBOX = "shared_mailbox"


class LetterRecord(Record, table=True):
    """One letter, to a victim or to a partner. What is approved is never made again.

    ``victim_id`` is to whom it goes. A letter to a partner goes to no victim: it is about a
    sentence (``sentence_id``), for some kinds about one of its victims (``about_victim_id``), and
    goes to ``office_id``: None until a person says which. ``looked_again_at`` is when a sweep last
    asked whether such a letter may still go; of one that left, until when it was looked whether
    what it told is still so.

    ``made_from`` holds, sealed, what was true when it was approved; None for letters approved
    before that was kept. ``occasion`` tells a letter from others of its kind that may go as well:
    the event, the year or the choice that it is about; "" where only one may go in a referral.
    ``format_for`` is, sealed, the need because of which a person chose its format; None where
    nobody chose. ``pdf`` is the finished file: a PDF, or UTF-8 text where ``format`` is text.
    ``opened_at`` is when it was first opened for printing. ``signatory`` is the mark of whom it
    names: None where that has not been compared yet. ``drafted_by`` None means that its trigger
    drafted it and nobody has begun it yet. ``event_id``, ``choice_id``, ``request_id`` (of a
    licence condition) and ``officer_id`` (who answered before) are what it is about. ``given``
    holds, sealed, the facts that a person gave for this letter alone.
    """

    __tablename__ = "letter"
    __table_args__ = (
        one_of("status", LetterStatus),
        one_of("language", LetterLanguage),
        one_of("format", LetterFormat),
        CheckConstraint("(victim_id IS NULL) = (sentence_id IS NOT NULL)", name="to_one"),
        Index("ix_letter_status", "status"),
        Index("ix_letter_opened_at", "opened_at"),
    )

    id: int = Field(default=None, primary_key=True)
    reference: str = Field(unique=True)
    victim_id: int | None = Field(default=None, foreign_key="victim.id", index=True)
    kind: str
    occasion: str = ""
    language: str
    format: str = LetterFormat.STANDARD
    format_for: bytes | None = None
    status: str = LetterStatus.DRAFT
    contents: bytes | None = None
    pdf: bytes | None = None
    sha256: str | None = None
    template_version: str | None = None
    drafted_at: datetime = moment()
    drafted_by: int | None = Field(default=None, foreign_key="account.id")
    approved_at: datetime | None = moment(default=None)
    approved_by: int | None = Field(default=None, foreign_key="account.id")
    made_from: bytes | None = None
    opened_at: datetime | None = moment(default=None)
    withdrawn_at: datetime | None = moment(default=None)
    withdrawn_by: str | None = None
    withdrawn_reason: str | None = None
    signatory: str | None = None
    given: bytes | None = None
    event_id: int | None = Field(default=None, foreign_key="key_event.id")
    choice_id: int | None = Field(default=None, foreign_key="choice.id")
    request_id: int | None = Field(default=None, foreign_key="condition_request.id")
    officer_id: int | None = Field(default=None, foreign_key="account.id")
    sentence_id: int | None = Field(default=None, foreign_key="sentence.id", index=True)
    about_victim_id: int | None = Field(default=None, foreign_key="victim.id", index=True)
    office_id: int | None = Field(default=None, foreign_key="partner_office.id")
    looked_again_at: datetime | None = moment(default=None)


class LetterLook(Record, table=True):
    """On which day it was last looked whether any letter to a victim is to be drafted."""

    __tablename__ = "letter_look"

    victim_id: int = Field(foreign_key="victim.id", primary_key=True)
    looked_on: date = Field(index=True)


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
