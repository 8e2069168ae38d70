"""Questions for a person."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Index, text
from sqlmodel import Field

from vcs.tables import Record, moment, one_of


class TaskKind(StrEnum):
    """What a person is asked to do."""

    DECIDE = "decide"
    DISCRETION = "discretion"
    QUESTION = "question"
    SENTENCE_CHANGED = "sentence_changed"
    SENTENCE_GONE = "sentence_gone"
    ROUTE = "route"
    SET_ASIDE = "set_aside"
    ALERT_NOT_SENT = "alert_not_sent"
    REFERRAL_TO_MATCH = "referral_to_match"
    WITNESS_CARE_SAYS = "witness_care_says"
    ADDRESS_TO_CHECK = "address_to_check"
    CANNOT_OPEN = "cannot_open"
    CALENDAR = "calendar"
    CLOSING_PROPOSED = "closing_proposed"
    RESULT_CODE = "result_code"
    FOUND_LATE = "found_late"
    ONE_LOOK = "one_look"
    SAME_PERSON = "same_person"
    OFFER_OWED = "offer_owed"
    ASK_AGAIN = "ask_again"
    TRANSFER_OFFERED = "transfer_offered"
    INTRODUCE_OFFICER = "introduce_officer"
    NEEDS_AGAIN = "needs_again"
    TURNING_18 = "turning_18"
    ALSO_OFFENDER = "also_offender"
    FAMILY_DOUBT = "family_doubt"
    LETTER_RETURNED = "letter_returned"
    LETTER_NOT_SENT = "letter_not_sent"
    WITNESS_CARE_ASKS = "witness_care_asks"
    DECLINE_REVIEW = "decline_review"
    DISPUTED = "disputed"
    RUNG_EMPTY = "rung_empty"
    LIST_LINE = "list_line"
    OFFICE_UNKNOWN = "office_unknown"
    RETURNED_UNKNOWN = "returned_unknown"
    DEATH_TO_CONFIRM = "death_to_confirm"
    CUSTODY_EVENT = "custody_event"
    CUSTODY_MEANING = "custody_meaning"
    CUSTODY_MESSAGE = "custody_message"
    CONSULTATION = "consultation"
    CONSULTED_UNREFERRED = "consulted_unreferred"
    CUSTODY_BURST = "custody_burst"
    SAME_OFFENDER = "same_offender"
    PHONE_TO_CHECK = "phone_to_check"
    EMAIL_TO_CHECK = "email_to_check"
    LEFT_WAITING = "left_waiting"


DECIDING = (
    TaskKind.DECIDE,
    TaskKind.DISCRETION,
    TaskKind.SENTENCE_CHANGED,
    TaskKind.SENTENCE_GONE,
)

"""The questions whose answer says whether contact is owed."""


BY_TWO = (TaskKind.DECIDE, TaskKind.DISCRETION)

"""The questions to which a no takes two people, whatever the law says by then."""


class TaskTopic(StrEnum):
    """What raised a question: a sentence's state, a part of a request, a deadline, an officer."""

    SENTENCE = "sentence"
    MATCH = "match"
    CLOSED = "closed"
    OFFER = "offer"
    SAYS = "says"
    FAULT = "fault"
    LATE = "late"
    ELSEWHERE = "elsewhere"
    OPTED_OUT = "opted_out"
    SAFETY = "safety"
    WENT_BACK = "went_back"
    KEY_REUSED = "key_reused"
    OFFICER_NEEDED = "officer_needed"
    DEADLINE_EARLIER = "deadline_earlier"
    COVER_NEEDED = "cover_needed"
    TRANSFER = "transfer"
    TRACE = "trace"
    A_YEAR_ON = "a_year_on"
    MOVED = "moved"
    SAFETY_CHANGED = "safety_changed"
    RECALLED = "recalled"
    REVIEW = "review"
    BEFORE_RELEASE = "before_release"
    NEW_OFFENCE = "new_offence"
    IS_18 = "is_18"
    BEFORE_18 = "before_18"
    AT_18 = "at_18"
    SAME_ADDRESS = "same_address"
    NOT_OURS = "not_ours"
    ALREADY_SENT = "already_sent"
    SAID = "said"
    CORRECTION = "correction"
    WITHDRAWAL = "withdrawal"
    UNKNOWN_TO_US = "unknown_to_us"
    UNKNOWN_UNDECIDED = "unknown_undecided"
    LIST_DIFFERS = "list_differs"
    LIST_UNSURE = "list_unsure"
    LIST_LACKS = "list_lacks"
    MUST_STOP = "must_stop"
    DANGER = "danger"


_OPEN = text("done_at IS NULL")


class Task(Record, table=True):
    """One question for a person. ``key`` only makes a repeat harmless: nothing is read from it.

    ``person_id`` is who may be one with the person of ``victim_id``, ``other_sentence_id`` what may
    be of the offender of ``sentence_id``.
    """

    __tablename__ = "task"
    __table_args__ = (
        one_of("kind", TaskKind),
        one_of("topic", TaskTopic),
        Index("ix_task_open", "done_at", "region_code", "due_on"),
        Index("ix_task_victim_id", "victim_id"),
        Index(
            "ix_task_open_kind",
            *("kind", "opened_on"),
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
    )

    id: int = Field(default=None, primary_key=True)
    reference: str = Field(unique=True)
    key: str = Field(unique=True)
    kind: str
    topic: str | None = None
    question: str
    region_code: str | None = None
    due_on: date | None = None
    opened_on: date
    sentence_id: int | None = Field(default=None, foreign_key="sentence.id", index=True)
    referral_id: int | None = Field(default=None, foreign_key="referral.id")
    message_id: int | None = Field(default=None, foreign_key="court_message.id", index=True)
    request_receipt: str | None = Field(
        default=None, foreign_key="referral_request.receipt", index=True
    )
    victim_id: int | None = Field(default=None, foreign_key="victim.id")
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    result_code: str | None = None
    other_sentence_id: int | None = Field(default=None, foreign_key="sentence.id", index=True)
    done_at: datetime | None = moment(default=None)
    done_by: int | None = Field(default=None, foreign_key="account.id")
    answer: str | None = None
    note: str | None = None
