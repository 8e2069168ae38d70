"""The question for another officer, closed once somebody is assigned."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from vcs.access import trail
from vcs.access.actors import Actor
from vcs.referrals.records import Referral
from vcs.tasks.records import Task, TaskTopic

_ASSIGNED = "officer assigned"


def close_question(session: Session, referral: Referral, actor: Actor, now: datetime) -> None:
    """Close the question for another officer, if one is open, once somebody is assigned."""
    query = select(Task).where(
        Task.referral_id == referral.id,
        col(Task.done_at).is_(None),
        Task.topic == TaskTopic.OFFICER_NEEDED,
    )
    for task in session.exec(query.with_for_update()):
        task.done_at, task.done_by, task.answer = now, actor.account_id, _ASSIGNED
        session.add(task)
        trail.note(session, now, actor.who, "task.dealt_with", task.reference)
