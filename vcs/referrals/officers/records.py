"""When an officer is away and who answers meanwhile; referrals offered to another region."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field

from vcs.tables import Record, moment, one_of


class Absence(Record, table=True):
    """Days on which an officer is away, the first and the last included. Never deleted.

    ``cover_id`` None leaves their referrals to the managers of the region. ``stopped_on`` is the
    first day on which it no longer counts, where it ended early or was recorded anew.
    """

    __tablename__ = "absence"
    __table_args__ = (
        CheckConstraint("last_on >= first_on", name="days"),
        CheckConstraint("cover_id <> account_id", name="another"),
        Index("ix_absence_last_on", "last_on"),
    )

    id: int = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    cover_id: int | None = Field(default=None, foreign_key="account.id")
    first_on: date
    last_on: date
    stopped_on: date | None = None
    recorded_at: datetime = moment()
    recorded_by: int = Field(foreign_key="account.id")


class TransferDecision(StrEnum):
    """What became of an offer. ``OVERTAKEN``: the referral was closed or moved otherwise."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    OVERTAKEN = "overtaken"


class Transfer(Record, table=True):
    """A referral offered to another region. Until ``ended_on`` it is open, and the old unit's.

    ``sealed`` is the hand-over note, ``decided_sealed`` why the offer was refused, and
    ``introduced_sealed`` how the victims came to know the new officer. One that was accepted stays
    open until they do. ``ask_again_on`` is when the old unit is asked about an offer not answered.
    """

    __tablename__ = "transfer"
    __table_args__ = (
        one_of("decision", TransferDecision),
        CheckConstraint("to_region <> from_region", name="another"),
        CheckConstraint("(decision IS NULL) = (decided_at IS NULL)", name="decided"),
        CheckConstraint("decision <> 'accepted' OR to_vlo_id IS NOT NULL", name="officer"),
        Index(
            "uq_transfer_open",
            "referral_id",
            unique=True,
            sqlite_where=text("ended_on IS NULL"),
            postgresql_where=text("ended_on IS NULL"),
        ),
        Index("ix_transfer_ask_again_on", "decision", "ask_again_on"),
    )

    id: int = Field(default=None, primary_key=True)
    referral_id: int = Field(foreign_key="referral.id", index=True)
    from_region: str
    to_region: str
    sealed: bytes
    offered_at: datetime = moment()
    offered_by: int = Field(foreign_key="account.id")
    ask_again_on: date
    decision: str | None = None
    decided_at: datetime | None = moment(default=None)
    decided_by: int | None = Field(default=None, foreign_key="account.id")
    decided_sealed: bytes | None = None
    to_vlo_id: int | None = Field(default=None, foreign_key="account.id")
    introduced_on: date | None = None
    introduced_sealed: bytes | None = None
    ended_on: date | None = None
