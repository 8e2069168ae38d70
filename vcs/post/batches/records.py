"""Batches of letters for the printer, and the letters in each."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Field

from vcs.tables import Record, moment


class PrintBatch(Record, table=True):
    """Letters that are printed together.

    ``open_for`` is the region that it is for, or ``*`` for all, and None once it is closed: a
    place has one open batch. ``begun_by`` is as the trail has it. ``filled_at`` is when every
    letter that was to go was in it, ``made_at`` when its file was first finished and read back.
    """

    __tablename__ = "print_batch"

    id: int = Field(default=None, primary_key=True)
    reference: str = Field(unique=True)
    region_code: str | None = None
    open_for: str | None = Field(default=None, unique=True)
    begun_at: datetime = moment()
    begun_by: str
    filled_at: datetime | None = moment(default=None)
    made_at: datetime | None = moment(default=None)
    closed_at: datetime | None = moment(default=None)


class BatchLetter(Record, table=True):
    """One letter in one batch.

    ``held_letter_id`` is the letter while it waits in an open batch, so that no letter is in two;
    None once it left, was pulled, or the batch was closed without it.
    """

    __tablename__ = "batch_letter"

    id: int = Field(default=None, primary_key=True)
    batch_id: int = Field(foreign_key="print_batch.id", index=True)
    letter_id: int = Field(foreign_key="letter.id", index=True)
    held_letter_id: int | None = Field(default=None, foreign_key="letter.id", unique=True)
    pages: int | None = None
    first_page: int | None = None
    taken_at: datetime = moment()
    pulled_at: datetime | None = moment(default=None)
    pulled_reason: str | None = None
    left_on: date | None = None
