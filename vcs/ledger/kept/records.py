"""The kept states and counts. Nothing is decided from them: only counted and listed."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Index, text
from sqlmodel import Field

from vcs.tables import Record

NEVER = date(9999, 12, 31)
"""The due date of a referral about which nothing is owed: it sorts after every other."""

OPEN_URGENT, OPEN, CLOSED_URGENT, CLOSED, NO_REFERRAL = range(5)
"""The ranks of the worklist: what is open comes first, and in it what is urgent."""

_REFERRED = text("referral_id IS NOT NULL")

_LOOKED_FOR = text("look_again_on IS NOT NULL")


class KeptSentence(Record, table=True):
    """One sentence as it was last worked out by ``live.py``, with what its referral is listed by.

    ``due_on`` is the first day on which something open falls due. ``missing`` says that it is
    eligible and not accounted for, ``deciding`` that a person must decide about it meanwhile.
    """

    __tablename__ = "kept_sentence"
    __table_args__ = (
        Index("ix_kept_sentence_region", "region_code", "state", "sentenced_on", "sentence_id"),
        Index("ix_kept_sentence_state", "state", "sentenced_on", "sentence_id"),
        Index("ix_kept_sentence_day", "sentenced_on", "sentence_id"),
        Index("ix_kept_sentence_court", "court_code", "sentenced_on", "sentence_id"),
        Index(
            "ix_kept_sentence_look",
            "look_again_on",
            sqlite_where=_LOOKED_FOR,
            postgresql_where=_LOOKED_FOR,
        ),
        *(
            Index(
                f"ix_kept_sentence_list_{name}",
                *(column, "rank", "due_on", "sentenced_on", "referral_id"),
                sqlite_where=_REFERRED,
                postgresql_where=_REFERRED,
            )
            for name, column in (
                ("region", "region_code"),
                ("area", "police_area"),
                ("officer", "officer_id"),
            )
        ),
    )

    sentence_id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    state: str
    region_code: str | None = None
    police_area: str | None = None
    court_code: str | None = None
    sentenced_on: date
    missing: bool
    deciding: bool
    referral_id: int | None = Field(default=None, index=True)
    status: str | None = None
    officer_id: int | None = None
    rank: int
    look_again_on: date | None = None
    due_on: date


class KeptCount(Record, table=True):
    """How many sentences are in one cell. What is not known is written as an empty text.

    ``axis`` says what ``key`` is (:class:`vcs.ledger.kept.cells.Axis`).
    """

    __tablename__ = "kept_count"

    axis: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    region: str = Field(primary_key=True)
    area: str = Field(primary_key=True)
    state: str = Field(primary_key=True)
    n: int
    missing: int
    deciding: int


class KeptMark(Record, table=True):
    """A change that the counts do not hold yet. Written by the database itself (``marks.py``).

    Either a sentence that must be worked out again, or ``n`` more for a key of an axis.
    """

    __tablename__ = "kept_mark"

    id: int = Field(default=None, primary_key=True)
    sentence_id: int | None = Field(default=None, index=True)
    axis: str | None = None
    key: str | None = None
    n: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
