"""The question for another officer, closed once somebody is assigned."""

from __future__ import annotations

from sqlmodel import col, select

from vcs.access.work import Work
from vcs.referrals.records import Referral
from vcs.tasks.records import Task, TaskTopic

_ASSIGNED = "officer assigned"


def close_question(work: Work, referral: Referral) -> None:
    """Close the question for another officer, if one is open, once somebody is assigned."""
    query = select(Task).where(
        Task.referral_id == referral.id,
        col(Task.done_at).is_(None),
        Task.topic == TaskTopic.OFFICER_NEEDED,
    )
    for task in work.session.exec(query.with_for_update()):
        task.done_at, task.done_by, task.answer = work.now, work.actor.account_id, _ASSIGNED
        work.session.add(task)
        work.note("task.dealt_with", task.reference)
