"""What a figure was when it was last shown, and what it was before that."""

from __future__ import annotations

from datetime import date

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from vcs.tables import Record

_ONE = ("reach", "measure", "axis", "key", "from_on", "to_on")


class ShownFigure(Record, table=True):
    """A figure of a period that is over, as it was last shown to whoever answers for a reach.

    ``reach`` is a region's code, or ``all``. Numbers are as they were shown: a withheld one is kept
    as the word. ``was_`` is what was shown before it changed on ``changed_on``.
    """

    __tablename__ = "shown_figure"
    __table_args__ = (UniqueConstraint(*_ONE),)

    id: int = Field(default=None, primary_key=True)
    reach: str
    measure: str
    axis: str
    key: str
    from_on: date
    to_on: date
    numerator: str
    denominator: str
    shown_on: date
    was_numerator: str | None = None
    was_denominator: str | None = None
    was_shown_on: date | None = None
    changed_on: date | None = None
