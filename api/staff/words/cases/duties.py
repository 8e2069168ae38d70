"""What pages call the duties, and who owes them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from api.staff.words.text import days
from vcs.law.deadlines.due import State
from vcs.law.deadlines.duties import DUTIES, TITLES
from vcs.law.deadlines.working_days import is_working_day
from vcs.terms import OwedBy

OWED_BY: Mapping[str, str] = {
    OwedBy.COURT: "The court",
    OwedBy.WITNESS_CARE_UNIT: "Witness care unit",
    OwedBy.VICTIM_LIAISON_UNIT: "Victim liaison unit",
}

DUTY_NAMES: Mapping[str, str] = TITLES

WHOSE_TURN: Mapping[str, str] = {row.duty: OWED_BY[row.owed_by] for row in DUTIES if row.tracked}


def how_long(state: State, due_on: date, working_days: int) -> str:
    """Say how long there is, or how late it is, in words that are true on every day of the week.

    ``working_days`` are those left, below zero when late. Empty for what is owed no longer.
    """
    if state is State.OVERDUE:
        # At a weekend no working day has passed yet, and it is late all the same.
        return f"{days(-working_days)} overdue" if working_days else f"overdue since {due_on:%A}"
    if state not in (State.DUE_SOON, State.DUE):
        return ""
    left = f"{days(working_days)} left" if working_days else ""
    if is_working_day(due_on):
        return left or "due today"
    return ", ".join(filter(None, (f"due on {due_on:%A}", left)))
