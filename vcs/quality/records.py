"""Answers in their own words, and letters read by a second person."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from vcs.quality.questions import Milestone, Theme
from vcs.tables import Record, moment, one_of
from vcs.victims.records import ContactWay


class Feedback(Record, table=True):
    """One time that a victim was asked, within a conversation or confirmation of that day.

    ``understood``, ``listened`` and ``kept`` are 1 to 5, all of them None where the victim
    preferred not to say. ``sealed`` holds their words; ``has_words`` says whether there are any: an
    answer without is a bare tick. ``theme`` is coded by a person; ``did_sealed`` is what was done.
    """

    __tablename__ = "feedback"
    __table_args__ = (
        one_of("milestone", Milestone),
        one_of("how", ContactWay),
        one_of("theme", Theme),
        CheckConstraint(
            "(understood IS NULL) = (listened IS NULL) AND (listened IS NULL) = (kept IS NULL)",
            name="all_three",
        ),
        CheckConstraint("(theme IS NULL) = (coded_at IS NULL)", name="coded"),
        UniqueConstraint("victim_id", "milestone", "asked_on"),
        Index("ix_feedback_asked_on", "asked_on"),
    )

    id: int = Field(default=None, primary_key=True)
    reference: str = Field(unique=True)
    victim_id: int = Field(foreign_key="victim.id")
    milestone: str
    asked_on: date
    how: str
    understood: int | None = None
    listened: int | None = None
    kept: int | None = None
    has_words: bool
    sealed: bytes
    recorded_at: datetime = moment()
    recorded_by: int = Field(foreign_key="account.id")
    theme: str | None = None
    coded_at: datetime | None = moment(default=None)
    coded_by: int | None = Field(default=None, foreign_key="account.id")
    did_on: date | None = None
    did_sealed: bytes | None = None


class DipSample(Record, table=True):
    """Letters of a region drawn by a seed, to be read by two people. Never changed."""

    __tablename__ = "dip_sample"

    id: int = Field(default=None, primary_key=True)
    reference: str = Field(unique=True)
    region_code: str = Field(index=True)
    from_on: date
    to_on: date
    seed: str
    out_of: int
    drawn_at: datetime = moment()
    drawn_by: int = Field(foreign_key="account.id")


class DippedLetter(Record, table=True):
    """One letter of a sample."""

    __tablename__ = "dipped_letter"
    __table_args__ = (UniqueConstraint("sample_id", "letter_id"),)

    sample_id: int = Field(foreign_key="dip_sample.id", primary_key=True)
    place: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    letter_id: int = Field(foreign_key="letter.id", index=True)


class DipReading(Record, table=True):
    """What one reader found in a letter: each line of the rubric met or not. Never edited."""

    __tablename__ = "dip_reading"

    sample_id: int = Field(foreign_key="dip_sample.id", primary_key=True)
    place: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    account_id: int = Field(foreign_key="account.id", primary_key=True)
    answered: bool
    plain: bool
    personal: bool
    next_step: bool
    read_at: datetime = moment()

    @property
    def score(self) -> int:
        """Return how many of the four lines were met."""
        return sum((self.answered, self.plain, self.personal, self.next_step))
