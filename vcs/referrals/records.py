"""Referrals, the victims in them, what they chose, and what is owed to them by when."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field

from vcs.tables import Record, moment, one_of
from vcs.terms import OwedBy, Role

_HAS_OFFICER = text("vlo_account_id IS NOT NULL")

_LIFTED = text("lifted_on IS NOT NULL")

_OWED = text("met_on IS NULL AND lifted_on IS NULL")

_OF_A_VICTIM = text("victim_id IS NOT NULL")


class ReferralStatus(StrEnum):
    """How far a referral has come."""

    AWAITING = "awaiting"
    REFERRED = "referred"
    CLOSED = "closed"


class ClosedReason(StrEnum):
    """Why a referral is closed. ``vcs.consequences.closing.close`` says what each reason does."""

    NO_IDENTIFIABLE_VICTIM = "no_identifiable_victim"
    VICTIM_CANNOT_BE_TRACED = "victim_cannot_be_traced"
    REFUSED_REFERRAL = "refused_referral"
    NOT_ELIGIBLE = "not_eligible"


class ProposalDecision(StrEnum):
    """What became of a proposal to close a referral.

    ``OVERTAKEN``: a victim was added or the referral was closed for another reason first.
    """

    CONFIRMED = "confirmed"
    REFUSED = "refused"
    OVERTAKEN = "overtaken"


class Basis(StrEnum):
    """Why contact is offered."""

    STATUTORY = "statutory"
    NOTIFICATION_SCHEME = "notification_scheme"
    DISCRETIONARY = "discretionary"


class Referral(Record, table=True):
    """One sentence whose victims are owed or offered contact.

    ``traced_since`` is set while the victim's details are being traced; ``look_again_on`` is the
    day of the next look. ``found_late_on`` is the day on which the sentence was found to be owed
    contact, where its time limits had passed by then.
    """

    __tablename__ = "referral"
    __table_args__ = (
        one_of("status", ReferralStatus),
        one_of("basis", Basis),
        Index("ix_referral_region_status", "region_code", "status"),
        Index("ix_referral_area_status", "police_area", "status"),
        Index("ix_referral_status_opened", "status", "opened_on"),
        Index(
            "ix_referral_officer",
            "vlo_account_id",
            "status",
            sqlite_where=_HAS_OFFICER,
            postgresql_where=_HAS_OFFICER,
        ),
        Index("ix_referral_status_basis", "status", "basis", "region_code", "police_area"),
    )

    id: int = Field(default=None, primary_key=True)
    reference: str = Field(unique=True)
    sentence_id: int = Field(foreign_key="sentence.id", unique=True)
    region_code: str | None = None
    police_area: str | None = None
    opened_on: date
    status: str = ReferralStatus.AWAITING
    basis: str
    vlo_account_id: int | None = Field(default=None, foreign_key="account.id")
    closed_on: date | None = None
    closed_reason: str | None = None
    traced_since: date | None = None
    traced_by: int | None = Field(default=None, foreign_key="account.id")
    look_again_on: date | None = None
    found_late_on: date | None = Field(default=None, index=True)


class ClosingProposal(Record, table=True):
    """A proposal to close a referral, and the unit's decision. Decided once, never deleted.

    ``sealed`` and ``decided_sealed`` hold the reasons in words. ``decision`` is None while the
    unit has not decided; a referral has at most one such proposal. ``try_again_on`` is when
    somebody tries again to trace a victim who cannot be traced.
    """

    __tablename__ = "closing_proposal"
    __table_args__ = (
        one_of("reason", ClosedReason),
        one_of("decision", ProposalDecision),
        one_of("proposed_as", Role),
        CheckConstraint("(decision IS NULL) = (decided_at IS NULL)", name="decided"),
        CheckConstraint(
            "decision <> 'confirmed' OR (decided_by IS NOT NULL AND decided_by <> proposed_by)",
            name="second_person",
        ),
        Index(
            "uq_closing_proposal_waiting",
            "referral_id",
            unique=True,
            sqlite_where=text("decision IS NULL"),
            postgresql_where=text("decision IS NULL"),
        ),
    )

    id: int = Field(default=None, primary_key=True)
    referral_id: int = Field(foreign_key="referral.id", index=True)
    request_id: int | None = Field(default=None, foreign_key="referral_request.id", index=True)
    reason: str
    sealed: bytes
    proposed_at: datetime = moment()
    proposed_by: int = Field(foreign_key="account.id")
    proposed_as: str
    decision: str | None = None
    decided_at: datetime | None = moment(default=None)
    decided_by: int | None = Field(default=None, foreign_key="account.id")
    decided_sealed: bytes | None = None
    try_again_on: date | None = None


class ReopeningRecord(Record, table=True):
    """One reopening of a referral, with the closing that it ended. Never edited.

    ``sealed`` holds why, in words; None where the answer to a task says why.
    """

    __tablename__ = "reopening"

    id: int = Field(default=None, primary_key=True)
    referral_id: int = Field(foreign_key="referral.id", index=True)
    closed_on: date | None = None
    closed_reason: str | None = None
    sealed: bytes | None = None
    reopened_at: datetime = moment()
    reopened_by: int = Field(foreign_key="account.id")


class RefusalRecord(Record, table=True):
    """The evidence that a victim refused to be referred; the newest of a referral stands.

    ``sealed`` holds who told us, and what.
    """

    __tablename__ = "refusal"

    id: int = Field(default=None, primary_key=True)
    referral_id: int = Field(foreign_key="referral.id", index=True)
    refused_on: date
    how: str
    sealed: bytes
    recorded_at: datetime = moment()
    recorded_by: int = Field(foreign_key="account.id")


class DeadlineRecord(Record, table=True):
    """One duty with its date. ``missed_on`` is the day on which the miss was marked.

    ``lifted_on`` is the day from which it was no longer owed, because the referral was closed
    without it being met. ``calendar`` names the bank-holiday calendar it was last counted by.
    ``lawful_due_on`` is the day by which it was due by law, where the sentence was found later
    and ``due_on`` counts from the day it was found.
    """

    __tablename__ = "deadline"
    __table_args__ = (
        one_of("owed_by", OwedBy),
        Index("ix_deadline_open_due", "met_on", "missed_on", "due_on"),
        Index(
            "ix_deadline_next_due",
            "referral_id",
            "due_on",
            sqlite_where=text("met_on IS NULL AND lifted_on IS NULL"),
            postgresql_where=text("met_on IS NULL AND lifted_on IS NULL"),
        ),
        Index(
            "ix_deadline_open_on",
            "due_on",
            sqlite_where=text("met_on IS NULL AND lifted_on IS NULL"),
            postgresql_where=text("met_on IS NULL AND lifted_on IS NULL"),
        ),
        Index("ix_deadline_open_calendar", "met_on", "missed_on", "calendar"),
        Index(
            "ix_deadline_open_duty",
            *("duty", "due_on"),
            sqlite_where=_OWED,
            postgresql_where=_OWED,
        ),
        Index(
            "ix_deadline_victim_id",
            *("victim_id", "duty"),
            sqlite_where=_OF_A_VICTIM,
            postgresql_where=_OF_A_VICTIM,
        ),
        Index(
            "ix_deadline_lifted",
            "lifted_on",
            sqlite_where=_LIFTED,
            postgresql_where=_LIFTED,
        ),
    )

    id: int = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    referral_id: int = Field(foreign_key="referral.id", index=True)
    victim_id: int | None = Field(default=None, foreign_key="victim.id")
    duty: str
    owed_by: str
    starts_on: date
    due_on: date
    counted: str
    provision: str
    provisional: bool = False
    met_on: date | None = None
    missed_on: date | None = None
    lifted_on: date | None = None
    lawful_due_on: date | None = None
    calendar: str = ""


class DeadlineMove(Record, table=True):
    """A deadline counted anew: what it was, what it became and why. Never edited.

    ``was`` and ``became`` are alike where it was left as it stood and a person was asked.
    """

    __tablename__ = "deadline_move"
    __table_args__ = (UniqueConstraint("deadline_id", "calendar"),)

    id: int = Field(default=None, primary_key=True)
    deadline_id: int = Field(foreign_key="deadline.id")
    was: date
    became: date
    why: str
    calendar: str
    moved_at: datetime = moment()


def deadline_key(referral_id: int, victim_id: int | None, duty: str, starts_on: date) -> str:
    """Return what makes a deadline one of a kind: one duty, for one person, from one day."""
    return f"{referral_id}:{victim_id or 0}:{duty}:{starts_on.isoformat()}"
