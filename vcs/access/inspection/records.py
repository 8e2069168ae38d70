"""Samples of referrals that were drawn for an inspector."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from vcs.tables import Record, moment


class InspectionSample(Record, table=True):
    """One sample, drawn once: looking at it draws nothing. Never changed.

    ``from_on`` and ``to_on`` are the first and last day on which its sentences were passed, and
    ``out_of`` is how many there were to draw from. The same ``seed`` draws the same again; it is
    empty for samples that were drawn from referrals. The inspector reads it to the end of
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
    seed: str = Field(default="", sa_column_kwargs={"server_default": ""})


class SampleStratum(Record, table=True):
    """How many eligible sentences there were in a state when a sample was drawn.

    ``restricted`` are those that could not be drawn, because only named people may see them.
    """

    __tablename__ = "sample_stratum"

    sample_id: int = Field(foreign_key="inspection_sample.id", primary_key=True)
    state: str = Field(primary_key=True)
    eligible: int
    drawn: int
    restricted: int


class SampledSentence(Record, table=True):
    """One sentence of a sample, whether or not anybody was ever referred."""

    __tablename__ = "sampled_sentence"
    __table_args__ = (UniqueConstraint("sample_id", "sentence_id"),)

    sample_id: int = Field(foreign_key="inspection_sample.id", primary_key=True)
    place: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    sentence_id: int = Field(foreign_key="sentence.id", index=True)
