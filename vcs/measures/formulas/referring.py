"""M0 to M2: is every eligible sentence referred, in time, and how long does it take?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlmodel import Session, col

from vcs.clock import london_date
from vcs.intake.records import CourtMessage
from vcs.law.deadlines.duties import REFER
from vcs.measures.facts import Asked, Fact, LeftOut, Place, of_referrals, placed
from vcs.referrals.records import Basis, DeadlineRecord, Referral, ReferralStatus
from vcs.sentences.records import Sentence, SentenceReport
from vcs.victims.records import Victim

COURT, UNIT, PROGRAM = "court", "victim liaison unit", "this program"


def referred_in_time(session: Session, asked: Asked) -> Iterator[Fact]:
    """M1. A referral is due by law on one day; on that day it is still in time."""
    for fact, _, _ in _due_to_be_referred(session, asked):
        yield fact


def days_to_referral(session: Session, asked: Asked) -> Iterator[Fact]:
    """M2. The days of what M1 counts, from the sentence to the referral."""
    for fact, sentenced_on, met_on in _due_to_be_referred(session, asked):
        if fact.left_out is None and met_on is not None:
            yield replace(fact, counts=True, value=(met_on - sentenced_on).days)
        else:
            yield replace(fact, counts=False)


def _due_to_be_referred(session: Session, asked: Asked) -> Iterator[tuple[Fact, date, date | None]]:
    """Yield each referral once, by the deadline that is still owed where it has two."""
    lawful = func.coalesce(col(DeadlineRecord.lawful_due_on), col(DeadlineRecord.due_on))
    known = col(Referral.opened_on)
    columns: tuple[Any, ...] = (
        lawful.label("due_on"),
        col(DeadlineRecord.met_on),
        col(DeadlineRecord.lifted_on),
        known,
        col(Referral.found_late_on),
        col(Sentence.sentenced_on),
        taken_back().label("taken_back"),
        col(Sentence.id).label("sentence_id"),
        # Asked only of what was told of late: of all it would be most of the work.
        case((known > lawful, heard_at())).label("heard_at"),
    )
    query = (
        of_referrals(asked, *columns)
        .join(DeadlineRecord, col(DeadlineRecord.referral_id) == col(Referral.id))
        .where(col(DeadlineRecord.duty) == REFER, col(DeadlineRecord.victim_id).is_(None))
        .where(
            lawful.between(asked.from_on, asked.to_on) | known.between(asked.from_on, asked.to_on)
        )
        .order_by(col(Referral.id), col(DeadlineRecord.lifted_on).is_not(None), lawful)
    )
    last = None
    for row in session.execute(query):
        if row.sentence_id != last:
            last = row.sentence_id
            fact = _fact(asked, row)
            if asked.covers(fact.day):
                yield fact, row.sentenced_on, row.met_on


def _fact(asked: Asked, row: Any) -> Fact:
    place = placed(row)
    if row.opened_on > row.due_on:
        return Fact(row.opened_on, place, False, None, LeftOut.TOLD_LATE, _whose_turn(row))
    left_out = why_left_out(row, asked.today)
    return Fact(row.due_on, place, left_out is None and in_time(row), None, left_out)


def in_time(row: Any) -> bool:
    """Say of a deadline whether it was met by its day; the day itself counts."""
    return row.met_on is not None and row.met_on <= row.due_on


def why_left_out(row: Any, today: date) -> LeftOut | None:
    """Say why a deadline is in no denominator; None where it is in one."""
    if row.taken_back:
        return LeftOut.TAKEN_BACK
    if row.met_on is None and row.lifted_on is not None and row.lifted_on <= row.due_on:
        return LeftOut.CLOSED
    return LeftOut.NOT_DUE if row.due_on >= today else None


def taken_back() -> ColumnElement[bool]:
    """Say of a sentence whether a court took it back, so that it is counted apart."""
    return or_(col(Sentence.gone), col(Sentence.left_as).is_not(None))


def _whose_turn(row: Any) -> str:
    """Return whose turn it was while the due day passed: who kept the sentence from being known."""
    if row.found_late_on is not None:
        return PROGRAM
    if row.heard_at is None or london_date(row.heard_at) > row.due_on:
        return COURT
    return UNIT


def heard_at() -> ColumnElement[datetime]:
    """Return when a court first told of a sentence."""
    return (
        select(func.min(col(CourtMessage.received_at)))
        .join(SentenceReport, col(SentenceReport.message_id) == col(CourtMessage.id))
        .where(col(SentenceReport.sentence_id) == col(Sentence.id))
        .correlate(Sentence)
        .scalar_subquery()
    )


def not_accounted_for(session: Session, asked: Asked) -> Iterator[Fact]:
    """M0. Every eligible sentence known by the end of the last day, and whether it still waits."""
    yield from known_by_the_end(eligible(session, asked), asked)


def known_by_the_end(cases: Iterable[Waiting], asked: Asked) -> Iterator[Fact]:
    """Yield the facts of M0 of some sentences."""
    for one in cases:
        if one.known_on <= asked.end:
            left_out = LeftOut.TAKEN_BACK if one.taken_back else None
            waits = left_out is None and one.waits_on(asked.end)
            yield Fact(one.known_on, one.place, waits, None, left_out)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One eligible sentence: from when it was known until when nobody had been referred."""

    place: Place
    known_on: date
    ended_on: date | None
    taken_back: bool

    def waits_on(self, day: date) -> bool:
        """Say whether it was not accounted for at the end of a day."""
        return self.known_on <= day and (self.ended_on is None or self.ended_on > day)


def eligible(session: Session, asked: Asked) -> Iterator[Waiting]:
    """Yield each sentence that is owed contact and has a referral, in their order."""
    first = select(func.min(col(Victim.referred_on))).where(
        col(Victim.referral_id) == col(Referral.id)
    )
    columns = (
        col(Referral.opened_on),
        col(Referral.closed_on),
        col(Referral.status),
        first.correlate(Referral).scalar_subquery().label("referred_on"),
        taken_back().label("taken_back"),
    )
    by_law = col(Referral.basis).in_([str(Basis.STATUTORY), str(Basis.NOTIFICATION_SCHEME)])
    query = of_referrals(asked, *columns).where(by_law).order_by(col(Referral.id))
    for row in session.execute(query):
        yield Waiting(placed(row), row.opened_on, _ended(row), bool(row.taken_back))


def _ended(row: Any) -> date | None:
    if row.status == ReferralStatus.AWAITING:
        return None
    ended = [day for day in (row.referred_on, row.closed_on) if day is not None]
    known_on: date = row.opened_on
    return max(min(ended), known_on) if ended else known_on
