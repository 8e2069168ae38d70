"""Court messages as they came: kept whole before anything is made of them."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from vcs.tables import Record, moment, one_of


class MessageStatus(StrEnum):
    """What became of a court message. A person dismissed what could not be read."""

    WAITING = "waiting"
    READ = "read"
    SET_ASIDE = "set_aside"
    OLDER_THAN_HELD = "older_than_held"
    DISMISSED = "dismissed"


class CourtMessage(Record, table=True):
    """One court message. ``body`` and ``result_json`` are sealed.

    ``hearing_deleted`` marks a notice that the court deleted the hearing as a whole.
    ``body`` is removed when its time is over, and never while anybody has still to read it;
    ``read_at`` is when the status was settled, by the program or by a person. ``repeats`` counts
    how often the same content came again.
    """

    __tablename__ = "court_message"
    __table_args__ = (
        one_of("status", MessageStatus),
        CheckConstraint(
            "body IS NOT NULL OR (body_removed_on IS NOT NULL "
            "AND status IN ('read', 'older_than_held', 'dismissed'))",
            name="body_kept",
        ),
        Index("ix_court_message_status_id", "status", "id"),
        Index("ix_court_message_body_due", "body_removed_on", "read_at"),
        Index("ix_court_message_hearing", "hearing_id", "hearing_day", "shared_at"),
    )

    id: int = Field(default=None, primary_key=True)
    receipt: str = Field(unique=True)
    content_hash: str = Field(unique=True)
    client_id: str
    received_at: datetime = moment()
    body: bytes | None
    body_removed_on: date | None = None
    status: str = MessageStatus.WAITING
    format: str | None = None
    problem: str | None = None
    hearing_id: str | None = None
    hearing_day: date | None = None
    hearing_deleted: bool = False
    shared_at: datetime | None = moment(default=None)
    read_at: datetime | None = moment(default=None)
    result_json: bytes | None = None
    repeats: int = 0


class ReadByHand(Record, table=True):
    """That a person entered what they read in a message which the program could not read.

    ``entry_id`` is the message that holds what they entered. Several may be of one message.
    """

    __tablename__ = "read_by_hand"

    id: int = Field(default=None, primary_key=True)
    message_id: int = Field(foreign_key="court_message.id", index=True)
    entry_id: int = Field(foreign_key="court_message.id", unique=True)
    entered_at: datetime = moment()
    entered_by: int = Field(foreign_key="account.id")


class FeedKind(StrEnum):
    """Who speaks: a court, or a program that sends to us."""

    COURT = "court"
    CLIENT = "client"


class FeedDay(Record, table=True):
    """One London day on which a court or a client spoke, and how often. ``name`` is its code."""

    __tablename__ = "feed_day"
    __table_args__ = (
        one_of("kind", FeedKind),
        UniqueConstraint("kind", "name", "day"),
        Index("ix_feed_day_day", "day"),
    )

    id: int = Field(default=None, primary_key=True)
    kind: str
    name: str
    day: date
    times: int


class CodeKind(StrEnum):
    """What a code names."""

    OFFENCE = "offence"
    RESULT = "result"


class UnknownCode(Record, table=True):
    """A code that no table holds, how often it came, and the last day of sentence with it."""

    __tablename__ = "unknown_code"
    __table_args__ = (one_of("kind", CodeKind), UniqueConstraint("kind", "code"))

    id: int = Field(default=None, primary_key=True)
    kind: str
    code: str
    times: int
    last_on: date


class FeedCursor(Record, table=True):
    """How far one kind of row has been counted, by its id."""

    __tablename__ = "feed_cursor"

    name: str = Field(primary_key=True)
    last_id: int
