"""A burst that would open far more sets than usual is held, and one person asked to look at it.

Never what is danger, a death, time served or due within hours. What comes in slices on one day
counts together. A hold ends by itself after four hours: opening a set tells nobody yet, and silence
would.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Final, TypeGuard

from sqlalchemy import ColumnElement, Select, Table, and_, distinct, exists, func, or_, select
from sqlmodel import Session, col

from vcs.clock import LONDON, london_date
from vcs.custody.readings import FOLLOWS, Does
from vcs.custody.records import CustodyFact, CustodyMark, EndsAs
from vcs.events.catalogue import CATALOGUE, Unit
from vcs.events.records import EventKind
from vcs.lists.matches.held import HeldSentence
from vcs.lists.records import SentenceNumber
from vcs.referrals.records import Referral, ReferralStatus
from vcs.sentences.records import CustodyNumber, Sentence, SentenceMark
from vcs.tables import table_of
from vcs.tasks.records import Task, TaskKind

TIMES_THE_USUAL: Final = 3

LEAST_USUAL: Final = 5
"""Where fewer sets are usual, or nothing is known to be usual, so many are taken for it."""

LOOKED_BACK: Final = timedelta(days=28)

HELD_FOR: Final = timedelta(hours=4)
"""Ours, to be confirmed: how long a burst waits for somebody to look at it."""

GO: Final = "go"

_NEVER_HELD: Final = frozenset({EventKind.DIED, EventKind.TIME_SERVED})

_RECORDS_AN_ERROR: Final = "back_after_release_in_error"
"""It tells of danger too: that the release before was in error."""


def _may_hold(reading: str) -> bool:
    """Say whether a reading may wait; never what people are to hear of within hours."""
    row = FOLLOWS[reading]
    if row.does not in (Does.RECORD, Does.IF_OUT) or row.kind is None:
        return False
    kind = CATALOGUE[row.kind]
    is_soon = kind.danger or not kind.may_hold or kind.tell_by.unit is Unit.HOURS
    return not is_soon and row.kind not in _NEVER_HELD and reading != _RECORDS_AN_ERROR


MAY_HOLD: Final = tuple(filter(_may_hold, FOLLOWS))


@dataclass(frozen=True, slots=True)
class Surge:
    """How many sets today's facts would open, and how many are usual."""

    count: int
    usual: int


def holds(
    surge: Surge | None, session: Session, fact: CustodyFact, whose: Sequence[HeldSentence]
) -> TypeGuard[Surge]:
    """Say whether a fact of a burst waits for somebody to look: only where it would open a set."""
    if surge is None or fact.ends_as != EndsAs.WAITING or fact.reading not in MAY_HOLD:
        return False
    is_time_served = any(one.sentenced_on == fact.happened_on for one in whose)
    return not is_time_served and _has_open_referral(session, fact, whose)


def _has_open_referral(session: Session, fact: CustodyFact, whose: Sequence[HeldSentence]) -> bool:
    query = select(col(Referral.id)).join(Sentence, col(Sentence.id) == col(Referral.sentence_id))
    ids = [one.sentence_id for one in whose]
    found = query.where(
        col(Referral.sentence_id).in_(ids),
        col(Referral.status) != ReferralStatus.CLOSED,
        col(Sentence.sentenced_on) <= fact.happened_on,
    )
    return session.execute(found.limit(1)).first() is not None


def open_key(session: Session) -> str | None:
    """Return the key of the question about a burst that nobody has answered; None for none."""
    query = select(col(Task.key)).where(
        col(Task.kind) == TaskKind.CUSTODY_BURST, col(Task.done_at).is_(None)
    )
    return session.execute(query.order_by(col(Task.id).desc()).limit(1)).scalar()


def surge(session: Session, now: datetime) -> Surge | None:
    """Return how many sets today's facts would open and how many are usual; None for no surge."""
    opened = _opened_by_day(session, now)
    today = london_date(now)
    ready = session.execute(_would_open(now)).scalar_one()
    count = opened.pop(today, 0) + ready
    usual = int(median(opened.values())) if opened else 0
    if not ready or count <= TIMES_THE_USUAL * max(usual, LEAST_USUAL):
        return None
    go = select(col(Task.id)).where(
        col(Task.kind) == TaskKind.CUSTODY_BURST,
        col(Task.opened_on) == today,
        col(Task.answer) == GO,
    )
    return Surge(count, usual) if session.execute(go.limit(1)).first() is None else None


def _opened_by_day(session: Session, now: datetime) -> Counter[object]:
    """Count the sets that facts opened on each day of the last four weeks, as London has days.

    Not those of a burst that was let go: it would hold whatever came after it.
    """
    was_held = exists().where(
        col(Task.id) == col(CustodyFact.task_id), col(Task.kind) == TaskKind.CUSTODY_BURST
    )
    query = select(col(CustodyFact.event_id), func.min(col(CustodyFact.settled_at))).where(
        col(CustodyFact.ends_as) == EndsAs.RECORDED,
        col(CustodyFact.settled_at) >= now - LOOKED_BACK,
        col(CustodyFact.reading).in_(MAY_HOLD),
        ~was_held,
    )
    found = session.execute(query.group_by(col(CustodyFact.event_id)))
    return Counter(at.astimezone(LONDON).date() for _, at in found)


def _would_open(now: datetime) -> Select[int]:
    """Count the people in facts whose time has come, or that are held, who have a referral open.

    Not those whose hold is over: a person or the time let them go.
    """
    waits = and_(col(CustodyFact.ends_as) == EndsAs.WAITING, col(CustodyFact.settle_at) <= now)
    held = and_(col(CustodyFact.ends_as) == EndsAs.HELD, col(CustodyFact.settle_at) > now)
    return select(func.count(distinct(col(CustodyFact.person)))).where(
        or_(waits, held),
        col(CustodyFact.reading).in_(MAY_HOLD),
        or_(*(_is_of_open_referral(number) for number in _NUMBERS)),
    )


_NUMBERS: Final = (table_of(SentenceMark), table_of(SentenceNumber), table_of(CustodyNumber))


def _is_of_open_referral(number: Table) -> ColumnElement[bool]:
    """Say of a fact whether a sentence with one of its numbers, and of no later day, is open."""
    return exists().where(
        col(CustodyMark.fact_id) == col(CustodyFact.id),
        col(CustodyMark.mark) == number.c.mark,
        col(Sentence.id) == number.c.sentence_id,
        col(Sentence.sentenced_on) <= col(CustodyFact.happened_on),
        col(Referral.sentence_id) == col(Sentence.id),
        col(Referral.status) != ReferralStatus.CLOSED,
    )
