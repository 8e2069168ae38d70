"""Questions that wait for a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, case, func, select
from sqlmodel import Session, col

from vcs.access.actors import Actor
from vcs.access.reads import names_of
from vcs.access.rules import reach
from vcs.errors import NotFound
from vcs.intake.records import CourtMessage
from vcs.law.deadlines.due import State, days_left, state_of
from vcs.paging import FIRST, Page, Slice, one_page
from vcs.referrals.closure.proposal_reads import ProposalView, newest_proposal
from vcs.referrals.questions.earlier_answers import EarlierAnswer, earlier_answers
from vcs.referrals.questions.like_cases import LikeCases, like_cases
from vcs.referrals.reads import has_open_referral
from vcs.referrals.records import Referral
from vcs.referrals.states import joined, waits_for_a_code, within
from vcs.referrals.states import state as state_of_sentence
from vcs.sealing import Sealer
from vcs.sentences.decisions import DecisionCard, SentenceView, decision_card, sentence_view
from vcs.sentences.declines.policy import no_takes_two
from vcs.sentences.declines.reads import DeclineView, newest_decline
from vcs.sentences.records import AwaitedCode, Sentence
from vcs.tasks.kinds import COMPARES
from vcs.tasks.records import DECIDING, Task, TaskKind
from vcs.tasks.rules import task_reach, unknown_first
from vcs.terms import Role, SentenceState

MOST_OF_A_CASE = 20
"""Other questions of a case that a task's page shows."""

_AT_A_TIME = 200

_DECIDING = (*DECIDING, TaskKind.ONE_LOOK, TaskKind.DECLINE_REVIEW)


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One question. ``receipt`` names the court message where it is about one.

    ``request_receipt`` names what a witness care unit's program sent, where it is about that;
    ``case_reference`` the case, where it is about a sentence. ``case_key`` is alike for all
    questions of one case, and empty where it is about none.
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
    case_key: str = ""


@dataclass(frozen=True, slots=True)
class WaitingSentences:
    """How many sentences wait, and the day of sentence of the oldest."""

    count: int
    oldest_on: date | None = None

    @property
    def in_words(self) -> str:
        """Say how many."""
        return f"{self.count} sentence{'' if self.count == 1 else 's'}"


@dataclass(frozen=True, slots=True)
class TaskView:
    """One question with the sentence and the decision it is about, where it is about one.

    ``of_case`` are the other open questions of the same case, the most urgent first. ``waiting``
    says of a question about a result code how many sentences wait for the answer. ``earlier`` are
    answers that people gave to the same question before. ``decline`` is the newest no that was
    proposed about the sentence, ``like`` how like cases of the region were decided. Where
    ``no_takes_two``, a no is only a proposal.
    """

    task: TaskRow
    sentence: SentenceView | None
    decision: DecisionCard | None
    proposal: ProposalView | None = None
    of_case: tuple[TaskRow, ...] = ()
    waiting: WaitingSentences | None = None
    earlier: tuple[EarlierAnswer, ...] = ()
    decline: DeclineView | None = None
    like: LikeCases | None = None
    no_takes_two: bool = False

    @property
    def second_wanted(self) -> bool:
        """Say whether a proposed no waits here for a second manager."""
        decline = self.decline
        return bool(decline and decline.is_waiting and decline.task == self.task.reference)


def tasks(
    session: Session,
    actor: Actor,
    today: date,
    asked: Slice = FIRST,
    kinds: Sequence[TaskKind] | None = None,
) -> Page[TaskRow]:
    """Return a page of the open questions a person may see, due soonest first.

    The questions of one case stand together, where the most urgent of them would stand.
    """
    query = _open_to(actor)
    if kinds is not None:
        query = query.where(col(Task.kind).in_([str(kind) for kind in kinds]))
    return one_page(session, query, asked, lambda found: (_row(one, today) for one in found))


def task_rows(session: Session, actor: Actor, today: date, *which: Any) -> Iterator[TaskRow]:
    """Yield every open question a person may see, or those that ``which`` narrows to.

    They come in the same order; whoever asks stops.
    """
    query = _open_to(actor).where(*which)
    for one in session.execute(query.execution_options(yield_per=_AT_A_TIME)):
        yield _row(one, today)


def _open_to(actor: Actor) -> Select[Any]:
    query = _query().where(task_reach(actor).covering(within), col(Task.done_at).is_(None))
    return query.order_by(*_case_by_case())


def _case_by_case() -> tuple[Any, ...]:
    """Return the order of a list of questions: cases by their most urgent one, then each in it."""
    has_case = and_(col(Sentence.case_key).is_not(None), col(Sentence.case_key) != "")
    case_or_task = case((has_case, col(Sentence.case_key)), else_=col(Task.reference))
    of_case: Any = {"partition_by": (has_case, case_or_task)}
    most_urgent = func.min(col(Task.due_on)).over(**of_case)
    first_asked = func.min(col(Task.id)).over(**of_case)
    return unknown_first(), most_urgent.is_(None), most_urgent, first_asked, *_most_urgent_first()


def _most_urgent_first() -> tuple[Any, ...]:
    return col(Task.due_on).is_(None), col(Task.due_on), col(Task.id)


def kind_of_task(session: Session, actor: Actor, task_reference: str) -> str:
    """Return what kind of question a task is. Raises NotFound where it is not theirs to see."""
    task: Task = _visible(session, actor, task_reference)[0]
    return task.kind


def victim_of_task(session: Session, actor: Actor, task_reference: str) -> int:
    """Return the id of the victim whose address or number a task is about. Raises NotFound."""
    task: Task = _visible(session, actor, task_reference)[0]
    if task.kind not in COMPARES or task.victim_id is None:
        raise NotFound("There is no such task about an address or a number.")
    return task.victim_id


def task_page(
    session: Session, sealer: Sealer, actor: Actor, task_reference: str, today: date
) -> TaskView:
    """Return one question. Raises NotFound where there is none that this person may see."""
    found = _visible(session, actor, task_reference)
    task, sentence = found[0], found[1]
    if sentence is None or actor.role is Role.ADMINISTRATOR:
        waiting = waiting_for(session, task.result_code) if task.result_code else None
        return TaskView(_row(found, today), None, None, waiting=waiting)
    card = decision_card(session, task.sentence_id)
    return TaskView(
        _row(found, today),
        sentence_view(sealer, sentence),
        card,
        _proposal(session, sealer, task, actor),
        _of_case(session, actor, found, today),
        earlier=earlier_answers(session, actor, task, sentence, card.offences),
        decline=_decline(session, sealer, actor, task),
        like=like_cases(session, actor, sentence.id, today) if task.kind in _DECIDING else None,
        no_takes_two=no_takes_two(task.kind, sentence, has_open_referral(session, sentence.id)),
    )


def _decline(session: Session, sealer: Sealer, actor: Actor, task: Task) -> DeclineView | None:
    if task.sentence_id is None or task.kind not in _DECIDING:
        return None
    names = names_of(session)
    return newest_decline(session, sealer, task.sentence_id, names, actor.account_id)


def _of_case(session: Session, actor: Actor, found: Any, today: date) -> tuple[TaskRow, ...]:
    """Return the other open questions of a task's case that a person may see."""
    task, sentence = found[0], found[1]
    if not sentence.case_key:
        return ()
    query = (
        _query()
        .where(task_reach(actor).covering(within), col(Task.done_at).is_(None))
        .where(col(Sentence.case_key) == sentence.case_key, col(Task.id) != task.id)
        .order_by(*_most_urgent_first())
        .limit(MOST_OF_A_CASE)
    )
    return tuple(_row(one, today) for one in session.execute(query))


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


def waiting_for(session: Session, code: str) -> WaitingSentences:
    """Count the sentences of all regions in which nothing but this code is open."""
    theirs = select(col(AwaitedCode.sentence_id)).where(col(AwaitedCode.code) == code)
    count, oldest = session.execute(_counted().where(col(Sentence.id).in_(theirs))).one()
    return WaitingSentences(count, _day(oldest))


def waiting_within_reach(session: Session, actor: Actor) -> WaitingSentences:
    """Count the sentences within somebody's reach that wait for the meaning of any code."""
    query = _counted().where(waits_for_a_code(), within(reach(actor)))
    count, oldest = session.execute(query).one()
    return WaitingSentences(count, _day(oldest))


def _counted() -> Select[Any]:
    due = state_of_sentence() == str(SentenceState.DECISION_DUE)
    columns: tuple[Any, ...] = (func.count(), func.min(col(Sentence.sentenced_on)))
    return select(*columns).select_from(joined()).where(due)


def _day(found: date | str | None) -> date | None:
    """Return a date that came out of an aggregate, which SQLite gives as text."""
    return date.fromisoformat(found) if isinstance(found, str) else found


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
        sentence.case_key if sentence else "",
    )
