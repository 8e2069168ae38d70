"""Find decisions that took longer than their time, and queue one alert about each.

A question about a result code is one of them: every sentence with the code waits for it. Its alert
goes to the administrators, who answer it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, case, func, literal, update
from sqlmodel import Session, col, select

from vcs.alerts.owe import Notice, owe_alert
from vcs.alerts.records import AlertKind, AlertRecord
from vcs.law.deadlines.duties import in_words
from vcs.referrals.questions.task_reads import waiting_for
from vcs.referrals.records import Referral
from vcs.referrals.states import region
from vcs.sentences.records import Sentence
from vcs.tasks.ask import WITH_A_CLOCK
from vcs.tasks.records import Task, TaskKind


def late_decisions(session: Session, today: date, limit: int = 500) -> list[int]:
    """Return the open decisions that are past their day and that no alert was owed about yet."""
    stands = (col(AlertRecord.key) == _key(), col(AlertRecord.withdrawn_at).is_(None))
    owed = select(AlertRecord.id).where(*stands)
    query = (
        select(Task.id)
        .outerjoin(Sentence, col(Sentence.id) == col(Task.sentence_id))
        .where(*_late(today), ~owed.correlate(Sentence, Task).exists())
        .order_by(col(Task.due_on), col(Task.id))
        .limit(limit)
    )
    return list(session.exec(query))


def _key() -> ColumnElement[str]:
    """Return the key that ``owe_alert`` gives the alert about a task."""
    is_code = col(Task.kind) == str(TaskKind.RESULT_CODE)
    kind = case((is_code, str(AlertKind.CODE_LATE)), else_=str(AlertKind.DECISION_LATE))
    subject = func.coalesce(col(Sentence.reference), col(Task.result_code))
    return kind + literal(":") + subject + literal(":") + col(Task.reference)


def _late(today: date) -> tuple[ColumnElement[bool], ...]:
    return (
        col(Task.done_at).is_(None),
        col(Task.due_on) < today,
        col(Task.kind).in_([str(kind) for kind in WITH_A_CLOCK]),
    )


def owe_late_decision(session: Session, task_id: int, today: date, now: datetime) -> bool:
    """Owe one email about a late decision to whoever decides, else to the administrators.

    Looks again at everything: whoever found it may have looked a while ago. Never a second one,
    whatever becomes of the question. Returns whether it was owed here and now.
    """
    query = select(Task).where(Task.id == task_id, *_late(today))
    task = session.exec(query.with_for_update(skip_locked=True)).first()
    if task is None or task.due_on is None:
        return False
    notice = _notice(session, task, task.due_on)
    return owe_alert(session, notice, now) or _owe_again(session, task_id, now)


def _notice(session: Session, task: Task, due_on: date) -> Notice:
    values: dict[str, str | int] = {"task": task.reference, "due_on": in_words(due_on)}
    if task.kind == TaskKind.RESULT_CODE:
        code = task.result_code or ""
        values["waiting"] = waiting_for(session, code).in_words
        return Notice(AlertKind.CODE_LATE, code, task.reference, values)
    place = (
        select(Sentence.reference, region())
        .outerjoin(Referral, col(Referral.sentence_id) == col(Sentence.id))
        .where(Sentence.id == task.sentence_id)
    )
    reference, region_code = session.exec(place).one()
    return Notice(AlertKind.DECISION_LATE, reference, task.reference, values, region_code)


def _owe_again(session: Session, task_id: int, now: datetime) -> bool:
    """Owe again what was withdrawn unsent: the question was asked again, and is late again."""
    again = update(AlertRecord).where(
        col(AlertRecord.key).in_(keys_of_late_decisions([task_id])),
        col(AlertRecord.withdrawn_at).is_not(None),
        col(AlertRecord.sent_at).is_(None),
    )
    values = {"withdrawn_at": None, "owed_at": now, "next_try_at": now, "tries": 0}
    return session.execute(again.values(values).returning(col(AlertRecord.id))).first() is not None


def withdraw_late_decisions(session: Session, task_ids: Sequence[int], now: datetime) -> None:
    """Withdraw the alerts about decisions that are no longer waited for, if they did not leave."""
    unsent = (
        col(AlertRecord.sent_at).is_(None),
        col(AlertRecord.failed_reason).is_(None),
        col(AlertRecord.withdrawn_at).is_(None),
    )
    theirs = col(AlertRecord.key).in_(keys_of_late_decisions(task_ids))
    session.execute(update(AlertRecord).where(theirs, *unsent).values(withdrawn_at=now))


def keys_of_late_decisions(task_ids: Sequence[int]) -> Select[str]:
    """Return the keys of the alerts about some late decisions."""
    return (
        select(_key())
        .select_from(Task)
        .outerjoin(Sentence, col(Sentence.id) == col(Task.sentence_id))
        .where(col(Task.id).in_(task_ids))
    )
