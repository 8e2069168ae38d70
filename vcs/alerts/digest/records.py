"""What each person was told on which morning, what they did about it, and runs that were held."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, false, text
from sqlmodel import Field

from vcs.tables import Record, moment, one_of


class Part(StrEnum):
    """Which mail of a morning it is: the digest, or its counts alone while the rest is held.

    ``AHEAD`` is one that was written for a later day, while the clock stood ahead.
    """

    DIGEST = "digest"
    COUNTS = "counts"
    AHEAD = "ahead"


class LineState(StrEnum):
    """What a line of a digest said of a matter."""

    MISSED = "missed"
    DUE = "due"
    SETTLED = "settled"


class ActKind(StrEnum):
    """What somebody did about a matter in their digest."""

    PLAN = "plan"
    SNOOZE = "snooze"
    DISPUTE = "dispute"
    RECALL = "recall"


class RunDecision(StrEnum):
    """What became of a run that was held. ``UNANSWERED`` ones go at the end of the day."""

    SENT = "sent"
    EDITED = "edited"
    DROPPED = "dropped"
    UNANSWERED = "unanswered"


class HeldRun(Record, table=True):
    """A morning whose digests of one region told of far more than usual, and were held.

    ``account_id`` is the one person who is asked now, since ``asked_at``. ``region_code`` is empty
    for what has no region. ``left_out`` are the matters that were edited out, as JSON; ``sealed``
    is the reason in words.
    """

    __tablename__ = "held_run"
    __table_args__ = (
        UniqueConstraint("region_code", "day"),
        one_of("decision", RunDecision),
        CheckConstraint("(decision IS NULL) = (decided_at IS NULL)", name="decided"),
    )

    id: int = Field(default=None, primary_key=True)
    reference: str = Field(unique=True)
    region_code: str = ""
    day: date
    new_rows: int
    usual: int
    account_id: int | None = Field(default=None, foreign_key="account.id")
    asked_at: datetime = moment()
    held_at: datetime = moment()
    decision: str | None = None
    decided_at: datetime | None = moment(default=None)
    decided_by: int | None = Field(default=None, foreign_key="account.id")
    left_out: str = "[]"
    let_through_until: date | None = None
    sealed: bytes | None = None


class Digest(Record, table=True):
    """One morning's mail to one person, and the time that it covers. At most one a day.

    ``facts`` is what it says, as JSON. ``run_id`` is the held run that keeps it from being sent;
    ``taken_at`` is when the mail server took it.
    """

    __tablename__ = "digest"
    __table_args__ = (
        UniqueConstraint("account_id", "day", "part"),
        one_of("part", Part),
        Index("ix_digest_region_day", "region_code", "day"),
    )

    id: int = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id")
    region_code: str = ""
    day: date
    part: str = Part.DIGEST
    alert_id: int | None = Field(default=None, foreign_key="alert.id", unique=True)
    run_id: int | None = Field(default=None, foreign_key="held_run.id", index=True)
    covers_from: datetime = moment()
    covers_until: datetime = moment()
    facts: str
    new_rows: int = 0
    taken_at: datetime | None = moment(default=None)


class DigestLine(Record, table=True):
    """One matter that one person was told of, at one rung, on one day: never twice.

    ``is_last`` marks the newest line about the matter that this person's mail server took.
    """

    __tablename__ = "digest_line"
    __table_args__ = (
        UniqueConstraint("account_id", "matter", "rung", "day"),
        one_of("state", LineState),
        Index(
            "ix_digest_line_last",
            "account_id",
            "matter",
            sqlite_where=text("is_last"),
            postgresql_where=text("is_last"),
        ),
    )

    id: int = Field(default=None, primary_key=True)
    digest_id: int = Field(foreign_key="digest.id", index=True)
    account_id: int = Field(foreign_key="account.id")
    day: date
    matter: str = Field(index=True)
    rung: str
    state: str
    is_new: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    is_last: bool = Field(default=False, sa_column_kwargs={"server_default": false()})


class MatterAct(Record, table=True):
    """What somebody did about one matter: plan it, put it off, dispute it, or take its row back.

    It ends with its date, with the matter, or with its holder's account; it never stops a clock.
    ``sealed`` is what they wrote. A person puts one matter off once.
    """

    __tablename__ = "matter_act"
    __table_args__ = (
        one_of("kind", ActKind),
        Index(
            "uq_matter_act_snooze",
            "matter",
            "account_id",
            unique=True,
            sqlite_where=text("kind = 'snooze'"),
            postgresql_where=text("kind = 'snooze'"),
        ),
    )

    id: int = Field(default=None, primary_key=True)
    matter: str = Field(index=True)
    kind: str
    account_id: int = Field(foreign_key="account.id", index=True)
    until_on: date | None = None
    task_id: int | None = Field(default=None, foreign_key="task.id")
    sealed: bytes
    made_at: datetime = moment()
    left_told_at: datetime | None = moment(default=None)


class LadderChange(Record, table=True):
    """A region's own number for one rung of the ladder: the newest counts. Never edited."""

    __tablename__ = "ladder_change"
    __table_args__ = (Index("ix_ladder_change_region_rung", "region_code", "rung"),)

    id: int = Field(default=None, primary_key=True)
    region_code: str
    rung: str
    after: int
    why: str
    changed_at: datetime = moment()
    changed_by: int = Field(foreign_key="account.id")


class DigestHour(Record, table=True):
    """At which hour of the morning somebody wants their digest. Nobody can want none."""

    __tablename__ = "digest_hour"
    __table_args__ = (CheckConstraint("minutes BETWEEN 300 AND 465", name="before_eight"),)

    account_id: int = Field(foreign_key="account.id", primary_key=True)
    minutes: int


class Recall(Record, table=True):
    """An email that was wrong, taken back: everybody who was sent it is told. ``sealed`` is why."""

    __tablename__ = "recall"

    id: int = Field(default=None, primary_key=True)
    alert_id: int = Field(foreign_key="alert.id", unique=True)
    recalled_at: datetime = moment()
    recalled_by: int = Field(foreign_key="account.id")
    sealed: bytes
