"""What waits for somebody as a second person: a closing or a no that somebody else proposed."""

from __future__ import annotations

from datetime import date
from itertools import islice

from sqlalchemy import select, union
from sqlmodel import Session, col

from vcs.access.actors import Actor
from vcs.access.rules import Act, may
from vcs.referrals.questions.task_reads import TaskRow, task_rows
from vcs.referrals.records import ClosingProposal
from vcs.sentences.declines.records import Decline
from vcs.tables import table_of
from vcs.tasks.records import Task, TaskKind

MOST_FOR_SECOND = 20
"""How many questions one page lists; the page of tasks has them all."""

_TASKS, _PROPOSALS = table_of(Task).alias(), table_of(ClosingProposal)

_DECLINES = table_of(Decline)


def waits_for_second_person(session: Session, actor: Actor, today: date) -> tuple[TaskRow, ...]:
    """Return the open questions that somebody may settle as a second person, due soonest first.

    They are found by the proposals that wait: however many questions are open, few of them do.
    """
    if not may(actor, Act.CONFIRM_DECLINE):
        return ()
    closing = (
        select(_TASKS.c.id)
        .join(_PROPOSALS, _PROPOSALS.c.referral_id == _TASKS.c.referral_id)
        .where(
            _TASKS.c.kind == str(TaskKind.CLOSING_PROPOSED),
            _TASKS.c.done_at.is_(None),
            _PROPOSALS.c.decision.is_(None),
            _PROPOSALS.c.proposed_by != actor.account_id,
        )
    )
    declined = select(_DECLINES.c.task_id).where(
        _DECLINES.c.decision.is_(None), _DECLINES.c.proposed_by != actor.account_id
    )
    found = task_rows(session, actor, today, col(Task.id).in_(union(closing, declined)))
    return tuple(islice(found, MOST_FOR_SECOND))
