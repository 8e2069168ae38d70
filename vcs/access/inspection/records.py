"""Samples of referrals that were drawn for an inspector."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from vcs.tables import Record, moment


class InspectionSample(Record, table=True):
    """One sample, drawn once: looking at it draws nothing. Never changed.

    ``from_on`` and ``to_on`` are the first and last day on which its referrals were opened, and
    ``out_of`` is how many there were to draw from. The inspector reads it to the end of
    ``open_until``.
    """

    __tablename__ = "inspection_sample"

    id: int = Field(default=None, primary_key=True)
    reference: str = Field(unique=True)
    account_id: int = Field(foreign_key="account.id", index=True)
    region_code: str = Field(index=True)
    from_on: date
    to_on: date
    size: int
    out_of: int
    open_until: date
    drawn_at: datetime = moment()
    drawn_by: int = Field(foreign_key="account.id")


class SampledReferral(Record, table=True):
    """One referral of a sample, in the order in which they were drawn."""

    __tablename__ = "sampled_referral"
    __table_args__ = (UniqueConstraint("sample_id", "referral_id"),)

    sample_id: int = Field(foreign_key="inspection_sample.id", primary_key=True)
    place: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    referral_id: int = Field(foreign_key="referral.id", index=True)
