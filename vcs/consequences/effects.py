"""What follows when a referral changes: a table, change -> what is stopped, moved, asked again.

To make something new follow, add an effect to its change here. Each is harmless when repeated.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, or_, update
from sqlmodel import Session, col, select

from vcs.alerts import kinds as alerts
from vcs.alerts.at_once import tell_again_elsewhere
from vcs.alerts.records import AlertRecord
from vcs.clock import london_date
from vcs.referrals.closure.proposals import overtake_proposal
from vcs.referrals.officers.transfers import overtake_transfer
from vcs.referrals.records import DeadlineRecord, Referral
from vcs.tasks.kinds import POLICIES
from vcs.tasks.records import Task, TaskKind, TaskTopic
from vcs.victims.needs_clock import settle_needs_clock
from vcs.victims.preferences.anything import ask_how_to_offer
from vcs.victims.records import Victim

WHEN_CLOSED = "the referral was closed"

"""The answer of a task that was closed with its referral; reopening asks it again."""


WHEN_REOPENED = "the referral was opened again"


class Change(StrEnum):
    """What happened to a referral."""

    CLOSED = "closed"
    REOPENED = "opened again"
    MOVED = "given to another region"


Effect = Callable[[Session, Referral, datetime], None]


def apply(change: Change, session: Session, referral: Referral, now: datetime) -> None:
    """Bring what belongs to a referral in line with it. The referral itself is changed before."""
    session.add(referral)
    session.flush()
    for effect in EFFECTS[change]:
        effect(session, referral, now)


def _end_deadlines(session: Session, referral: Referral, now: datetime) -> None:
    """Lift every open duty, whatever the reason: a closing meets none."""
    today = london_date(now)
    query = select(DeadlineRecord).where(
        DeadlineRecord.referral_id == referral.id,
        col(DeadlineRecord.met_on).is_(None),
        col(DeadlineRecord.lifted_on).is_(None),
    )
    for deadline in session.exec(query.with_for_update()):
        deadline.lifted_on = today
        session.add(deadline)


def _owe_deadlines_again(session: Session, referral: Referral, _: datetime) -> None:
    """Owe again what the closing ended.

    A miss that was marked before stays marked: its alert is not owed twice.
    """
    query = select(DeadlineRecord).where(DeadlineRecord.referral_id == referral.id)
    for deadline in session.exec(query.with_for_update()):
        deadline.lifted_on = None
        session.add(deadline)


def _owe_no_questions_to_those_who_want_none(
    session: Session, referral: Referral, now: datetime
) -> None:
    """Lift the duty to ask about needs again for each victim who wants no contact."""
    session.flush()
    for victim in session.exec(select(Victim).where(Victim.referral_id == referral.id)):
        settle_needs_clock(session, victim, london_date(now))


def _withdraw_alerts(session: Session, referral: Referral, now: datetime) -> None:
    session.execute(
        update(AlertRecord)
        .where(
            _alerts_of(referral),
            _end_with_it(),
            col(AlertRecord.sent_at).is_(None),
            col(AlertRecord.failed_reason).is_(None),
            col(AlertRecord.withdrawn_at).is_(None),
        )
        .values(withdrawn_at=now)
    )


def _owe_alerts_again(session: Session, referral: Referral, now: datetime) -> None:
    """Owe again what was withdrawn before it was sent, with its five days of tries begun anew."""
    session.execute(
        update(AlertRecord)
        .where(_alerts_of(referral), _end_with_it())
        .where(col(AlertRecord.withdrawn_at).is_not(None), col(AlertRecord.sent_at).is_(None))
        .values(withdrawn_at=None, owed_at=now, next_try_at=now, tries=0)
    )


def _move_alerts(session: Session, referral: Referral, _: datetime) -> None:
    session.execute(
        update(AlertRecord)
        .where(_alerts_of(referral), col(AlertRecord.sent_at).is_(None))
        .values(region_code=referral.region_code)
    )


def _alerts_of(referral: Referral) -> ColumnElement[bool]:
    deadlines = select(DeadlineRecord.id).where(DeadlineRecord.referral_id == referral.id)
    return col(AlertRecord.deadline_id).in_(deadlines)


def _end_with_it() -> ColumnElement[bool]:
    ending = [str(kind) for kind, row in alerts.POLICIES.items() if row.ends_with_referral]
    return col(AlertRecord.kind).in_(ending)


def _close_tasks(session: Session, referral: Referral, now: datetime) -> None:
    session.execute(
        update(Task)
        .where(_tasks_ended_with(referral), col(Task.done_at).is_(None))
        .values(done_at=now, answer=WHEN_CLOSED)
        .execution_options(synchronize_session="fetch")
    )


def _ask_again(session: Session, referral: Referral, now: datetime) -> None:
    closed_with_it = (
        col(Task.done_by).is_(None),
        col(Task.done_at).is_not(None),
        col(Task.answer) == WHEN_CLOSED,
    )
    session.execute(
        update(Task)
        .where(_tasks_ended_with(referral), *closed_with_it)
        .values(done_at=None, answer=None, opened_on=london_date(now))
        .execution_options(synchronize_session="fetch")
    )


def _end_try_again(session: Session, referral: Referral, now: datetime) -> None:
    """Close the question to try again to trace a victim: an open referral is owed anyway."""
    session.execute(
        update(Task)
        .where(
            col(Task.referral_id) == referral.id,
            col(Task.topic) == TaskTopic.TRACE,
            col(Task.done_at).is_(None),
        )
        .values(done_at=now, answer=WHEN_REOPENED)
        .execution_options(synchronize_session="fetch")
    )


def _move_tasks(session: Session, referral: Referral, _: datetime) -> None:
    """Give open tasks to the new region: one about no sentence is seen only by its own region."""
    session.execute(
        update(Task)
        .where(col(Task.referral_id) == referral.id, col(Task.done_at).is_(None))
        .values(region_code=referral.region_code)
        .execution_options(synchronize_session="fetch")
    )


def _tell_of_questions(session: Session, referral: Referral, now: datetime) -> None:
    tell_again_elsewhere(session, referral.id, now)


def _tasks_ended_with(referral: Referral) -> ColumnElement[bool]:
    """Return which tasks end when a referral is closed: about it, its dates and its alerts."""
    kinds = [str(kind) for kind, row in POLICIES.items() if row.ends_with_referral]
    of_referral = col(Task.referral_id) == referral.id
    return or_(
        (col(Task.sentence_id) == referral.sentence_id) & col(Task.kind).in_(kinds),
        of_referral & (col(Task.topic) == TaskTopic.DEADLINE_EARLIER),
        of_referral & (col(Task.kind) == TaskKind.ALERT_NOT_SENT),
    )


def _ask_how_to_offer(session: Session, referral: Referral, now: datetime) -> None:
    """Ask again how what is owed again is offered to somebody who never wants contact."""
    victims = select(Victim).where(Victim.referral_id == referral.id).order_by(col(Victim.id))
    for victim in session.exec(victims).all():
        ask_how_to_offer(session, victim, referral, london_date(now))


EFFECTS: Mapping[Change, tuple[Effect, ...]] = {
    Change.CLOSED: (
        _end_deadlines,
        _withdraw_alerts,
        _close_tasks,
        overtake_proposal,
        overtake_transfer,
    ),
    Change.REOPENED: (
        *(_owe_deadlines_again, _owe_no_questions_to_those_who_want_none, _owe_alerts_again),
        *(_ask_again, _ask_how_to_offer, _end_try_again),
    ),
    # What was asked about an offer ends before the open tasks move.
    Change.MOVED: (overtake_transfer, _move_alerts, _move_tasks, _tell_of_questions),
}
