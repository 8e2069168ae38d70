"""Sentences that one answered question would make eligible: what to ask, whom, and how urgently."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func
from sqlmodel import Session, col, select

from vcs.access.actors import Actor
from vcs.law.archive import facts_from_json
from vcs.law.nearest import Nearest, nearest
from vcs.paging import FIRST, Page, Slice
from vcs.referrals.questions.task_reads import TaskRow, tasks
from vcs.sentences.records import DecisionRecord, Sentence
from vcs.tasks.records import TaskKind

LOOKED_AT = 100
"""Open questions looked at for one page: each is decided again many times over."""


@dataclass(frozen=True, slots=True)
class OneCall:
    """An open question about a sentence, and the one fact that would settle it as a yes."""

    task: TaskRow
    nearest: Nearest


def one_call_away(
    session: Session, actor: Actor, today: date, asked_for: Slice = FIRST
) -> Page[OneCall]:
    """Return what one call would make eligible, of what this person may see, due soonest first.

    ``total`` and ``pages`` count the open questions that are looked through.
    """
    part = Slice(asked_for.page, LOOKED_AT)
    asked = tasks(session, actor, today, part, (TaskKind.DECIDE,))
    named = [row.sentence_reference for row in asked.rows if row.sentence_reference]
    facts = _facts(session, named)
    found = ((row, _one_call(facts.get(row.sentence_reference or ""))) for row in asked.rows)
    rows = tuple(OneCall(row, one) for row, one in found if one is not None)
    return Page(rows, asked.page, asked.pages, asked.total)


def _facts(session: Session, references: list[str]) -> dict[str, str]:
    newest = (
        select(func.max(col(DecisionRecord.id)))
        .where(col(DecisionRecord.sentence_id) == col(Sentence.id))
        .correlate(Sentence)
        .scalar_subquery()
    )
    query = (
        select(Sentence.reference, DecisionRecord.facts)
        .join(DecisionRecord, col(DecisionRecord.id) == newest)
        .where(col(Sentence.reference).in_(references))
    )
    return dict(session.exec(query).all())


def _one_call(kept: str | None) -> Nearest | None:
    if kept is None:
        return None
    facts = facts_from_json(kept)
    each = (one for place in range(len(facts.offences)) for one in nearest(facts, place)[:1])
    return next((one for one in each if one.is_one_call), None)
