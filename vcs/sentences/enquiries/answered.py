"""What people answered, kept so that it is used again.

An answer about an offence is shown to whoever is asked the same of that offence. Each answer in
which region a court sits is a dated row: where the last ones are alike, the region is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Select, or_, select
from sqlmodel import Session, col

from vcs.database import insert_once
from vcs.intake import identifiers
from vcs.law.archive import decision_from_json
from vcs.law.decision import OffenceDecision
from vcs.sentences.records import AnsweredCondition, CourtAnswer, DecisionRecord, Sentence
from vcs.tables import table_of
from vcs.tasks.records import Task, TaskKind
from vcs.terms import Answer, Outcome

_ANSWERED = table_of(AnsweredCondition)

DISCRETION = "discretion"

ALIKE = 2
"""How many answers in a row must be alike: one mistake sends no other victim's referral astray."""

_COURT = slice(0, 5)

Asked = tuple[str, str]
"""An offence's code in one form, and the condition that is open in it."""


def asked_about(kind: str, offences: Iterable[OffenceDecision]) -> list[Asked]:
    """Return what a question of a kind asks about offences whose code is known."""
    found = [
        (identifiers.offence_code(one.offence_code), condition)
        for one in offences
        if one.offence_code
        for condition in _open_in(kind, one)
    ]
    return sorted(set(found))


def _open_in(kind: str, offence: OffenceDecision) -> list[str]:
    if kind == TaskKind.DISCRETION:
        return [DISCRETION] if offence.outcome is Outcome.DISCRETIONARY else []
    unknown = [one.condition for one in offence.reasons if one.answer is Answer.UNKNOWN]
    # The conditions of the routes come first; notes that are asked of nobody stand after them.
    return unknown[: len(offence.questions)]


def keep_answered(session: Session, task: Task) -> None:
    """Keep what an answered question was about."""
    newest = (
        select(col(DecisionRecord.decision))
        .where(col(DecisionRecord.sentence_id) == task.sentence_id)
        .order_by(col(DecisionRecord.id).desc())
        .limit(1)
    )
    kept = session.execute(newest).scalar()
    asked = asked_about(task.kind, decision_from_json(kept).offences) if kept else []
    rows = [
        {"task_id": task.id, "offence_code": code, "condition": condition}
        for code, condition in asked
    ]
    if rows:
        columns = ("task_id", "offence_code", "condition")
        session.execute(insert_once(session, _ANSWERED, *columns), rows)


def tasks_about(asked: Iterable[Asked]) -> Select[int]:
    """Return the answered questions that were about any of these."""
    each = [
        (col(AnsweredCondition.offence_code) == code) & (col(AnsweredCondition.condition) == name)
        for code, name in asked
    ]
    return select(col(AnsweredCondition.task_id)).where(or_(*each))


def court_key(code: str | None) -> str:
    """Return the part of a court's OU code that names the court, in one form; empty for none."""
    return identifiers.court_code(code or "")[_COURT]


def keep_court_answer(
    session: Session, code: str | None, region_code: str, by: tuple[int | None, datetime]
) -> None:
    """Add an answer for a court; ``by`` is the account and the moment."""
    account_id, now = by
    if key := court_key(code):
        row = CourtAnswer(
            court=key, region_code=region_code, answered_at=now, answered_by=account_id
        )
        session.add(row)
        session.flush()


def answers_for(session: Session, code: str | None, most: int) -> Sequence[CourtAnswer]:
    """Return the last answers for a court, the newest first."""
    query = select(CourtAnswer).where(col(CourtAnswer.court) == court_key(code))
    return session.execute(query.order_by(col(CourtAnswer.id).desc()).limit(most)).scalars().all()


def regions_known(session: Session, codes: Iterable[str | None]) -> dict[str, str]:
    """Return the region of each court, by its key, that was answered alike often enough."""
    found: dict[str, str] = {}
    for key in {court_key(code) for code in codes} - {""}:
        regions = [one.region_code for one in answers_for(session, key, ALIKE)]
        if len(regions) == ALIKE and len(set(regions)) == 1:
            found[key] = regions[0]
    return found


def still_to_route(session: Session, code: str | None) -> list[int]:
    """Return the sentences of a court about whose region a question is open."""
    query = (
        select(col(Sentence.id), col(Sentence.court_code))
        .join(Task, col(Task.sentence_id) == col(Sentence.id))
        .where(col(Task.kind) == str(TaskKind.ROUTE), col(Task.done_at).is_(None))
    )
    key = court_key(code)
    return sorted({its_id for its_id, held in session.execute(query) if court_key(held) == key})
