"""Counting who spoke on which day, and which codes no table holds: each row once."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Row, select
from sqlmodel import Session, col

from vcs.clock import london_date
from vcs.database import lock
from vcs.intake.by_hand.reading import CLIENT
from vcs.intake.cursors import held_cursor
from vcs.intake.records import CodeKind, CourtMessage, FeedCursor, FeedDay, FeedKind, UnknownCode
from vcs.law.specified_offence.offences import holds
from vcs.sentences.records import DecisionRecord, Sentence
from vcs.terms import SentenceKind

SETTLED_AFTER = timedelta(minutes=5)

"""Messages are kept by several writers at once, so the newest ids may still have gaps."""

_LOCK = 0x76637304

_AT_A_TIME = 500

_LONGEST_CODE = 40

_Codes = Counter[tuple[CodeKind, str]]


def count_messages(session: Session, now: datetime) -> int:
    """Count the next messages by client and day; returns how many were counted."""
    lock(session, _LOCK)
    cursor = held_cursor(session, "messages")
    columns: tuple[Any, ...] = (
        col(CourtMessage.id),
        col(CourtMessage.client_id),
        col(CourtMessage.received_at),
    )
    query = (
        select(*columns)
        .where(col(CourtMessage.id) > cursor.last_id)
        .where(col(CourtMessage.received_at) <= now - SETTLED_AFTER)
        .order_by(col(CourtMessage.id))
        .limit(_AT_A_TIME)
    )
    found = session.execute(query).all()
    spoke = Counter((client, london_date(at)) for _, client, at in found)
    _add_days(session, FeedKind.CLIENT, spoke)
    _move(session, cursor, found)
    return len(found)


def count_decisions(session: Session) -> int:
    """Count the next decisions by court and day, and the codes in them that no table holds."""
    lock(session, _LOCK)
    cursor = held_cursor(session, "decisions")
    columns: tuple[Any, ...] = (
        col(DecisionRecord.id),
        col(Sentence.court_code),
        col(CourtMessage.received_at),
        col(CourtMessage.client_id),
        col(DecisionRecord.facts),
    )
    query = (
        select(*columns)
        .join(Sentence, col(Sentence.id) == col(DecisionRecord.sentence_id))
        .outerjoin(CourtMessage, col(CourtMessage.id) == col(DecisionRecord.message_id))
        .where(col(DecisionRecord.id) > cursor.last_id)
        .order_by(col(DecisionRecord.id))
        .limit(_AT_A_TIME)
    )
    found = session.execute(query).all()
    # What a person entered is no sign that the court's own feed works.
    spoke = Counter(
        (court, london_date(at))
        for _, court, at, sender, _ in found
        if court and sender != CLIENT and at
    )
    _add_days(session, FeedKind.COURT, spoke)
    _add_codes(session, [json.loads(facts) for *_, facts in found])
    _move(session, cursor, found)
    return len(found)


def _move(session: Session, cursor: FeedCursor, found: Any) -> None:
    rows: list[Row[Any]] = list(found)
    if rows:
        cursor.last_id = rows[-1][0]
        session.add(cursor)


def _add_days(session: Session, kind: FeedKind, spoke: Counter[tuple[str, date]]) -> None:
    for (name, day), times in spoke.items():
        query = select(FeedDay).where(
            col(FeedDay.kind) == kind, col(FeedDay.name) == name, col(FeedDay.day) == day
        )
        held = session.execute(query).scalars().first()
        held = held or FeedDay(kind=kind, name=name, day=day, times=0)
        held.times += times
        session.add(held)


def _add_codes(session: Session, told: list[dict[str, Any]]) -> None:
    times, last = _Codes(), dict[tuple[CodeKind, str], date]()
    for facts in told:
        day = date.fromisoformat(facts["sentenced_on"])
        for named in _unknown(facts):
            times[named] += 1
            last[named] = max(day, last.get(named, day))
    for named, count in times.items():
        kind, code = named
        query = select(UnknownCode).where(
            col(UnknownCode.kind) == kind, col(UnknownCode.code) == code
        )
        held = session.execute(query).scalars().first()
        held = held or UnknownCode(kind=kind, code=code, times=0, last_on=last[named])
        held.times += count
        held.last_on = max(held.last_on, last[named])
        session.add(held)


def _unknown(facts: dict[str, Any]) -> Iterator[tuple[CodeKind, str]]:
    for offence in facts["offences"]:
        code = offence["offence_code"]
        if code and not holds(code):
            yield CodeKind.OFFENCE, _safe(code)
        for sentence in offence["sentences"]:
            if sentence["kind"] == SentenceKind.UNKNOWN and sentence["result_code"]:
                yield CodeKind.RESULT, _safe(sentence["result_code"])


def _safe(code: str) -> str:
    """Return a code as far as it is one: a feed can put anything there."""
    return "".join(c for c in code if c.isascii() and c.isalnum())[:_LONGEST_CODE] or "not a code"
