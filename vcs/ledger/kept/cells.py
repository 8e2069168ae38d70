"""In which cells of the counts a sentence is: pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from vcs.ledger.kept.records import NEVER
from vcs.referrals.records import ReferralStatus


class Axis(StrEnum):
    """What a count is kept by. Only some are kept by police area as well.

    The last three count no sentences: messages by their status, open deadlines and clocks by day.
    """

    PLACE = "place"
    COURT = "court"
    WEEK = "week"
    OWED_SINCE = "owed_since"
    DUE_ON = "due_on"
    OFFICER = "officer"
    MESSAGE = "message"
    DEADLINE = "deadline"
    CLOCK = "clock"


class KeptRow(NamedTuple):
    """One sentence, as ``live.py`` works it out and ``KeptSentence`` keeps it."""

    sentence_id: int
    state: str
    region_code: str | None
    police_area: str | None
    court_code: str | None
    sentenced_on: date
    missing: bool
    deciding: bool
    referral_id: int | None
    status: str | None
    officer_id: int | None
    rank: int
    look_again_on: date | None
    due_on: date


class Cell(NamedTuple):
    """One cell of the counts. For an officer's cell ``state`` is the referral's status."""

    axis: str
    key: str
    region: str
    area: str
    state: str


class Tally(NamedTuple):
    """What is counted in a cell."""

    n: int = 0
    missing: int = 0
    deciding: int = 0

    def plus(self, other: Tally, sign: int = 1) -> Tally:
        """Return the sum, or with ``sign`` -1 the difference."""
        added = (mine + sign * theirs for mine, theirs in zip(self, other, strict=True))
        return Tally(*added)


NOTHING = Tally()


def monday(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def cells(row: KeptRow) -> Iterator[tuple[Cell, Tally]]:
    """Yield each cell that a sentence is counted in, with what it counts for."""
    region, area = row.region_code or "", row.police_area or ""
    one, day = Tally(1, row.missing, row.deciding), row.sentenced_on
    yield Cell(Axis.PLACE, "", region, area, row.state), one
    yield Cell(Axis.COURT, row.court_code or "", region, "", row.state), one
    yield Cell(Axis.WEEK, monday(day).isoformat(), region, "", row.state), one
    if row.missing:
        yield Cell(Axis.OWED_SINCE, day.isoformat(), region, area, ""), one
    if row.status is None:
        return
    yield Cell(Axis.OFFICER, str(row.officer_id or ""), region, area, row.status), one
    if row.status != ReferralStatus.CLOSED and row.due_on != NEVER:
        yield Cell(Axis.DUE_ON, row.due_on.isoformat(), region, area, ""), one
