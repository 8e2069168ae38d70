"""The partners that letters go to, each with its addresses, day by day."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from vcs.tables import Record, moment, one_of


class OfficeKind(StrEnum):
    """What a partner is. ``vcs.post.others.destinations.places`` says which letters go to which."""

    WITNESS_CARE_UNIT = "witness_care_unit"
    YOUTH_OFFENDING_TEAM = "youth_offending_team"
    HOSPITAL_MANAGERS = "hospital_managers"
    PROBATION_OFFICE = "probation_office"


class PartnerOffice(Record, table=True):
    """One office of a partner.

    ``place`` is the code of what it serves: a police area or a region; "" for a hospital, which
    serves every place. ``ended_on`` is the day from which nothing goes there any more.
    """

    __tablename__ = "partner_office"
    __table_args__ = (one_of("kind", OfficeKind),)

    id: int = Field(default=None, primary_key=True)
    reference: str = Field(unique=True)
    kind: str
    place: str = Field(default="", index=True)
    name: str
    ended_on: date | None = None


class OfficeAddress(Record, table=True):
    """Where letters to an office go from a day on, until the next one. Never edited.

    ``lines`` has one line of the address on each line.
    """

    __tablename__ = "office_address"
    __table_args__ = (UniqueConstraint("office_id", "from_on"),)

    id: int = Field(default=None, primary_key=True)
    office_id: int = Field(foreign_key="partner_office.id", index=True)
    lines: str
    postcode: str
    from_on: date
    recorded_at: datetime = moment()
    recorded_by: int = Field(foreign_key="account.id")


class PartnerLook(Record, table=True):
    """How far the look for letters that one trigger brings has come, by the ids of sentences.

    ``ended_at`` is when the last round was over; None while one is under way.
    """

    __tablename__ = "partner_look"

    trigger: str = Field(primary_key=True)
    after_id: int = 0
    ended_at: datetime | None = moment(default=None)
