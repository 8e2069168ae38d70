"""Questions that wait for a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, select
from sqlmodel import Session, col

from vcs.access.actors import Actor
from vcs.access.reads import names_of
from vcs.errors import NotFound
from vcs.intake.records import CourtMessage
from vcs.law.due import State, days_left, state_of
from vcs.paging import FIRST, Page, Slice, one_page
from vcs.referrals.proposal_reads import ProposalView, newest_proposal
from vcs.referrals.records import Referral
from vcs.referrals.states import within
from vcs.sealing import Sealer
from vcs.sentences.decisions import DecisionCard, SentenceView, decision_card, sentence_view
from vcs.sentences.records import Sentence
from vcs.tasks.records import Task, TaskKind
from vcs.tasks.rules import task_reach
from vcs.terms import Role


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One question. ``receipt`` names the court message where it is about one.

    ``request_receipt`` names what a witness care unit's program sent, where it is about that;
    ``case_reference`` the case, where it is about a sentence.
    """

    reference: str
    kind: str
    question: str
    region_code: str | None
    due_on: date | None
    opened_on: date
    state: State
    working_days: int
    sentence_reference: str | None
    referral_reference: str | None
    receipt: str | None
    done_at: datetime | None
    answer: str | None
    note: str | None
    request_receipt: str | None = None
    case_reference: str | None = None


@dataclass(frozen=True, slots=True)
class TaskView:
    """One question with the sentence and the decision it is about, where it is about one."""

    task: TaskRow
    sentence: SentenceView | None
    decision: DecisionCard | None
    proposal: ProposalView | None = None


def tasks(
    session: Session,
    actor: Actor,
    today: date,
    asked: Slice = FIRST,
    kinds: Sequence[TaskKind] | None = None,
) -> Page[TaskRow]:
    """Return a page of the open questions a person may see, due soonest first."""
    query = _query().where(task_reach(actor).covering(within), col(Task.done_at).is_(None))
    if kinds is not None:
        query = query.where(col(Task.kind).in_([str(kind) for kind in kinds]))
    query = query.order_by(col(Task.due_on).is_(None), col(Task.due_on), col(Task.id))
    return one_page(session, query, asked, lambda found: (_row(one, today) for one in found))


def kind_of_task(session: Session, actor: Actor, task_reference: str) -> str:
    """Return what kind of question a task is. Raises NotFound where it is not theirs to see."""
    task: Task = _visible(session, actor, task_reference)[0]
    return task.kind


def victim_of_task(session: Session, actor: Actor, task_reference: str) -> int:
    """Return the id of the victim whose address a task is about. Raises NotFound for another."""
    task: Task = _visible(session, actor, task_reference)[0]
    if task.kind != TaskKind.ADDRESS_TO_CHECK or task.victim_id is None:
        raise NotFound("There is no such task about an address.")
    return task.victim_id


def task_page(
    session: Session, sealer: Sealer, actor: Actor, task_reference: str, today: date
) -> TaskView:
    """Return one question. Raises NotFound where there is none that this person may see."""
    found = _visible(session, actor, task_reference)
    task, sentence = found[0], found[1]
    if sentence is None or actor.role is Role.ADMINISTRATOR:
        return TaskView(_row(found, today), None, None)
    return TaskView(
        _row(found, today),
        sentence_view(sealer, sentence),
        decision_card(session, task.sentence_id),
        _proposal(session, sealer, task, actor),
    )


def _visible(session: Session, actor: Actor, task_reference: str) -> Any:
    query = _query().where(
        task_reach(actor).covering(within), col(Task.reference) == task_reference
    )
    found = session.execute(query).first()
    if found is None:
        raise NotFound("There is no such task.")
    return found


def _proposal(session: Session, sealer: Sealer, task: Task, actor: Actor) -> ProposalView | None:
    if task.kind != TaskKind.CLOSING_PROPOSED or task.referral_id is None:
        return None
    return newest_proposal(session, sealer, task.referral_id, names_of(session), actor.account_id)


def tasks_of_sentence(session: Session, sentence_id: int, today: date) -> tuple[TaskRow, ...]:
    """Return every question ever asked about a sentence, newest first."""
    query = _query().where(col(Task.sentence_id) == sentence_id).order_by(col(Task.id).desc())
    return tuple(_row(one, today) for one in session.execute(query))


def _query() -> Select[Any]:
    columns: tuple[Any, ...] = (Task, Sentence, Referral.reference, CourtMessage.receipt)
    query: Select[Any] = (
        select(*columns)
        .select_from(Task)
        .outerjoin(Sentence, col(Sentence.id) == col(Task.sentence_id))
        .outerjoin(Referral, col(Referral.sentence_id) == col(Task.sentence_id))
        .outerjoin(CourtMessage, col(CourtMessage.id) == col(Task.message_id))
    )
    return query


def _row(found: Any, today: date) -> TaskRow:
    task, sentence, referral_reference, receipt = found
    return TaskRow(
        task.reference,
        task.kind,
        task.question,
        task.region_code,
        task.due_on,
        task.opened_on,
        State.MET if task.done_at else state_of(task.due_on, None, today),
        days_left(task.due_on, today) if task.due_on else 0,
        sentence.reference if sentence else None,
        referral_reference,
        receipt,
        task.done_at,
        task.answer,
        task.note,
        task.request_receipt,
        sentence.case_reference if sentence else None,
    )
