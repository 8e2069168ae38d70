"""Sentences decided again, by the law of today, on the facts that are kept of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, insert, select, update
from sqlmodel import Session, col

from vcs import logs
from vcs.intake.records import CourtMessage
from vcs.law.archive import decision_from_json, decision_json, digest_of, facts_from_json
from vcs.law.decision import Decision
from vcs.law.eligibility import decide
from vcs.sentences.records import DecisionRecord, Sentence, SentenceReport
from vcs.tables import table_of

_DECISIONS, _REPORTS = table_of(DecisionRecord), table_of(SentenceReport)

_LOG = logs.logger("vcs.sentences")

_AT_A_TIME = 500


def _newest() -> Select[int]:
    """Return the id of each sentence's decision that stands."""
    return select(func.max(col(DecisionRecord.id))).group_by(col(DecisionRecord.sentence_id))


@dataclass(frozen=True, slots=True)
class Stored:
    """The decision that stands on a sentence, with its facts, as both are kept."""

    sentence_id: int
    reference: str
    decision_id: int
    message_id: int | None
    facts: str
    decision: str


@dataclass(frozen=True, slots=True)
class Redecided:
    """A decision that comes out otherwise by the law of today, on the same facts."""

    sentence_id: int
    was: Stored
    was_outcome: str
    now: Decision
    decision: str


def without_message(session: Session, after: int, count: int) -> list[Stored]:
    """Return the next sentences, by id, whose message is not kept and cannot be read again."""
    columns = (
        col(Sentence.id),
        col(Sentence.reference),
        col(DecisionRecord.id),
        col(DecisionRecord.message_id),
        col(DecisionRecord.facts),
        col(DecisionRecord.decision),
    )
    query = (
        select(*columns)
        .join(DecisionRecord, col(DecisionRecord.sentence_id) == col(Sentence.id))
        .outerjoin(CourtMessage, col(CourtMessage.id) == col(DecisionRecord.message_id))
        .where(col(DecisionRecord.id).in_(_newest()), col(CourtMessage.body).is_(None))
        .where(col(Sentence.id) > after)
        .order_by(col(Sentence.id))
        .limit(count)
    )
    return [Stored(*row) for row in session.execute(query)]


def decided_again(stored: Stored) -> Redecided | None:
    """Decide on stored facts by the law of today; None where the answer is what it was.

    None, too, where they cannot be read any more: one such sentence holds up no other.
    """
    try:
        was = decision_from_json(stored.decision)
        now = decide(facts_from_json(stored.facts))
    except (KeyError, TypeError, ValueError) as fault:
        _LOG.error("sentence.not_decided_again", sentence=stored.reference, **logs.fault(fault))
        return None
    if _answers(now) == _answers(was):
        return None
    return Redecided(stored.sentence_id, stored, str(was.outcome), now, decision_json(now))


def answers_on_facts(session: Session) -> Iterator[Redecided]:
    """Decide every sentence whose message is not kept again, and yield those that change."""
    last = 0
    while found := without_message(session, last, _AT_A_TIME):
        last = found[-1].sentence_id
        yield from (again for one in found if (again := decided_again(one)) is not None)


def _answers(decision: Decision) -> tuple[Any, ...]:
    """Return what would change for anybody: other words for the same answer are no new decision."""
    each = tuple((one.sequence, one.outcome, one.route) for one in decision.offences)
    return decision.outcome, decision.route, decision.urgent, each


def keep(session: Session, again: Redecided, now: datetime) -> bool:
    """Record a decision made again, beside the one it supersedes; False where that moved on."""
    newest = select(func.max(_DECISIONS.c.id)).where(_DECISIONS.c.sentence_id == again.sentence_id)
    if session.execute(newest).scalar_one() != again.was.decision_id:
        return False
    told = {"outcome": str(again.now.outcome), "route": _route(again.now)}
    row = told | {
        "sentence_id": again.sentence_id,
        "made_at": now,
        "rule_set": again.now.rule_set,
        "facts": again.was.facts,
        "decision": again.decision,
        "urgent": bool(again.now.urgent),
        "message_id": again.was.message_id,
        "supersedes_id": again.was.decision_id,
    }
    made = session.execute(insert(_DECISIONS).returning(_DECISIONS.c.id), [row]).scalar_one()
    reports = update(_REPORTS).where(_REPORTS.c.decision_id == again.was.decision_id)
    hashed = {"decision_id": made, "decision_hash": digest_of(again.decision)}
    session.execute(reports.values(told | hashed))
    return True


def _route(decision: Decision) -> str | None:
    return str(decision.route) if decision.route else None
