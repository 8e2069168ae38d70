"""What waits for somebody as a second person: a closing or a no that somebody else proposed."""

from __future__ import annotations

from datetime import date
from itertools import islice

from sqlalchemy import and_, exists, or_
from sqlmodel import Session, col, select

from vcs.access.actors import Actor
from vcs.access.rules import Act, may
from vcs.referrals.questions.task_reads import TaskRow, task_rows
from vcs.referrals.records import ClosingProposal
from vcs.sentences.declines.records import Decline
from vcs.tasks.records import Task, TaskKind

MOST_FOR_SECOND = 20
"""How many questions one page lists; the page of tasks has them all."""


def waits_for_second_person(session: Session, actor: Actor, today: date) -> tuple[TaskRow, ...]:
    """Return the open questions that somebody may settle as a second person, due soonest first."""
    if not may(actor, Act.CONFIRM_DECLINE):
        return ()
    own = select(ClosingProposal.id).where(
        ClosingProposal.referral_id == Task.referral_id,
        col(ClosingProposal.decision).is_(None),
        ClosingProposal.proposed_by == actor.account_id,
    )
    by_another = select(Decline.id).where(
        Decline.task_id == Task.id,
        col(Decline.decision).is_(None),
        Decline.proposed_by != actor.account_id,
    )
    closing = and_(col(Task.kind) == TaskKind.CLOSING_PROPOSED, ~exists(own))
    found = task_rows(session, actor, today, or_(closing, exists(by_another)))
    return tuple(islice(found, MOST_FOR_SECOND))
