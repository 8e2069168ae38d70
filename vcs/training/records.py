"""Who took which course, what they answered, and who began the walk through the pages."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Index
from sqlmodel import Field

from vcs.tables import Record, moment


class CourseSitting(Record, table=True):
    """One go at a course. Points are set when its last question is answered, and never changed.

    ``rule_set`` is the law that was in force; a passed course counts until ``until_on``, while
    that law is in force and nobody changes a scenario of it. ``role`` and ``region_code`` are what
    the person had then.
    """

    __tablename__ = "course_sitting"
    __table_args__ = (Index("ix_course_sitting_account_id_course", "account_id", "course"),)

    id: int = Field(default=None, primary_key=True)
    reference: str = Field(unique=True)
    account_id: int = Field(foreign_key="account.id")
    course: str
    role: str
    region_code: str | None = None
    rule_set: str
    begun_at: datetime = moment()
    ended_at: datetime | None = moment(default=None)
    points: int | None = None
    out_of: int | None = None
    safe: bool | None = None
    passed: bool | None = None
    until_on: date | None = None


class CourseAnswer(Record, table=True):
    """One question of a sitting, drawn when it began; ``answer`` is empty until it is given.

    ``provision`` is the reason that was chosen and ``turns_on`` the provision the question is
    about. ``is_right`` is None for what is shown and not scored.
    """

    __tablename__ = "course_answer"
    __table_args__ = (Index("ix_course_answer_turns_on", "turns_on"),)

    sitting_id: int = Field(foreign_key="course_sitting.id", primary_key=True)
    place: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    item: str
    turns_on: str
    answer: str | None = None
    provision: str | None = None
    points: int = 0
    is_right: bool | None = None
    answered_at: datetime | None = moment(default=None)


class Walk(Record, table=True):
    """A walk through the real pages that somebody began: only what they did since then counts."""

    __tablename__ = "training_walk"

    account_id: int = Field(foreign_key="account.id", primary_key=True)
    begun_at: datetime = moment()
