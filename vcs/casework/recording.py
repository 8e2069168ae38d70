"""Recording what a court message tells: decided, referred, dated and asked in one transaction.

A message may add duties by itself. It never withdraws a referral: that takes a person.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert, update
from sqlmodel import Session

from vcs.casework import audit
from vcs.casework.actors import SYSTEM
from vcs.casework.answer import sentenced_entry
from vcs.casework.sentences import changes, shares
from vcs.casework.sentences.by_hand import dealt_with, decide_by_hand, route_referral
from vcs.casework.sentences.changes import Decided, Telling
from vcs.casework.sentences.questions import About, Question, open_tasks, still_open, to_decide
from vcs.casework.sentences.referring import BASES, Opening, is_referred_by_law, open_referrals
from vcs.database import lock
from vcs.intake.message import SET_ASIDE, MessageRead
from vcs.intake.reading import read
from vcs.intake.regions import police_area_of_court, region_of_court
from vcs.law import archive
from vcs.law.eligibility import decide
from vcs.records import (
    CourtMessage,
    DecisionRecord,
    MessageStatus,
    Sentence,
    TaskKind,
    new_reference,
    table_of,
)
from vcs.sealing import Sealer
from vcs.terms import Outcome

__all__ = [
    "Prepared",
    "dealt_with",
    "decide_by_hand",
    "prepare",
    "record_message",
    "route_referral",
    "set_message_aside",
]

_LOCK = 0x76637303
_MESSAGES, _SENTENCES, _DECISIONS = (table_of(t) for t in (CourtMessage, Sentence, DecisionRecord))


@dataclass(frozen=True, slots=True)
class Prepared:
    """A message that was read and decided, with what is to be kept of it already sealed."""

    read: MessageRead
    decided: tuple[Decided, ...]
    result: bytes | None


def prepare(body: bytes, sealer: Sealer) -> Prepared:
    """Read and decide a message. Touches no database, so that it holds up no other writer."""
    told = read(body)
    decided = tuple(_decide(one, sealer) for one in told.sentenced)
    entries = [sentenced_entry(one.sentenced, one.decision) for one in decided]
    return Prepared(told, decided, sealer.seal_json(entries) if entries else None)


def _decide(sentenced: Any, sealer: Sealer) -> Decided:
    decision = decide(sentenced.facts)
    facts = archive.facts_json(sentenced.facts)
    region = region_of_court(sentenced.court_code)
    return Decided(
        sentenced,
        decision,
        facts,
        hashlib.sha256(facts.encode("utf-8")).hexdigest(),
        archive.decision_json(decision),
        sealer.seal_text(sentenced.offender_name),
        sealer.seal_json(sentenced.offender_address),
        region.code if region else None,
        police_area_of_court(sentenced.court_code),
    )


def record_message(
    session: Session,
    message_id: int,
    receipt: str,
    prepared: Prepared,
    now: datetime,
    today: date,
) -> MessageStatus:
    """Record a prepared message, all of it or nothing, in the caller's transaction."""
    lock(session, _LOCK)
    told = prepared.read
    if told.status == SET_ASIDE:
        set_message_aside(session, message_id, receipt, told, now, today)
        return MessageStatus.SET_ASIDE
    telling = Telling(message_id, told, now, today)
    status = MessageStatus.READ
    if shares.is_older(told.shared_at, shares.newest_read(session, told)):
        status = MessageStatus.OLDER_THAN_HELD
    else:
        _record_all(session, telling, prepared.decided)
    _settle(session, message_id, told, status, now, result_json=prepared.result)
    event = "message.read" if status is MessageStatus.READ else "message.older_than_held"
    audit.note(session, now, SYSTEM, event, receipt, f"{len(prepared.decided)} sentenced")
    return status


def set_message_aside(
    session: Session,
    message_id: int,
    receipt: str,
    told: MessageRead,
    now: datetime,
    today: date,
) -> None:
    """Set a message aside, with a task for a person to read it by hand."""
    _settle(session, message_id, told, MessageStatus.SET_ASIDE, now, problem=told.problem)
    asked = f"A court message could not be read. {told.problem} Read it by hand."
    question = Question(
        f"set_aside:{receipt}", TaskKind.SET_ASIDE, asked, message_id=message_id, due_on=today
    )
    open_tasks(session, [question], today)
    audit.note(session, now, SYSTEM, "message.set_aside", receipt)


def _settle(
    session: Session,
    message_id: int,
    told: MessageRead,
    status: MessageStatus,
    now: datetime,
    **rest: Any,
) -> None:
    values = {
        "status": str(status),
        "format": told.format,
        "hearing_id": told.hearing_id,
        "hearing_day": told.hearing_day,
        "shared_at": told.shared_at,
        "read_at": now,
        **rest,
    }
    session.execute(update(_MESSAGES).where(_MESSAGES.c.id == message_id).values(values))


def _record_all(session: Session, telling: Telling, decided: tuple[Decided, ...]) -> None:
    held = shares.held_about(session, telling.read) if _may_be_held(telling.read) else []
    by_key = {one.key: one for one in held}
    _record_new(session, telling, [one for one in decided if one.key not in by_key])
    for one in decided:
        if one.key in by_key:
            changes.record_again(session, telling, one, by_key[one.key])
    changes.mark_gone(session, telling, shares.no_longer_told(held, telling.read))


def _may_be_held(told: MessageRead) -> bool:
    return bool(told.sentenced) or told.hearing_id is not None


def _record_new(session: Session, telling: Telling, decided: list[Decided]) -> None:
    if not decided:
        return
    rows = [_sentence_row(one, telling.read) for one in decided]
    made = session.execute(
        insert(_SENTENCES).returning(_SENTENCES.c.id, sort_by_parameter_order=True), rows
    )
    pairs = list(zip(made.scalars(), decided, strict=True))
    decisions = [changes.decision_row(its_id, one, telling) for its_id, one in pairs]
    session.execute(insert(_DECISIONS), decisions)
    abouts = [(_about(its_id, one, telling), one) for its_id, one in pairs]
    openings = [_opening(about, one) for about, one in abouts if is_referred_by_law(one.outcome)]
    open_referrals(session, openings, SYSTEM, telling.today, telling.now)
    asked = [to_decide(about, one.decision) for about, one in abouts if _asks(one.outcome)]
    for about, one in abouts:
        if is_referred_by_law(one.outcome):
            asked.extend(still_open(about, one.decision))
    open_tasks(session, asked, telling.today)
    for row in rows:
        audit.note(session, telling.now, SYSTEM, "decision.made", row["reference"], row["outcome"])


def _asks(outcome: Outcome) -> bool:
    return outcome in (Outcome.CANNOT_TELL, Outcome.DISCRETIONARY)


def _about(sentence_id: int, one: Decided, telling: Telling) -> About:
    raised_by = f"message {telling.message_id}"
    return About(sentence_id, one.key, one.sentenced_on, one.region_code, raised_by)


def _opening(about: About, one: Decided) -> Opening:
    return Opening(about, one.police_area, BASES[one.outcome])


def _sentence_row(one: Decided, told: MessageRead) -> dict[str, Any]:
    return {
        "reference": new_reference(),
        "key": one.key,
        "date_of_birth": one.sentenced.facts.date_of_birth,
        "sentenced_on": one.sentenced_on,
        "gone": False,
        **changes.told_values(one, told),
    }
