"""The clocks as they are kept, and what people record of their starts and ends."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field

from vcs.tables import Record, moment, one_of

_OPEN = text("met_on IS NULL AND stopped_on IS NULL")

BACK_STOPS = ("back-stop-alert", "back-stop-breach")
"""Both say again what the deadlines to refer and of first contact say."""

NO_BACK_STOP = "duty NOT IN ('back-stop-alert', 'back-stop-breach')"
"""The same as a condition, written as the indexes below hold it."""

_OPEN_AND_TOLD = text(f"met_on IS NULL AND stopped_on IS NULL AND {NO_BACK_STOP}")

_MET, _STOPPED = text("met_on IS NOT NULL"), text("stopped_on IS NOT NULL")


class StopReason(StrEnum):
    """Why a clock stopped without its duty being met. It never hides the time that passed."""

    REFERRAL_CLOSED = "referral_closed"
    NO_CONTACT_WANTED = "no_contact_wanted"
    SENTENCE_CHANGED = "sentence_changed"
    TAKEN_BACK = "taken_back"
    CAME_BACK = "came_back"
    LETTER_WITHDRAWN = "letter_withdrawn"
    NOT_TO_BE_TOLD = "not_to_be_told"
    NOT_OWED = "not_owed"
    OTHERS_TOLD = "others_told"


STOPS_BY_HAND = (StopReason.NOT_OWED, StopReason.OTHERS_TOLD)
"""What a person may say; everything else follows from what is on record."""


class StartKind(StrEnum):
    """What starts a duty and is known only once a person says so."""

    RESULT_RECEIVED = "result_received"
    HEARING_RESULT = "hearing_result"
    HEARING_RESULT_ENHANCED = "hearing_result_enhanced"
    RESTRICTIONS_END = "restrictions_end"
    COMPLAINT = "complaint"


class ClockRecord(Record, table=True):
    """One clock, as ``derive.py`` last worked it out from what is on record.

    ``due_on`` None is a duty whose time no text gives: it shows its age and is never late.
    ``at_latest`` marks a ``met_on`` by which it had been met, without the day being known.
    ``is_confirmed`` False is a time that is ours, or that was seen in no text. The place and the
    officer are the referral's, kept beside the day so that lists are read by an index.
    """

    __tablename__ = "clock"
    __table_args__ = (
        one_of("stop_reason", StopReason),
        CheckConstraint("(stopped_on IS NULL) = (stop_reason IS NULL)", name="stopped"),
        Index("ix_clock_open_due", "due_on", sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_clock_open_calendar", "calendar", sqlite_where=_OPEN, postgresql_where=_OPEN),
        *(
            Index(
                f"ix_clock_open_{name}",
                *(column, "owed_by", "due_on", "id"),
                sqlite_where=_OPEN,
                postgresql_where=_OPEN,
            )
            for name, column in (
                ("region", "region_code"),
                ("area", "police_area"),
                ("officer", "officer_id"),
            )
        ),
        *(
            Index(
                f"ix_clock_told_{name}",
                *(column, "owed_by", "due_on", "id"),
                sqlite_where=_OPEN_AND_TOLD,
                postgresql_where=_OPEN_AND_TOLD,
            )
            for name, column in (("region", "region_code"), ("officer", "officer_id"))
        ),
        # Not of what is open: most clocks would be found by having ended on no day.
        Index("ix_clock_met", "met_on", sqlite_where=_MET, postgresql_where=_MET),
        Index("ix_clock_stopped", "stopped_on", sqlite_where=_STOPPED, postgresql_where=_STOPPED),
    )

    id: int = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    referral_id: int = Field(foreign_key="referral.id", index=True)
    victim_id: int | None = Field(default=None, foreign_key="victim.id", index=True)
    region_code: str | None = None
    police_area: str | None = None
    officer_id: int | None = None
    duty: str
    owed_by: str
    started_by: str
    starts_on: date
    due_on: date | None = None
    counted: str
    provision: str
    is_confirmed: bool
    provisional: bool
    calendar: str
    met_on: date | None = None
    at_latest: bool = False
    stopped_on: date | None = None
    stop_reason: str | None = None


class ClockStart(Record, table=True):
    """What a person says started a duty, and on which day. Never edited: it is taken back."""

    __tablename__ = "clock_start"
    __table_args__ = (one_of("kind", StartKind),)

    id: int = Field(default=None, primary_key=True)
    referral_id: int = Field(foreign_key="referral.id", index=True)
    kind: str
    happened_on: date
    recorded_at: datetime = moment()
    recorded_by: int = Field(foreign_key="account.id")
    taken_back_at: datetime | None = moment(default=None)
    taken_back_by: int | None = Field(default=None, foreign_key="account.id")


class ClockEnd(Record, table=True):
    """What a person says ended a clock: the duty was met, or it is not owed. The newest counts.

    ``sealed`` holds how they know.
    """

    __tablename__ = "clock_end"
    __table_args__ = (
        one_of("stop_reason", STOPS_BY_HAND),
        Index("ix_clock_end_referral_id", "referral_id"),
    )

    id: int = Field(default=None, primary_key=True)
    referral_id: int = Field(foreign_key="referral.id")
    clock_key: str
    ended_on: date
    stop_reason: str | None = None
    sealed: bytes
    recorded_at: datetime = moment()
    recorded_by: int = Field(foreign_key="account.id")


class ClockMark(Record, table=True):
    """A referral whose clocks must be worked out again. Written by the database (``marks.py``)."""

    __tablename__ = "clock_mark"

    id: int = Field(default=None, primary_key=True)
    referral_id: int = Field(index=True)
