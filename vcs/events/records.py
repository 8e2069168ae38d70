"""Key events, who is told of each, and what people said about being reached in danger."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field

from vcs.tables import Record, moment, one_of

LONGEST_NAME, LONGEST_WORDS, LONGEST_ACCOUNT = 200, 1000, 2000
"""How many characters a name, a reason or remark, and the account of an event may have."""

LONGEST_REASON = LONGEST_WORDS


_OPEN = text("told_at IS NULL AND not_told_reason IS NULL")


class EventKind(StrEnum):
    """What became of an offender, or is planned. Each has a row in ``catalogue.py``."""

    RELEASED_IN_ERROR = "released_in_error"
    ESCAPED = "escaped"
    ABSCONDED = "absconded"
    NOT_RETURNED = "not_returned"
    TIME_SERVED = "time_served"
    RELEASE_PLANNED = "release_planned"
    RELEASE_MOVED = "release_moved"
    RELEASED = "released"
    TEMPORARY_RELEASE = "temporary_release"
    RECALLED = "recalled"
    BACK_IN_CUSTODY = "back_in_custody"
    PAROLE_REVIEW = "parole_review"
    PAROLE_DECISION = "parole_decision"
    OPEN_CONDITIONS = "open_conditions"
    TO_HOSPITAL = "to_hospital"
    FROM_HOSPITAL = "from_hospital"
    REMOVED = "removed"
    DIED = "died"
    LICENCE_CHANGED = "licence_changed"
    LICENCE_ENDS = "licence_ends"
    SENTENCE_CHANGED = "sentence_changed"
    EARLY_RELEASE = "early_release"
    HOSPITAL_REVIEW = "hospital_review"
    HOSPITAL_DECISION = "hospital_decision"
    RESTRICTIONS_ENDED = "restrictions_ended"
    RECALL_ORDERED = "recall_ordered"


class EventSource(StrEnum):
    """Who told us of an event."""

    PRISON = "prison"
    OFFENDER_MANAGER = "offender_manager"
    POLICE = "police"
    PAROLE_BOARD = "parole_board"
    HOSPITAL = "hospital"
    COURT = "court"
    VICTIM = "victim"
    OTHER = "other"


class Way(StrEnum):
    """How somebody is told of an event."""

    PHONE = "phone"
    IN_PERSON = "in_person"
    VIDEO = "video"
    THIRD_PARTY = "third_party"
    POLICE = "police"
    LETTER = "letter"


class NotTold(StrEnum):
    """Why somebody is not to be told of an event."""

    OPTED_OUT = "opted_out"
    DECEASED = "deceased"
    NOT_WANTED = "not_wanted"
    ANOTHER_OFFENDER = "another_offender"
    OTHER = "other"
    OFFENDER_DIED = "offender_died"


class IfOut(StrEnum):
    """How a person asked to be reached if the offender is out unexpectedly."""

    RING = "ring"
    THIRD_PARTY = "third_party"
    POLICE = "police"
    NEVER = "never"


class KeyEvent(Record, table=True):
    """One event, as it was recorded. Nothing of it is edited: a mistake is taken back.

    Three facts stay apart: when it happened (``happened_on``, and ``happened_at`` where the hour is
    known; with ``only_month`` the first day stands for a month), when the source knew, and when we
    knew (``recorded_at``). When somebody was told is a fact of each line. ``sealed`` holds who the
    source was, and what is known. ``may_tell_at`` is when the hold ended: at once where there is
    none, else when every line was ready or a manager split the set. ``undo_by_at`` is by when those
    who were told must know that it was a mistake. ``over_at`` is when we knew that a danger was
    over of which people hear again and again. ``offers_asked_on`` is when it was last looked at who
    is made the offer again because of it. Before ``embargo_until`` nobody is told, unless it was
    ended earlier, at ``embargo_ended_at``, because the news was out.
    """

    __tablename__ = "key_event"
    __table_args__ = (one_of("kind", EventKind), one_of("source", EventSource))

    id: int = Field(default=None, primary_key=True)
    reference: str = Field(unique=True)
    referral_id: int = Field(foreign_key="referral.id", index=True)
    kind: str
    happened_on: date
    happened_at: datetime | None = moment(default=None)
    only_month: bool = False
    source: str
    source_knew_on: date | None = None
    source_knew_at: datetime | None = moment(default=None)
    sealed: bytes
    recorded_at: datetime = moment()
    recorded_by: int = Field(foreign_key="account.id")
    tell_by_at: datetime = moment()
    may_tell_at: datetime | None = moment(default=None)
    split_at: datetime | None = moment(default=None)
    split_by: int | None = Field(default=None, foreign_key="account.id")
    split_sealed: bytes | None = None
    taken_back_at: datetime | None = moment(default=None)
    taken_back_by: int | None = Field(default=None, foreign_key="account.id")
    taken_back_sealed: bytes | None = None
    undo_by_at: datetime | None = moment(default=None)
    over_at: datetime | None = moment(default=None)
    offers_asked_on: date | None = None
    embargo_until: datetime | None = moment(default=None)
    embargo_by: int | None = Field(default=None, foreign_key="account.id")
    embargo_sealed: bytes | None = None
    embargo_ended_at: datetime | None = moment(default=None)
    embargo_ended_by: int | None = Field(default=None, foreign_key="account.id")
    embargo_ended_sealed: bytes | None = None


class EventLine(Record, table=True):
    """One person's part, to be told of one event, or (``undo``) that it was a mistake.

    ``way`` is how somebody decided that they are told, with the reason in ``way_sealed``. It is
    open until ``told_at`` or ``not_told_reason`` is set. ``told_sealed`` holds who was spoken to
    and where they had heard it before; ``heard_before`` that they had. ``not_told_by`` None means
    that their own choice says so.
    """

    __tablename__ = "event_line"
    __table_args__ = (
        one_of("way", Way),
        one_of("told_how", Way),
        one_of("not_told_reason", NotTold),
        UniqueConstraint("event_id", "victim_id", "undo"),
        # Who is still to be told leads every first page.
        Index("ix_event_line_open", "event_id", sqlite_where=_OPEN, postgresql_where=_OPEN),
    )

    id: int = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="key_event.id")
    victim_id: int = Field(foreign_key="victim.id", index=True)
    undo: bool = False
    joined_at: datetime = moment()
    way: str | None = None
    way_at: datetime | None = moment(default=None)
    way_by: int | None = Field(default=None, foreign_key="account.id")
    way_sealed: bytes | None = None
    letters_only: bool = False
    tries: int = 0
    tried_at: datetime | None = moment(default=None)
    told_at: datetime | None = moment(default=None)
    told_how: str | None = None
    told_by: int | None = Field(default=None, foreign_key="account.id")
    heard_before: bool = False
    told_sealed: bytes | None = None
    not_told_reason: str | None = None
    not_told_at: datetime | None = moment(default=None)
    not_told_by: int | None = Field(default=None, foreign_key="account.id")
    not_told_sealed: bytes | None = None

    @property
    def is_open(self) -> bool:
        """Say whether they are still to be told."""
        return self.told_at is None and self.not_told_reason is None


class IfOutAnswer(Record, table=True):
    """What a person asked for if the offender is out unexpectedly. The latest day's answer counts.

    ``sealed`` holds the safe third party with their number, and anything else that was said.
    ``victim_id`` is the part through which it was asked.
    """

    __tablename__ = "if_out_answer"
    __table_args__ = (one_of("answer", IfOut),)

    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    victim_id: int = Field(foreign_key="victim.id", index=True)
    answer: str
    sealed: bytes
    answered_on: date
    recorded_at: datetime = moment()
    recorded_by: int = Field(foreign_key="account.id")
