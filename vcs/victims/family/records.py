"""Births, deaths, and who speaks for whom or tells whom. Rows are added; the latest is current."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from vcs.tables import Record, moment, one_of


class BirthRecord(Record, table=True):
    """A person's date of birth, as somebody said it.

    ``sealed`` holds the day and how it is known. ``adult_in`` is the year in which they turn 18:
    all that the database shows of it, so that a sweep need not open every row.
    """

    __tablename__ = "person_birth"

    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    sealed: bytes
    adult_in: int = Field(index=True)
    recorded_at: datetime = moment()
    recorded_by: int = Field(foreign_key="account.id")


class DeathRecord(Record, table=True):
    """That a person has died. It is in force until a manager takes it back.

    It stops letters at once, and is final when a second person has confirmed it. ``sealed`` holds
    the day, where it is known, and how; ``confirmed_sealed`` how the second person knows;
    ``taken_back_sealed`` why it was wrong.
    """

    __tablename__ = "person_death"
    __table_args__ = (
        CheckConstraint("(taken_back_at IS NULL) = (taken_back_sealed IS NULL)", name="taken_back"),
        CheckConstraint("(confirmed_at IS NULL) = (confirmed_sealed IS NULL)", name="confirmed"),
    )

    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    sealed: bytes
    recorded_at: datetime = moment()
    recorded_by: int = Field(foreign_key="account.id")
    taken_back_at: datetime | None = moment(default=None)
    taken_back_by: int | None = Field(default=None, foreign_key="account.id")
    taken_back_sealed: bytes | None = None
    confirmed_at: datetime | None = moment(default=None)
    confirmed_by: int | None = Field(default=None, foreign_key="account.id")
    confirmed_sealed: bytes | None = None


class LinkKind(StrEnum):
    """What one person of a referral is to another, or to all of them."""

    LEAD = "lead"
    SPEAKS = "speaks"
    TELLS = "tells"


class FamilyLink(Record, table=True):
    """Who leads, who speaks for a child, who tells somebody: the latest row of each is current.

    ``victim_id`` is the child or whoever is told; of a ``LEAD`` it is the lead. ``by_victim_id``
    speaks or tells; None where the liaison officer does.
    """

    __tablename__ = "family_link"
    __table_args__ = (one_of("kind", LinkKind),)

    id: int = Field(default=None, primary_key=True)
    referral_id: int = Field(foreign_key="referral.id", index=True)
    victim_id: int = Field(foreign_key="victim.id", index=True)
    kind: str
    by_victim_id: int | None = Field(default=None, foreign_key="victim.id", index=True)
    recorded_at: datetime = moment()
    recorded_by: int = Field(foreign_key="account.id")
