"""What follows when a member of staff leaves: their referrals go to the region's managers at once.

No deadline moves: a referral without an officer is owed by the same day as before.
"""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from vcs.access import trail
from vcs.access.actors import Actor
from vcs.referrals.records import Referral
from vcs.tasks.records import Task

_OFFICER_NEEDED = "officer_needed"

_ASSIGNED = "officer assigned"


def close_question(session: Session, referral: Referral, actor: Actor, now: datetime) -> None:
    """Close the question for another officer, if one is open, once somebody is assigned."""
    query = select(Task).where(
        Task.referral_id == referral.id,
        col(Task.done_at).is_(None),
        col(Task.key).startswith(f"{_OFFICER_NEEDED}:{referral.reference}:"),
    )
    for task in session.exec(query.with_for_update()):
        task.done_at, task.done_by, task.answer = now, actor.account_id, _ASSIGNED
        session.add(task)
        trail.note(session, now, actor.who, "task.dealt_with", task.reference)
