"""The headline: how many eligible sentences nobody has accounted for, and what is late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlmodel import Session, col

from vcs.access.actors import Actor
from vcs.access.rules import reach_of_counts
from vcs.law.due import soon
from vcs.referrals.records import DeadlineRecord, Referral, ReferralStatus
from vcs.referrals.states import (
    is_asked_now,
    is_being_decided,
    joined,
    state,
    unaccounted,
    waits_for_a_code,
    within,
)
from vcs.sentences.records import Sentence
from vcs.tasks.records import Task
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


def next_due() -> Any:
    """Return, per referral, the first day on which something open falls due."""
    return (
        select(
            col(DeadlineRecord.referral_id).label("referral_id"),
            func.min(col(DeadlineRecord.due_on)).label("due_on"),
        )
        .where(col(DeadlineRecord.met_on).is_(None), col(DeadlineRecord.lifted_on).is_(None))
        .group_by(col(DeadlineRecord.referral_id))
        .subquery("next_due")
    )


def _counted(actor: Actor) -> ColumnElement[bool]:
    """Return which referrals count for a person."""
    return reach_of_counts(actor).covering(
        col(Referral.region_code), col(Referral.police_area), col(Referral.sentence_id)
    )


def headline(session: Session, actor: Actor, today: date) -> Headline:
    """Count what a person answers for on a day."""
    missing = (
        select(
            func.count(),
            func.min(col(Sentence.sentenced_on)),
            func.count(case((is_being_decided(), 1))),
        )
        .select_from(Referral)
        .join(Sentence, col(Sentence.id) == col(Referral.sentence_id))
        .where(unaccounted(), _counted(actor))
    )
    count, oldest, deciding = session.execute(missing).one()
    overdue, due_soon = _late_and_soon(session, actor, today)
    age = (today - _day(oldest)).days if oldest else None
    return Headline(count, overdue, due_soon, age, _undecided(session, actor), deciding)


def _late_and_soon(session: Session, actor: Actor, today: date) -> tuple[int, int]:
    due = next_due()
    query = (
        select(
            func.count(case((due.c.due_on < today, 1))),
            func.count(case((due.c.due_on >= today, 1))),
        )
        .select_from(due)
        .join(Referral, col(Referral.id) == due.c.referral_id)
        .where(due.c.due_on <= soon(today), _counted(actor))
        .where(col(Referral.status) != ReferralStatus.CLOSED)
    )
    overdue, due_soon = session.execute(query).one()
    return overdue, due_soon


def unaccounted_count(session: Session, actor: Actor) -> int:
    """Count the eligible sentences not accounted for that a person answers for."""
    query = select(func.count()).select_from(Referral).where(unaccounted(), _counted(actor))
    return int(session.execute(query).scalar_one())


def _day(found: date | str) -> date:
    """Return a date that came out of an aggregate, which SQLite gives as text."""
    return date.fromisoformat(found) if isinstance(found, str) else found


def _undecided(session: Session, actor: Actor) -> int:
    """Count what the ledger holds as a person's decision due, found by the open questions."""
    its_own = select(col(Task.sentence_id)).where(is_asked_now())
    asked = or_(col(Sentence.id).in_(its_own), waits_for_a_code())
    due = state() == str(SentenceState.DECISION_DUE)
    query = (
        select(func.count()).select_from(joined()).where(asked, due, within(reach_of_counts(actor)))
    )
    return int(session.execute(query).scalar_one())
