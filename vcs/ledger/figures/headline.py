"""The headline: how many eligible sentences nobody has accounted for, and what is late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from vcs.access.actors import Actor, Reach
from vcs.access.rules import reach_of_counts
from vcs.law.deadlines.due import soon
from vcs.ledger.kept.cells import NOTHING, Axis
from vcs.ledger.kept.figures import Wanted, figures, total
from vcs.terms import SentenceState


@dataclass(frozen=True, slots=True)
class Headline:
    """What leads the page. ``unaccounted`` are eligible sentences with no victim referred yet.

    ``oldest_days`` are the days by the calendar since the oldest of these sentences, None where
    there is none. ``undecided`` are sentences about which a person must answer a question first.
    ``being_decided`` are those of ``unaccounted`` of which the court took something back.
    """

    unaccounted: int
    overdue: int
    due_soon: int
    oldest_days: int | None
    undecided: int
    being_decided: int = 0


def headline(session: Session, actor: Actor, today: date) -> Headline:
    """Return what a person answers for on a day, from the kept counts."""
    reached = reach_of_counts(actor)
    place = figures(session, reached, Wanted(Axis.PLACE))
    since = figures(session, reached, Wanted(Axis.OWED_SINCE))
    days = [date.fromisoformat(day) for (day, _), tally in since.items() if tally.missing]
    overdue, due_soon = _late_and_soon(session, reached, today)
    undecided = place.get(("", str(SentenceState.DECISION_DUE)), NOTHING)
    missing = total(place)
    age = (today - min(days)).days if days else None
    return Headline(missing.missing, overdue, due_soon, age, undecided.n, missing.deciding)


def _late_and_soon(session: Session, reached: Reach, today: date) -> tuple[int, int]:
    due = figures(session, reached, Wanted(Axis.DUE_ON))
    by_day = [(date.fromisoformat(day), tally.n) for (day, _), tally in due.items()]
    until = soon(today)
    overdue = sum(n for day, n in by_day if day < today)
    return overdue, sum(n for day, n in by_day if today <= day <= until)


def unaccounted_count(session: Session, actor: Actor) -> int:
    """Return how many eligible sentences that a person answers for are not accounted for."""
    return total(figures(session, reach_of_counts(actor), Wanted(Axis.PLACE))).missing
