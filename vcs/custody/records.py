"""What prisons and licence systems sent, as it came, and each fact that it told."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field

from vcs.tables import Record, moment, one_of

_WAITS = text("status = 'waiting'")


class CustodyStatus(StrEnum):
    """What became of a message."""

    WAITING = "waiting"
    READ = "read"
    SET_ASIDE = "set_aside"


class EndsAs(StrEnum):
    """What became of one fact.

    ``WAITING`` may still be undone by the prison. ``HELD`` is part of a burst that a person looks
    at. ``RECORDED`` is a key event of ours, ``SAME`` one that was recorded already. ``NOTHING`` is
    no news for anybody, ``NOT_OWED`` is about somebody whose victims are owed no contact,
    ``UNDONE`` was taken back within the hour. ``UNMATCHED`` and ``CHECK`` are a person's. ``BAD``
    could not be read.
    """

    WAITING = "waiting"
    RECORDED = "recorded"
    SAME = "same"
    NOTHING = "nothing"
    NOT_OWED = "not_owed"
    UNDONE = "undone"
    HELD = "held"
    UNMATCHED = "unmatched"
    CHECK = "check"
    BAD = "bad"


class CustodyMessage(Record, table=True):
    """One body as a system sent it, sealed: kept before it is read. None once its time is over."""

    __tablename__ = "custody_message"
    __table_args__ = (
        one_of("status", CustodyStatus),
        Index("ix_custody_message_waiting", "id", sqlite_where=_WAITS, postgresql_where=_WAITS),
    )

    id: int = Field(default=None, primary_key=True)
    receipt: str = Field(unique=True)
    content_hash: str = Field(unique=True)
    client_id: str
    received_at: datetime = moment()
    body: bytes | None
    status: str = CustodyStatus.WAITING
    problem: str | None = None
    read_at: datetime | None = moment(default=None)
    repeats: int = 0


class CustodyFact(Record, table=True):
    """One fact of a message: what happened to one offender, and when.

    Three moments stay apart: ``happened_on`` and ``happened_at``, as the source says; ``known_at``,
    when it came to us; and when people were told, which the lines of the set hold. ``code`` is the
    source's own, ``reading`` what our tables make of it. ``sealed`` holds names and numbers until
    their time is over. ``person`` is the digest of whom it is about: facts of one person are looked
    at together.
    ``settle_at`` is until when the source may still undo it; of one that matched nobody, from when
    it is looked at again.
    """

    __tablename__ = "custody_fact"
    __table_args__ = (
        one_of("ends_as", EndsAs),
        UniqueConstraint("identity"),
        Index("ix_custody_fact_person", "person", "happened_on"),
        Index(
            "ix_custody_fact_settle",
            "settle_at",
            sqlite_where=text("ends_as = 'waiting'"),
            postgresql_where=text("ends_as = 'waiting'"),
        ),
    )

    id: int = Field(default=None, primary_key=True)
    message_id: int = Field(foreign_key="custody_message.id", index=True)
    row: int
    identity: str
    person: str
    code: str
    reading: str
    happened_on: date | None = None
    happened_at: datetime | None = moment(default=None)
    confirmed: bool = False
    known_at: datetime = moment()
    settle_at: datetime = moment()
    ends_as: str = EndsAs.WAITING
    because: str = ""
    settled_at: datetime | None = moment(default=None)
    sealed: bytes | None
    event_id: int | None = Field(default=None, foreign_key="key_event.id", index=True)
    task_id: int | None = Field(default=None, foreign_key="task.id", index=True)


class CustodyMark(Record, table=True):
    """The digest of a number of the person whom a fact is about."""

    __tablename__ = "custody_mark"

    fact_id: int = Field(foreign_key="custody_fact.id", primary_key=True)
    mark: str = Field(primary_key=True, index=True)
    kind: str
