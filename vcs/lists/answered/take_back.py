"""Take an answer about lines back: they are asked about again, and what it taught is forgotten."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, or_
from sqlmodel import Session, col, select

from vcs.access.rules import Act
from vcs.access.work import Work
from vcs.database import insert_once
from vcs.errors import NotAllowed, NotFound, NotValid
from vcs.lists.answered.answering import LineAnswer
from vcs.lists.answered.end_again import ask_again, end_again
from vcs.lists.line_reads import may_answer
from vcs.lists.records import (
    ListAnswer,
    ListAnswerTakenBack,
    ListLine,
    ListRun,
    SentenceNumber,
)
from vcs.lists.sealed_lines import KeptLine
from vcs.referrals.questions.task_reads import kind_of_task
from vcs.sealing import shown
from vcs.tables import table_of
from vcs.tasks.records import Task, TaskKind

_NUMBERS, _RUNS = table_of(SentenceNumber), table_of(ListRun)

_ENDING = (str(LineAnswer.SAME), str(LineAnswer.NOT_SAME), str(LineAnswer.EXPLAINED))


def take_back(work: Work, task_reference: str) -> Task:
    """Take back what people said of the lines of a task. One person may: it only asks again.

    What was answered is asked anew as another task; what only waited for a second person waits no
    more. Raises NotValid where nothing was said, or it was taken back already.
    """
    work.require_may(Act.RECONCILE)
    if kind_of_task(work.session, work.actor, task_reference) != TaskKind.LIST_LINE:
        raise NotFound("This task is not about a list.")
    task = work.session.exec(select(Task).where(Task.reference == task_reference)).one()
    if not may_answer(work.session, work.actor, task):
        raise NotAllowed("The managers of its region take this back.")
    answers = standing_answers(work.session, task)
    if not answers:
        raise NotValid("There is no answer to take back. Load the page again to see why.")
    for answer in answers:
        _mark(work, answer)
        _forget_numbers(work, answer)
    work.session.flush()
    if task.done_at is not None:
        query = select(ListLine).where(ListLine.task_id == task.id).order_by(col(ListLine.id))
        lines = work.session.exec(query).all()
        end_again(work, lines)
        ask_again(work, lines)
    work.note("list.answer_taken_back", task.reference)
    return task


def standing_answers(session: Session, task: Task) -> Sequence[ListAnswer]:
    """Return what was said to end the lines of a task and was not taken back, oldest first."""
    query = (
        select(ListAnswer)
        .join(ListLine, col(ListLine.id) == col(ListAnswer.line_id))
        .where(ListLine.task_id == task.id, col(ListAnswer.answer).in_(_ENDING))
        .where(col(ListAnswer.id).not_in(select(ListAnswerTakenBack.answer_id)))
    )
    return session.exec(query.order_by(col(ListAnswer.id))).all()


def _mark(work: Work, answer: ListAnswer) -> None:
    table = table_of(ListAnswerTakenBack)
    row = {
        "answer_id": answer.id,
        "taken_back_at": work.now,
        "taken_back_by": work.actor.account_id,
    }
    work.session.execute(insert_once(work.session, table, "answer_id").values(row))


def _forget_numbers(work: Work, answer: ListAnswer) -> None:
    """Forget the numbers that lists taught of a sentence since a line was wrongly joined with it.

    Some may be right: the next list that holds them teaches them again.
    """
    if answer.answer != LineAnswer.SAME or answer.sentence_id is None:
        return
    since = select(_RUNS.c.id).where(_RUNS.c.run_at >= answer.answered_at)
    line = work.session.get_one(ListLine, answer.line_id)
    opened = shown(work.sealer.open_json, line.sealed, None) if line.sealed is not None else None
    marks = KeptLine.of_json(opened).line().described.person.numbers.values() if opened else ()
    taught = or_(_NUMBERS.c.run_id.in_(since), _NUMBERS.c.mark.in_(sorted(marks)))
    of_sentence = _NUMBERS.c.sentence_id == answer.sentence_id
    work.session.execute(delete(_NUMBERS).where(of_sentence, taught))
