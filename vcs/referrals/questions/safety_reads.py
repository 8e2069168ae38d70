"""Questions about somebody's safety that wait for an officer, or for a region's managers."""

from __future__ import annotations

from datetime import date
from itertools import islice
from typing import Final

from sqlalchemy import select
from sqlmodel import Session, col

from vcs.access.actors import Actor
from vcs.referrals.officers.reads import hands
from vcs.referrals.questions.task_reads import TaskRow, task_rows
from vcs.referrals.records import Referral
from vcs.tasks.records import Task, TaskTopic
from vcs.terms import Role

MOST: Final = 20
"""How many questions one page lists; the page of tasks has them all."""

TOPICS: Final = (
    TaskTopic.MUST_STOP,
    TaskTopic.DANGER,
    TaskTopic.SAFETY,
    TaskTopic.SAFETY_CHANGED,
)
"""A letter to be stopped, danger, and other words about how somebody may be reached safely."""


def waits_for_safety(session: Session, actor: Actor, today: date) -> tuple[TaskRow, ...]:
    """Return the open questions about safety, due soonest first: an officer's own, a region's."""
    which = [col(Task.topic).in_([str(topic) for topic in TOPICS])]
    if actor.role is Role.VLO:
        theirs = hands(session, today).of(actor.account_id)
        mine = select(col(Referral.id)).where(col(Referral.vlo_account_id).in_(theirs))
        which.append(col(Task.referral_id).in_(mine))
    return tuple(islice(task_rows(session, actor, today, *which), MOST))
