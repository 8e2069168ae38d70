"""Deadlines as pages show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from vcs.law.deadlines.due import State, days_left, state_of
from vcs.referrals.records import DeadlineMove, DeadlineRecord


@dataclass(frozen=True, slots=True)
class MoveView:
    """A move of a deadline: ``was`` and ``became`` are alike where it was left as it stood."""

    was: date
    became: date
    why: str
    moved_at: datetime


@dataclass(frozen=True, slots=True)
class DeadlineView:
    """One deadline on a day. ``working_days`` are those left, below zero when it is late.

    For a deadline that was met they count from the day it was met on, so that below zero means
    that it was met late. ``moves`` are oldest first. ``by_approval`` marks first contact that
    counted as made when a letter was approved, before migration 0011: nothing else shows it.
    ``lifted_on`` is the day from which it was no longer owed, because the referral was closed.
    ``lawful_due_on`` is the day that had passed by law when the sentence was found to be owed.
    """

    duty: str
    owed_by: str
    starts_on: date
    due_on: date
    counted: str
    provision: str
    provisional: bool
    met_on: date | None
    state: State
    working_days: int
    victim_reference: str | None
    moves: tuple[MoveView, ...] = ()
    by_approval: bool = False
    lifted_on: date | None = None
    lawful_due_on: date | None = None

    @property
    def is_open(self) -> bool:
        """Say whether it is still owed."""
        return self.met_on is None and self.lifted_on is None


def deadline_view(
    deadline: DeadlineRecord,
    today: date,
    victim_reference: str | None = None,
    moves: Iterable[DeadlineMove] = (),
) -> DeadlineView:
    """Return one deadline as it stands on a day."""
    return DeadlineView(
        deadline.duty,
        deadline.owed_by,
        deadline.starts_on,
        deadline.due_on,
        deadline.counted,
        deadline.provision,
        deadline.provisional,
        deadline.met_on,
        _state_of(deadline, today),
        days_left(deadline.due_on, deadline.met_on or today),
        victim_reference,
        tuple(MoveView(one.was, one.became, one.why, one.moved_at) for one in moves),
        lifted_on=deadline.lifted_on,
        lawful_due_on=deadline.lawful_due_on,
    )


def _state_of(deadline: DeadlineRecord, today: date) -> State:
    due_on = deadline.due_on if deadline.lifted_on is None else None
    return state_of(due_on, deadline.met_on, today)
