"""M9, M13 to M15, M17 and M22: needs, requests, and how people were told of key events."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select
from sqlmodel import Session, col

from vcs.clock import london_date
from vcs.events.catalogue import CATALOGUE
from vcs.events.records import EventKind, EventLine, KeyEvent
from vcs.measures.facts import Asked, Fact, LeftOut, of_referrals, of_victims, placed
from vcs.needs.conditions.records import ConditionRequest
from vcs.needs.records import NeedAction, NeedOutcome
from vcs.referrals.records import Referral
from vcs.victims.records import Victim

_TOGETHER = timedelta(hours=4)

_HOUR = timedelta(hours=1)

_DANGERS = tuple(str(row.kind) for row in CATALOGUE.values() if row.danger)


def needs_ended(session: Session, asked: Asked) -> Iterator[Fact]:
    """M9. Each action on a need that fell due: did it end in something?"""
    due, outcome = col(NeedAction.due_on), col(NeedAction.outcome)
    query = of_victims(asked, due, outcome).join(
        NeedAction, col(NeedAction.victim_id) == col(Victim.id)
    )
    for row in session.execute(query.where(due.between(asked.from_on, asked.to_on))):
        is_open = row.outcome is None
        left_out = LeftOut.NOT_DUE if is_open and row.due_on >= asked.today else None
        ended = not is_open and row.outcome != NeedOutcome.LAPSED
        yield Fact(row.due_on, placed(row), ended, None, left_out)


def requests_carried(session: Session, asked: Asked) -> Iterator[Fact]:
    """M15. Each request that was answered: with the decision and its reason?"""
    answered = col(ConditionRequest.answered_on)
    reason = col(ConditionRequest.answer_sealed).is_not(None)
    query = (
        of_victims(asked, answered, col(ConditionRequest.answer), reason.label("reason"))
        .join(ConditionRequest, col(ConditionRequest.victim_id) == col(Victim.id))
        .where(answered.between(asked.from_on, asked.to_on))
    )
    for row in session.execute(query):
        yield Fact(row.answered_on, placed(row), bool(row.answer and row.reason))


def told_before_release(session: Session, asked: Asked) -> Iterator[Fact]:
    """M13. Each person to be told of a planned release, with the days that they had."""
    planned = col(KeyEvent.kind).in_([str(EventKind.RELEASE_PLANNED)])
    happened = col(KeyEvent.happened_on)
    query = _lines(asked).where(planned, happened.between(asked.from_on, asked.to_on))
    for row in session.execute(query):
        told_on = _day(row.told_at)
        lead = (row.happened_on - told_on).days if told_on else None
        left_out = _not_to_be_told(row)
        if left_out is None and told_on is None and row.happened_on > asked.today:
            left_out = LeftOut.NOT_DUE
        counts = left_out is None and lead is not None and lead > 0
        yield Fact(row.happened_on, placed(row), counts, lead, left_out)


def heard_elsewhere(session: Session, asked: Asked) -> Iterator[Fact]:
    """M14. Each person who was told of a key event: had they heard it before?"""
    for row in session.execute(_lines(asked).where(col(EventLine.told_at).is_not(None))):
        told_on = london_date(row.told_at)
        if asked.covers(told_on):
            yield Fact(told_on, placed(row), bool(row.heard_before))


def known_to_told(session: Session, asked: Asked) -> Iterator[Fact]:
    """M22. Each person to be told of a danger: by the time to tell, and after how many hours?"""
    for row in session.execute(_lines(asked).where(col(KeyEvent.kind).in_(_DANGERS))):
        due_on = london_date(row.tell_by_at)
        if not asked.covers(due_on):
            continue
        left_out = _not_to_be_told(row)
        if left_out is None and row.told_at is None and due_on >= asked.today:
            left_out = LeftOut.NOT_DUE
        hours = (row.told_at - row.joined_at) / _HOUR if row.told_at else None
        counts = left_out is None and row.told_at is not None and row.told_at <= row.tell_by_at
        yield Fact(due_on, placed(row), counts, hours, left_out)


def told_together(session: Session, asked: Asked) -> Iterator[Fact]:
    """M17. Each event told to more than one person: the hours from the first to the last."""
    sets: dict[int, list[Any]] = {}
    for row in session.execute(_lines(asked).where(col(EventLine.not_told_reason).is_(None))):
        sets.setdefault(row.event_id, []).append(row)
    for rows in sets.values():
        if len(rows) > 1 and (fact := _set(rows)) and asked.covers(fact.day):
            yield fact


def _set(rows: list[Any]) -> Fact | None:
    """Return the case of one set; None where nobody in it has been told."""
    told = [row.told_at for row in rows if row.told_at is not None]
    if not told:
        return None
    first, one = min(told), rows[0]
    left_out = LeftOut.NOT_DUE if len(told) < len(rows) else _not_to_be_told(one)
    if left_out is None and one.split_at is not None:
        left_out = LeftOut.SPLIT
    took = max(told) - first
    counts = left_out is None and took <= _TOGETHER
    return Fact(london_date(first), placed(one), counts, took / _HOUR, left_out)


def _lines(asked: Asked) -> Select[Any]:
    """Return a query over everybody's part in being told of an event; not of its undoing."""
    columns = (
        col(EventLine.event_id),
        col(EventLine.told_at),
        col(EventLine.joined_at),
        col(EventLine.heard_before),
        col(EventLine.not_told_reason),
        col(KeyEvent.happened_on),
        col(KeyEvent.tell_by_at),
        col(KeyEvent.split_at),
        col(KeyEvent.taken_back_at),
    )
    return (
        of_referrals(asked, *columns)
        .join(KeyEvent, col(KeyEvent.referral_id) == col(Referral.id))
        .join(EventLine, col(EventLine.event_id) == col(KeyEvent.id))
        .where(col(EventLine.undo).is_(False))
        .order_by(col(EventLine.id))
    )


def _not_to_be_told(row: Any) -> LeftOut | None:
    if row.taken_back_at is not None:
        return LeftOut.EVENT_TAKEN_BACK
    return LeftOut.NOT_TO_BE_TOLD if row.not_told_reason is not None else None


def _day(moment: datetime | None) -> date | None:
    return london_date(moment) if moment else None
