"""What a newer message changes about a sentence that we hold already."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlmodel import Session

from vcs.casework import audit
from vcs.casework.actors import SYSTEM
from vcs.casework.sentences import questions, shares
from vcs.casework.sentences.questions import open_tasks
from vcs.casework.sentences.referring import (
    BASES,
    Opening,
    is_referred_by_law,
    open_referrals,
    raise_basis,
)
from vcs.casework.sentences.shares import Held
from vcs.intake.message import MessageRead, Sentenced
from vcs.law.decision import Decision
from vcs.records import (
    DecisionRecord,
    Referral,
    ReferralStatus,
    Sentence,
    Task,
    TaskKind,
    table_of,
)
from vcs.terms import PROTECTION_ORDER, Outcome

_SENTENCES, _DECISIONS, _TASKS = (table_of(t) for t in (Sentence, DecisionRecord, Task))
_OVERTAKEN = (
    TaskKind.DECIDE,
    TaskKind.DISCRETION,
    TaskKind.QUESTION,
    TaskKind.SENTENCE_CHANGED,
)


@dataclass(frozen=True, slots=True)
class Decided:
    """One sentenced person as read, with the decision and what is kept of both."""

    sentenced: Sentenced
    decision: Decision
    facts_text: str
    facts_hash: str
    decision_text: str
    sealed_name: bytes
    sealed_address: bytes
    region_code: str | None
    police_area: str | None

    @property
    def key(self) -> str:
        """Return the identity of the sentencing occasion."""
        return self.sentenced.key

    @property
    def outcome(self) -> Outcome:
        """Return the outcome of the decision."""
        return self.decision.outcome

    @property
    def sentenced_on(self) -> date:
        """Return the day of sentence."""
        return self.sentenced.facts.sentenced_on


@dataclass(frozen=True, slots=True)
class Telling:
    """One message in the act of being recorded."""

    message_id: int
    read: MessageRead
    now: datetime
    today: date


def told_values(one: Decided, told: MessageRead) -> dict[str, Any]:
    """Return what a sentence's row takes from the message that told it last."""
    return {
        "case_reference": one.sentenced.case_reference,
        "court_code": one.sentenced.court_code,
        "court_name": one.sentenced.court_name,
        "region_code": one.region_code,
        "police_area": one.police_area,
        "offender_name": one.sealed_name,
        "offender_address": one.sealed_address,
        "hearing_id": told.hearing_id,
        "hearing_day": told.hearing_day,
        "shared_at": told.shared_at,
        "outcome": str(one.outcome),
        "route": str(one.decision.route) if one.decision.route else None,
        "facts_hash": one.facts_hash,
    }


def decision_row(
    sentence_id: int, one: Decided, telling: Telling, supersedes_id: int | None = None
) -> dict[str, Any]:
    """Return the row of a decision, for an insert."""
    return {
        "sentence_id": sentence_id,
        "made_at": telling.now,
        "rule_set": one.decision.rule_set,
        "outcome": str(one.outcome),
        "route": str(one.decision.route) if one.decision.route else None,
        "facts": one.facts_text,
        "decision": one.decision_text,
        "message_id": telling.message_id,
        "supersedes_id": supersedes_id,
    }


def record_again(session: Session, telling: Telling, one: Decided, held: Held) -> None:
    """Record what a message says of a sentence that is held already; an older word changes nothing.

    Where neither is known to be newer, the more protective of the two stands until a person looks.
    """
    shared_at = telling.read.shared_at
    if shares.is_older(shared_at, held.shared_at):
        return
    if one.facts_hash == held.facts_hash:
        _told_again(session, telling, one, held)
    elif shares.is_newer(shared_at, held.shared_at) or _protects_more(one, held):
        _supersede(session, telling, one, held)
    else:
        _keep_and_ask(session, telling, one, held)


def _protects_more(one: Decided, held: Held) -> bool:
    order = PROTECTION_ORDER.index
    return order(one.outcome) < order(Outcome(held.outcome))


def _told_again(session: Session, telling: Telling, one: Decided, held: Held) -> None:
    _update(session, held.id, told_values(one, telling.read) | {"gone": False})
    if held.gone:
        _close_tasks(session, held.id, (TaskKind.SENTENCE_GONE,), telling.now)


def _keep_and_ask(session: Session, telling: Telling, one: Decided, held: Held) -> None:
    about = held.about(telling.message_id)
    asked = questions.changed(about, held.outcome, str(one.outcome), ordered=False)
    open_tasks(session, [asked], telling.today)


def _supersede(session: Session, telling: Telling, one: Decided, held: Held) -> None:
    latest = session.execute(
        select(func.max(_DECISIONS.c.id)).where(_DECISIONS.c.sentence_id == held.id)
    ).scalar_one()
    session.execute(insert(_DECISIONS), [decision_row(held.id, one, telling, latest)])
    _update(session, held.id, told_values(one, telling.read) | {"gone": False})
    kinds = (*_OVERTAKEN, TaskKind.SENTENCE_GONE) if held.gone else _OVERTAKEN
    _close_tasks(session, held.id, kinds, telling.now)
    audit.note(
        session,
        telling.now,
        SYSTEM,
        "decision.superseded",
        held.reference,
        f"{held.outcome} to {one.outcome}",
    )
    _follow(session, telling, one, held)


def _follow(session: Session, telling: Telling, one: Decided, held: Held) -> None:
    """Do what the new decision asks for, never less than was done before it."""
    about = replace(held.about(telling.message_id), region_code=one.region_code)
    refers = is_referred_by_law(one.outcome)
    if refers:
        open_tasks(session, questions.still_open(about, one.decision), telling.today)
    if held.referral_id is None and refers:
        opening = Opening(about, one.police_area, BASES[one.outcome])
        open_referrals(session, [opening], SYSTEM, telling.today, telling.now)
    elif held.referral_id is None:
        if one.outcome is not Outcome.NOT_ELIGIBLE:
            open_tasks(session, [questions.to_decide(about, one.decision)], telling.today)
    elif refers and held.referral_status != ReferralStatus.CLOSED:
        referral = session.get_one(Referral, held.referral_id)
        raise_basis(session, referral, BASES[one.outcome], one.sentenced_on, telling.today)
    elif refers or held.referral_status != ReferralStatus.CLOSED:
        asked = questions.changed(about, held.outcome, str(one.outcome), ordered=True)
        open_tasks(session, [asked], telling.today)


def mark_gone(session: Session, telling: Telling, lost: Iterable[Held]) -> None:
    """Mark sentences that a newer message no longer holds, and ask where somebody may be owed."""
    for held in lost:
        _update(session, held.id, {"gone": True})
        audit.note(session, telling.now, SYSTEM, "sentence.gone", held.reference)
        if held.outcome != Outcome.NOT_ELIGIBLE or held.referral_id is not None:
            open_tasks(session, [questions.gone(held.about(telling.message_id))], telling.today)


def _update(session: Session, sentence_id: int, values: dict[str, Any]) -> None:
    session.execute(update(_SENTENCES).where(_SENTENCES.c.id == sentence_id).values(values))


def _close_tasks(
    session: Session, sentence_id: int, kinds: tuple[TaskKind, ...], now: datetime
) -> None:
    open_ones = (
        _TASKS.c.sentence_id == sentence_id,
        _TASKS.c.kind.in_([str(kind) for kind in kinds]),
        _TASKS.c.done_at.is_(None),
    )
    values = {"done_at": now, "answer": "overtaken by a newer court message"}
    session.execute(update(_TASKS).where(*open_ones).values(values))
