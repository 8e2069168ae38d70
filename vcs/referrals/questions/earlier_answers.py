"""What people answered before to the same question: about the same offence, or the same court."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from vcs.access.actors import Actor
from vcs.access.reads import names_of
from vcs.law.decision import OffenceDecision
from vcs.referrals.records import Referral
from vcs.referrals.states import within
from vcs.sentences.enquiries.answered import answers_for, asked_about, tasks_about
from vcs.sentences.records import Sentence
from vcs.tasks.records import Task, TaskKind
from vcs.tasks.rules import task_reach

MOST_SHOWN = 5

MOST_OF_A_COURT = 3


@dataclass(frozen=True, slots=True)
class EarlierAnswer:
    """One answer: an outcome, or a region's code. ``case_reference`` is empty for a court's."""

    answered_at: datetime
    who: str
    answer: str
    note: str = ""
    case_reference: str = ""


def earlier_answers(
    session: Session,
    actor: Actor,
    task: Task,
    sentence: Sentence,
    offences: Sequence[OffenceDecision],
) -> tuple[EarlierAnswer, ...]:
    """Return how people answered the same question before, the newest first.

    For an offence, of sentences that this person may see; for a court, of all: it names nobody.
    """
    if task.kind == TaskKind.ROUTE:
        return _for_the_court(session, sentence)
    if task.kind not in (TaskKind.DECIDE, TaskKind.DISCRETION):
        return ()
    asked = asked_about(task.kind, offences)
    if not asked:
        return ()
    columns: tuple[Any, ...] = (Task.done_at, Task.done_by, Task.answer, Task.note)
    query = (
        select(*columns, col(Sentence.case_reference))
        .select_from(Task)
        .join(Sentence, col(Sentence.id) == col(Task.sentence_id))
        .outerjoin(Referral, col(Referral.sentence_id) == col(Task.sentence_id))
        .where(col(Task.id).in_(tasks_about(asked)), col(Task.id) != task.id)
        .where(col(Task.done_by).is_not(None), task_reach(actor).covering(within))
        .order_by(col(Task.done_at).desc(), col(Task.id).desc())
        .limit(MOST_SHOWN)
    )
    found = session.execute(query).all()
    names = names_of(session) if found else {}
    return tuple(
        EarlierAnswer(at, names.get(by, ""), answer or "", note or "", case)
        for at, by, answer, note, case in found
    )


def _for_the_court(session: Session, sentence: Sentence) -> tuple[EarlierAnswer, ...]:
    found = answers_for(session, sentence.court_code, MOST_OF_A_COURT)
    names = names_of(session) if found else {}
    return tuple(
        EarlierAnswer(one.answered_at, names.get(one.answered_by or 0, ""), one.region_code)
        for one in found
    )
