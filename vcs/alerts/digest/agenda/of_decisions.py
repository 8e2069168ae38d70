"""The questions that have a time of their own: whether contact is owed, and what is not read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy import ColumnElement, and_, true
from sqlmodel import Session, col, or_, select

from vcs.alerts.digest.agenda.matter import Decision, Matter, task_matter
from vcs.alerts.digest.agenda.whose import Whose
from vcs.alerts.rungs.ladder import Stand
from vcs.clock import london_date
from vcs.law.deadlines.due import ANSWER_SET_ASIDE, DECIDE
from vcs.referrals.records import Referral
from vcs.referrals.states import region
from vcs.sentences.records import Sentence
from vcs.tasks.ask import WITH_A_CLOCK
from vcs.tasks.records import Task, TaskKind

_ALSO_OFFENDER = "Find out whether a victim is an offender in another case"

_ASKED = {
    TaskKind.RESULT_CODE: (DECIDE, Decision.CODE),
    TaskKind.ALSO_OFFENDER: (_ALSO_OFFENDER, Decision.OTHER),
    TaskKind.SAME_OFFENDER: ("Find out whether two cases are of one offender", Decision.OTHER),
    TaskKind.SET_ASIDE: (ANSWER_SET_ASIDE, Decision.READ),
}
"""The questions that are not whether contact is owed: what is done, and what is decided."""

_ADMINISTRATORS = (TaskKind.RESULT_CODE, TaskKind.SET_ASIDE)
"""The questions that are an administrator's, of no region."""


def open_decisions(session: Session, whose: Whose, most: int | None = None) -> list[Matter]:
    """Return the decisions that wait; none is an officer's, and one about a code has no region."""
    if whose.officers is not None:
        return []
    return list(decisions(session, and_(*_asked_still(whose), ~_is_aside()), most))


def messages_aside(session: Session, whose: Whose) -> list[Matter]:
    """Return the messages that wait to be read: however many, they push no decision off a page."""
    if whose.officers is not None:
        return []
    return list(decisions(session, and_(*_asked_still(whose), _is_aside())))


def _is_aside() -> ColumnElement[bool]:
    return col(Task.kind) == str(TaskKind.SET_ASIDE)


def _asked_still(whose: Whose) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return col(Task.done_at).is_(None), _asked_of(whose)


def _asked_of(whose: Whose) -> ColumnElement[bool]:
    if whose.passed_up is not None:
        codes = col(Task.kind) == str(TaskKind.RESULT_CODE)
        return or_(codes, whose.passed_up.within(region(), col(Sentence.id), col(Referral.id)))
    return true() if whose.region_code is None else region() == whose.region_code


def decisions(
    session: Session, which: ColumnElement[bool], most: int | None = None
) -> Iterator[Matter]:
    """Yield the decisions that have a time of their own."""
    query = (
        select(Task, region(), Referral.reference)
        .select_from(Task)
        .outerjoin(Sentence, col(Sentence.id) == col(Task.sentence_id))
        .outerjoin(Referral, col(Referral.sentence_id) == col(Sentence.id))
        .where(
            col(Task.kind).in_([str(kind) for kind in (*WITH_A_CLOCK, TaskKind.SET_ASIDE)]),
            which,
        )
        .order_by(col(Task.due_on), col(Task.id))
        .limit(most)
    )
    for task, region_code, referral in session.exec(query):
        if task.due_on is not None:
            yield _of_decision(task, (region_code, referral), task.due_on)


def _of_decision(task: Task, place: tuple[str | None, str | None], due_on: date) -> Matter:
    is_theirs = task.kind in _ADMINISTRATORS
    duty, decision = _ASKED.get(TaskKind(task.kind), (DECIDE, Decision.DECIDE))
    region_code, referral = place
    return Matter(
        task_matter(task.id),
        task.reference,
        f"/tasks/{task.reference}",
        None if is_theirs else region_code,
        task.sentence_id,
        None,
        duty,
        decision,
        min(task.opened_on, due_on),
        due_on,
        Stand.ADMINISTRATOR if is_theirs else Stand.MANAGER,
        london_date(task.done_at) if task.done_at else None,
        referral,
    )
