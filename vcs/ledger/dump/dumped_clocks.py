"""Deadlines and clocks for the canonical dump, and what is overdue on its day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from vcs.law.deadlines.clocks import clock
from vcs.law.deadlines.due import ANSWER_SET_ASIDE
from vcs.referrals.records import DeadlineRecord
from vcs.tasks.records import Task, TaskKind


def clock_dumped(clock: Mapping[str, Any], whose: Mapping[int, str], today: date | None) -> Any:
    """Return one clock. ``whose`` are digests of victims by their ids."""
    ended_on = clock["met_on"] or clock["stopped_on"]
    return {
        "duty": clock["duty"],
        "owed_by": clock["owed_by"],
        "victim": whose.get(clock["victim_id"] or 0),
        "starts_on": clock["starts_on"].isoformat(),
        "due_on": _text(clock["due_on"]),
        "met_on": _text(clock["met_on"]),
        "stopped_on": _text(clock["stopped_on"]),
        "stop_reason": clock["stop_reason"],
        **overdue(today, clock["due_on"], ended_on),
    }


def deadline_dumped(deadline: DeadlineRecord, whose: Mapping[int, str], today: date | None) -> Any:
    """Return one deadline, in the same way."""
    ended_on = deadline.met_on or deadline.lifted_on
    return {
        "duty": deadline.duty,
        "owed_by": deadline.owed_by,
        "victim": whose.get(deadline.victim_id or 0),
        "starts_on": deadline.starts_on.isoformat(),
        "due_on": deadline.due_on.isoformat(),
        "met_on": _text(deadline.met_on),
        "missed": deadline.missed_on is not None,
        "lifted_on": _text(deadline.lifted_on),
        **overdue(today, deadline.due_on, ended_on),
    }


def task_clock(task: Task, today: date | None) -> dict[str, Any]:
    """Return the clock of answering for a message set aside, while that is open.

    What is asked about a sentence has its day in the task itself.
    """
    if task.kind != TaskKind.SET_ASIDE or task.done_at is not None or today is None:
        return {}
    owed = clock(ANSWER_SET_ASIDE, task.opened_on)
    return {
        "duty": ANSWER_SET_ASIDE,
        "owed_by": owed.owed_by if owed else None,
        "due_on": _text(task.due_on),
        **overdue(today, task.due_on, None),
    }


def overdue(today: date | None, due_on: date | None, ended_on: date | None) -> dict[str, bool]:
    """Say whether something is overdue on a day; nothing where no day was asked for."""
    if today is None:
        return {}
    return {"overdue": ended_on is None and due_on is not None and due_on < today}


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None
