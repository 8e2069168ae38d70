"""Emails owed to staff."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from vcs.tables import Record, moment


class AlertKind(StrEnum):
    """What an alert is about. Each kind has a template of its own in ``letters``."""

    MISSED_DEADLINE = "missed"
    FEED_SILENT = "feed_silent"
    LEDGER_OPEN = "ledger_open"
    SET_ASIDE_OLD = "set_aside_old"
    DECISION_LATE = "decision_late"
    CODE_LATE = "code_late"
    FOUND_LATE = "found_late"
    DANGER = "danger"
    TELL_SOON = "tell_soon"
    TELL_LATE = "tell_late"
    UNUSUAL_READING = "unusual_reading"
    YOUR_READING = "your_reading"
    EMERGENCY = "emergency"
    DIGEST = "digest"
    COUNTS = "counts"
    HELD = "held"
    LEAVER = "leaver"
    CANNOT_WAIT = "cannot_wait"
    RELEASE_NEAR = "release_near"
    SAFETY_WARNING = "safety_warning"
    STOP_TELLING = "stop_telling"
    LEFT_URGENT = "left_urgent"
    RECALLED = "recalled"
    ROW_RECALLED = "row_recalled"
    LIST_UNKNOWN = "list_unknown"


class AlertRecord(Record, table=True):
    """One email owed to staff. ``message_id`` is the fixed part of the mail's own Message-ID.

    It is about a deadline, or about a subject of its own: a court's code, the ledger. ``told`` are
    the words and numbers that its template may use, as JSON; none is about a person.
    ``account_id`` is the member of staff whom it is about, if anybody.
    ``withdrawn_at`` is set while its referral is closed: it is not sent.
    """

    __tablename__ = "alert"
    __table_args__ = (
        Index("ix_alert_owed", "sent_at", "failed_reason", "next_try_at"),
        Index("ix_alert_subject", "subject"),
        CheckConstraint("deadline_id IS NOT NULL OR subject <> ''", name="about"),
    )

    id: int = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    kind: str
    deadline_id: int | None = Field(default=None, foreign_key="deadline.id", index=True)
    subject: str = ""
    told: str = "{}"
    account_id: int | None = Field(default=None, foreign_key="account.id")
    region_code: str | None = None
    owed_at: datetime = moment()
    next_try_at: datetime = moment()
    tries: int = 0
    claimed_until: datetime | None = moment(default=None)
    claimed_by: str | None = None
    sent_at: datetime | None = moment(default=None)
    message_id: str = Field(unique=True)
    failed_reason: str | None = None
    withdrawn_at: datetime | None = moment(default=None)


class AlertDelivery(Record, table=True):
    """One alert on its way to one member of staff: each is tried, taken or given up by itself."""

    __tablename__ = "alert_delivery"
    __table_args__ = (UniqueConstraint("alert_id", "account_id"),)

    id: int = Field(default=None, primary_key=True)
    alert_id: int = Field(foreign_key="alert.id")
    account_id: int = Field(foreign_key="account.id", index=True)
    tries: int = 0
    next_try_at: datetime = moment()
    sent_at: datetime | None = moment(default=None)
    failed_reason: str | None = None
