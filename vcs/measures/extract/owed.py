"""What was owed: when each duty began, and on its due day what had become of it.

What was never done has a row too, so that whoever counts from an extract finds the misses. Nothing
here asks the machine for the day: how a duty stood is told as at the end of the period.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import func, select
from sqlmodel import Session, col

from vcs.law.deadlines.duties import REFER
from vcs.law.deadlines.working_days import working_days_between
from vcs.measures.extract.events import CARE, UNIT, Due, Event
from vcs.measures.formulas.referring import taken_back
from vcs.referrals.records import DeadlineRecord, Referral
from vcs.sentences.records import Sentence
from vcs.terms import OwedBy

STARTED, FELL_DUE = "duty_started", "duty_due"


class Became(StrEnum):
    """What had become of a duty by the end of the period."""

    IN_TIME = "in_time"
    LATE = "late"
    NOT_MET = "not_met"
    ENDED_BEFORE = "ended_before_due"
    TOLD_LATE = "told_of_after_due"
    TAKEN_BACK = "taken_back_by_court"


MEASURED: Final = (Became.IN_TIME, Became.LATE, Became.NOT_MET)
"""What is in the denominator of a measure of time."""


def of_duties(session: Session, last_on: date) -> Iterator[Event]:
    """Yield when each duty began and when it fell due, as it stood at the end of ``last_on``."""
    for row in _each_once(session.execute(_deadlines())):
        turn = CARE if row.owed_by == OwedBy.WITNESS_CARE_UNIT else UNIT
        known: dict[str, Any] = {"turn": turn, "duty": row.duty}
        who = row.sentence_id, row.victim_id
        yield Event(*who, row.starts_on, STARTED, **known, due=Due(row.due_on))
        became = what_became(row, last_on)
        late_by = _late_by(row, became, last_on)
        due = Due(row.due_on, late_by)
        yield Event(*who, row.due_on, FELL_DUE, **known, detail=str(became), due=due)


def what_became(row: Any, last_on: date) -> Became:
    """Say what had become of a duty at the end of a day. Being referred on the due day is in time.

    A closing meets nothing: before the due day it ends the duty, after it the miss stays.
    """
    if row.opened_on > row.due_on:
        return Became.TOLD_LATE
    if row.taken_back:
        return Became.TAKEN_BACK
    if row.met_on is not None and row.met_on <= min(row.due_on, last_on):
        return Became.IN_TIME
    if row.met_on is None and row.lifted_on is not None and row.lifted_on <= row.due_on:
        return Became.ENDED_BEFORE
    is_met = row.met_on is not None and row.met_on <= last_on
    return Became.LATE if is_met else Became.NOT_MET


def _late_by(row: Any, became: Became, last_on: date) -> int | None:
    """Return how late it was; what was not met is late up to when it ended, or to ``last_on``."""
    if became not in MEASURED:
        return None
    ended_on = min(row.met_on or row.lifted_on or last_on, last_on)
    return working_days_between(row.due_on, ended_on) if ended_on > row.due_on else 0


def _deadlines() -> Any:
    due_on = func.coalesce(col(DeadlineRecord.lawful_due_on), col(DeadlineRecord.due_on))
    columns: tuple[Any, ...] = (
        col(Referral.sentence_id),
        col(DeadlineRecord.victim_id),
        col(DeadlineRecord.duty),
        col(DeadlineRecord.owed_by),
        col(DeadlineRecord.starts_on),
        due_on.label("due_on"),
        col(DeadlineRecord.met_on),
        col(DeadlineRecord.lifted_on),
        col(Referral.opened_on),
        taken_back().label("taken_back"),
    )
    lifted = col(DeadlineRecord.lifted_on).is_not(None)
    return (
        select(*columns)
        .select_from(DeadlineRecord)
        .join(Referral, col(Referral.id) == col(DeadlineRecord.referral_id))
        .join(Sentence, col(Sentence.id) == col(Referral.sentence_id))
        .order_by(col(Referral.id), lifted, due_on, col(DeadlineRecord.id))
    )


def _each_once(rows: Iterable[Any]) -> Iterator[Any]:
    """Yield the rows; of two clocks to refer one sentence the one still owed, as M1 counts it."""
    referred: set[int] = set()
    for row in rows:
        if row.duty == REFER:
            if row.sentence_id in referred:
                continue
            referred.add(row.sentence_id)
        yield row
