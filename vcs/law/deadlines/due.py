"""How a deadline stands on a day: worked out when it is read, so that it needs no scheduler."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from vcs.law.deadlines.clocks import clock
from vcs.law.deadlines.duties import DUTIES, due
from vcs.law.deadlines.working_days import add_working_days, working_days_between

SOON_WORKING_DAYS = 5

"""How far ahead the pages warn. A matter of the page and not of the law."""


class State(StrEnum):
    """How a deadline stands."""

    OVERDUE = "overdue"
    DUE_SOON = "due_soon"
    DUE = "due"
    MET = "met"
    NONE = "none"


def state_of(due_on: date | None, met_on: date | None, today: date) -> State:
    """Say how a deadline stands on a day; one that falls due today is not late yet."""
    if met_on is not None:
        return State.MET
    if due_on is None:
        return State.NONE
    if due_on < today:
        return State.OVERDUE
    return State.DUE_SOON if due_on <= soon(today) else State.DUE


def soon(today: date) -> date:
    """Return the last day that counts as due soon: until it, five working days are left at most.

    It is the day before the sixth working day. A duty that counts every day may fall due at a
    weekend, and is not moved: its last working day is the one before.
    """
    return add_working_days(today, SOON_WORKING_DAYS + 1, known_on=today) - timedelta(days=1)


def days_left(due_on: date, today: date) -> int:
    """Return the working days left until a day, and it among them; below zero once it has passed.

    Until a day at a weekend they are those until the last working day before it.
    """
    return working_days_between(today, due_on, known_on=today)


DECIDE = "decide"


def decision_due(asked_on: date, known_on: date | None = None) -> date | None:
    """Return the day by which a person should decide what a court's messages leave open."""
    rows = (row for row in DUTIES if row.duty == DECIDE and row.applies(asked_on) and row.count)
    return next((due(row, asked_on, known_on) for row in rows), None)


ANSWER_SET_ASIDE = "answer-set-aside"


def answer_due(asked_on: date) -> date | None:
    """Return the day by which somebody should answer for a message that could not be read."""
    found = clock(ANSWER_SET_ASIDE, asked_on)
    return found.due_on if found else None


ASK_AGAIN = "ask-needs-again"


def ask_again_on(asked_on: date) -> date | None:
    """Return the day on which a victim should be asked again what they were asked on a day."""
    rows = (row for row in DUTIES if row.duty == ASK_AGAIN and row.applies(asked_on) and row.count)
    return next((due(row, asked_on) for row in rows), None)
