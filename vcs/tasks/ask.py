"""Open a question for a person once, or again where it was only overtaken."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import case, update
from sqlmodel import Session

from vcs.database import insert_once
from vcs.law.deadlines.due import decision_due
from vcs.tables import free_references, table_of
from vcs.tasks.records import Task, TaskKind, TaskTopic

_TABLE = table_of(Task)

WITH_A_CLOCK = (
    TaskKind.DECIDE,
    TaskKind.DISCRETION,
    TaskKind.SENTENCE_CHANGED,
    TaskKind.SENTENCE_GONE,
    TaskKind.RESULT_CODE,
    TaskKind.ALSO_OFFENDER,
    TaskKind.SAME_OFFENDER,
)

"""The decisions that have a time of their own, from the day on which a person is asked."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a person is to be asked. ``key`` makes asking twice harmless.

    A decision of a kind ``WITH_A_CLOCK`` falls due when its own time is over, whatever ``due_on``,
    unless it is about danger.
    """

    key: str
    kind: TaskKind
    text: str
    region_code: str | None = None
    due_on: date | None = None
    sentence_id: int | None = None
    referral_id: int | None = None
    message_id: int | None = None
    request_receipt: str | None = None
    victim_id: int | None = None
    person_id: int | None = None
    topic: TaskTopic | None = None
    result_code: str | None = None
    other_sentence_id: int | None = None


def open_tasks(session: Session, questions: Iterable[Question], today: date) -> None:
    """Open a task for each question that was not asked before."""
    rows = [_row(question, today) for question in questions]
    if not rows:
        return
    for row, reference in zip(rows, free_references(session, len(rows), Task), strict=True):
        row["reference"] = reference
    session.execute(insert_once(session, _TABLE, "key"), rows)


def ask_again(session: Session, questions: Iterable[Question], today: date) -> None:
    """Open again what was overtaken meanwhile; what a person answered stays answered.

    The time for a decision begins anew.
    """
    keys = [question.key for question in questions]
    clocked = [str(kind) for kind in WITH_A_CLOCK]
    due_on = case((_TABLE.c.kind.in_(clocked), decision_due(today)), else_=_TABLE.c.due_on)
    overtaken = (
        _TABLE.c.key.in_(keys),
        _TABLE.c.done_at.is_not(None),
        _TABLE.c.done_by.is_(None),
    )
    if keys:
        session.execute(
            update(_TABLE)
            .where(*overtaken)
            .values(done_at=None, answer=None, due_on=due_on, opened_on=today)
        )


def _has_its_time(question: Question) -> bool:
    """Say whether a question has the time of a decision: danger has none."""
    return question.kind in WITH_A_CLOCK and question.topic is not TaskTopic.DANGER


def _row(question: Question, today: date) -> dict[str, Any]:
    return {
        "key": question.key,
        "kind": str(question.kind),
        "question": question.text,
        "region_code": question.region_code,
        "due_on": decision_due(today) if _has_its_time(question) else question.due_on,
        "opened_on": today,
        "sentence_id": question.sentence_id,
        "referral_id": question.referral_id,
        "message_id": question.message_id,
        "request_receipt": question.request_receipt,
        "victim_id": question.victim_id,
        "person_id": question.person_id,
        "result_code": question.result_code,
        "other_sentence_id": question.other_sentence_id,
        "topic": str(question.topic) if question.topic else None,
    }
