"""Find decisions that took longer than their time, and queue one alert about each."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ColumnElement, literal
from sqlmodel import Session, col, select

from vcs.alerts.owe import Notice, owe_alert
from vcs.alerts.records import AlertKind, AlertRecord
from vcs.law.duties import in_words
from vcs.referrals.records import Referral
from vcs.referrals.states import region
from vcs.sentences.records import Sentence
from vcs.tasks.ask import WITH_A_CLOCK
from vcs.tasks.records import Task


def late_decisions(session: Session, today: date, limit: int = 500) -> list[int]:
    """Return the open decisions that are past their day and that no alert was owed about yet."""
    key = literal(f"{AlertKind.DECISION_LATE}:") + col(Sentence.reference) + ":"
    owed = select(AlertRecord.id).where(col(AlertRecord.key) == key + col(Task.reference))
    query = (
        select(Task.id)
        .join(Sentence, col(Sentence.id) == col(Task.sentence_id))
        .where(*_late(today), ~owed.correlate(Sentence, Task).exists())
        .order_by(col(Task.due_on), col(Task.id))
        .limit(limit)
    )
    return list(session.exec(query))


def _late(today: date) -> tuple[ColumnElement[bool], ...]:
    return (
        col(Task.done_at).is_(None),
        col(Task.due_on) < today,
        col(Task.kind).in_([str(kind) for kind in WITH_A_CLOCK]),
    )


def owe_late_decision(session: Session, task_id: int, today: date, now: datetime) -> bool:
    """Owe the manager of the region, else the administrators, one email about a late decision.

    Looks again at everything: whoever found it may have looked a while ago. Never a second one,
    whatever becomes of the question. Returns whether it was owed here and now.
    """
    query = select(Task).where(Task.id == task_id, *_late(today))
    task = session.exec(query.with_for_update(skip_locked=True)).first()
    if task is None or task.due_on is None:
        return False
    place = (
        select(Sentence.reference, region())
        .outerjoin(Referral, col(Referral.sentence_id) == col(Sentence.id))
        .where(Sentence.id == task.sentence_id)
    )
    reference, region_code = session.exec(place).one()
    values = {"task": task.reference, "due_on": in_words(task.due_on)}
    kind = AlertKind.DECISION_LATE
    notice = Notice(kind, reference, task.reference, values, region_code)
    return owe_alert(session, notice, now)
