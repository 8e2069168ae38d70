"""Figures as they were counted. No list, no headline and no alert is read from them."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from vcs.tables import Record, moment

DELAYS_OF_QUARTER: Final = "delays_of_quarter"
"""What is counted once and stays as it was made known, whatever program counts today."""

STAY: Final = frozenset({DELAYS_OF_QUARTER})


class CountedFigures(Record, table=True):
    """The figures of one page as they were at ``counted_at``.

    ``asked`` is what they are of, ``content`` what was found: both as JSON. They hold no name, no
    address and no reference.
    """

    __tablename__ = "counted_figures"
    __table_args__ = (UniqueConstraint("kind", "asked"),)

    id: int = Field(default=None, primary_key=True)
    kind: str
    asked: str
    counted_at: datetime = moment(index=True)
    content: str
