"""Facts whose time has come: matched, ordered by when they happened, recorded or asked about.

A death goes before a release of the same day. Each fact is settled in a transaction of its own; one
that cannot be settled is a person's and holds up none.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, Select, case, exists, or_, select
from sqlmodel import Session, col

from vcs import logs
from vcs.access.clients import custody_actor
from vcs.access.work import Work
from vcs.custody.facts import ask, brake, merge, undo
from vcs.custody.facts.match import Match, matched
from vcs.custody.facts.readings import Does, follows
from vcs.custody.facts.receive import LOCK
from vcs.custody.facts.record import record_fact
from vcs.custody.records import (
    CustodyFact,
    CustodyMark,
    CustodyMessage,
    CustodyNumber,
    EndsAs,
)
from vcs.custody.sealed import opened
from vcs.database import Database, lock
from vcs.errors import Busy, CannotOpen, NotSetUp, NotValid
from vcs.events.catalogue import Whereabouts
from vcs.lists.records import SentenceNumber
from vcs.sealing import Sealer
from vcs.sentences.records import SentenceMark

LOOK_AGAIN_AFTER: Final = timedelta(minutes=15)
"""How long a fact lies that still matched nobody, though a sentence has its number."""

_LOG = logs.logger("vcs.custody")


@dataclass(frozen=True, slots=True)
class Turn:
    """One fact in hand. ``asked`` is the question that it waited for, if any.

    ``surge`` says how many sets today's facts would open, and how many are usual, where that is a
    burst.
    """

    work: Work
    fact: CustodyFact
    asked: int | None = None
    surge: brake.Surge | None = None

    @property
    def session(self) -> Session:
        """Return the transaction."""
        return self.work.session

    def end(self, ends_as: EndsAs, because: str) -> None:
        """End the fact, and the question about whose it is once no other fact waits for it."""
        self.fact.settled_at = self.work.now
        self.fact.ends_as, self.fact.because = ends_as, because[:500]
        self.session.add(self.fact)
        self.session.flush()
        ask.close_matched(self.session, self.asked, self.work.now)


def settle_custody(db: Database, sealer: Sealer, limit: int, now: datetime) -> int:
    """Settle at most so many facts whose time has come. Returns how many were settled."""
    with db.reading() as session:
        found = list(session.execute(_ready(now).limit(limit)).scalars())
        surge = brake.surge(session, now) if found else None
    return sum(_settle(db, sealer, fact_id, now, surge) for fact_id in found)


def look_again(db: Database, sealer: Sealer, limit: int, now: datetime) -> int:
    """Try again what matched nobody, where a sentence has one of its numbers by now."""
    known = (CustodyMark, SentenceMark), (CustodyMark, SentenceNumber), (CustodyMark, CustodyNumber)
    marks: list[ColumnElement[bool]] = [
        exists().where(col(mark.fact_id) == col(CustodyFact.id), col(mark.mark) == col(number.mark))
        for mark, number in known
    ]
    query = select(col(CustodyFact.id)).where(
        col(CustodyFact.ends_as) == EndsAs.UNMATCHED, col(CustodyFact.settle_at) <= now, or_(*marks)
    )
    with db.reading() as session:
        found = list(session.execute(_in_order(query).limit(limit)).scalars())
    return sum(_settle(db, sealer, fact_id, now) for fact_id in found)


def _ready(now: datetime) -> Select[int]:
    waits = col(CustodyFact.ends_as).in_((EndsAs.WAITING, EndsAs.HELD))
    return _in_order(select(col(CustodyFact.id)).where(waits, col(CustodyFact.settle_at) <= now))


def _in_order(query: Select[int]) -> Select[int]:
    death_first = case((col(CustodyFact.reading) == "died", 0), else_=1)
    return query.order_by(
        col(CustodyFact.happened_on),
        death_first,
        col(CustodyFact.happened_at).is_(None),
        col(CustodyFact.happened_at),
        col(CustodyFact.id),
    )


_TO_SETTLE = (EndsAs.WAITING, EndsAs.HELD, EndsAs.UNMATCHED)


def _settle(
    db: Database, sealer: Sealer, fact_id: int, now: datetime, surge: brake.Surge | None = None
) -> bool:
    try:
        with db.writing() as session:
            lock(session, LOCK)
            turn = replace(_turn(session, sealer, fact_id, now), surge=surge)
            # Another process may have held it since it was listed.
            if turn.fact.ends_as in _TO_SETTLE and turn.fact.settle_at <= now:
                return _moved_on(turn)
            return False
    except Exception as fault:
        if isinstance(fault, (Busy, NotSetUp)) and not isinstance(fault, CannotOpen):
            raise
        _LOG.error("custody.left_to_a_person", fact=fact_id, **logs.fault(fault))
        words = "; ".join(fault.fields.values()) if isinstance(fault, NotValid) else ""
    with db.writing() as session:
        lock(session, LOCK)
        turn = _turn(session, sealer, fact_id, now)
        asks = f"This could not be recorded by the program. {words}".strip()
        ask.about_meaning(session, turn.fact, (None, asks), now)
        turn.end(EndsAs.CHECK, words or "the program failed")
    return True


def _moved_on(turn: Turn) -> bool:
    """Settle a fact. Say whether it is settled otherwise than it was.

    One whose number fits and whose name does not is let lie for a while, so that those after it
    have their turn.
    """
    before = turn.fact.ends_as
    settle_fact(turn)
    if before == turn.fact.ends_as == EndsAs.UNMATCHED:
        turn.fact.settle_at = turn.work.now + LOOK_AGAIN_AFTER
        turn.session.add(turn.fact)
        return False
    return turn.fact.settled_at is not None


def _turn(session: Session, sealer: Sealer, fact_id: int, now: datetime) -> Turn:
    fact = session.get_one(CustodyFact, fact_id)
    message = session.get_one(CustodyMessage, fact.message_id)
    actor = custody_actor(session, message.client_id)
    return Turn(Work(session, sealer, actor, now), fact, fact.task_id)


def settle_fact(turn: Turn, found: Match | None = None) -> None:
    """Settle one fact: nothing to tell, undone, matched, or a person's.

    ``found`` is whose it is where a person said so.
    """
    fact, row = turn.fact, follows(turn.fact.reading)
    if row.does is Does.NOTHING:
        turn.end(EndsAs.NOTHING, "By its code this is no news for anybody")
        return
    told = opened(turn.work.sealer, fact)
    if row.does is Does.MERGE:
        turn.end(EndsAs.NOTHING, merge.join_numbers(turn.work, told))
        return
    if said := undo.why_not(turn.session, fact, row):
        turn.end(*said)
        return
    match = found or matched(turn.session, turn.work.sealer, told.who)
    if match.sure and brake.holds(turn.surge, turn.session, fact, match.sure):
        ask.about_burst(turn.session, fact, turn.surge, turn.work.now)
    elif match.sure:
        _settle_earlier(turn)
        ended = record_fact(turn.work, fact, match.sure, only_month=told.only_month)
        turn.end(*ended)
    elif row.does is Does.CHECK and not told.who.numbers and not told.who.surname:
        ask.about_meaning(turn.session, fact, (None, row.say), turn.work.now)
        turn.end(EndsAs.CHECK, row.say)
    else:
        _ask_whose(turn, match)


def _settle_earlier(turn: Turn) -> None:
    """Settle what is held of a person before they came back: else nobody knows they were out."""
    fact = turn.fact
    if follows(fact.reading).after is not Whereabouts.IN or fact.happened_on is None:
        return
    held = select(col(CustodyFact.id)).where(
        col(CustodyFact.person) == fact.person,
        col(CustodyFact.ends_as) == EndsAs.HELD,
        col(CustodyFact.id) != fact.id,
        col(CustodyFact.happened_on) <= fact.happened_on,
    )
    for fact_id in list(turn.session.execute(_in_order(held)).scalars()):
        one = _turn(turn.session, turn.work.sealer, fact_id, turn.work.now)
        if one.fact.ends_as == EndsAs.HELD and not _is_later(one.fact, fact):
            settle_fact(one)


def _is_later(one: CustodyFact, other: CustodyFact) -> bool:
    """Say whether one of two facts, of no later day, happened at a later hour."""
    if one.happened_on != other.happened_on or not one.happened_at or not other.happened_at:
        return False
    return one.happened_at > other.happened_at


def _ask_whose(turn: Turn, match: Match) -> None:
    if turn.fact.ends_as == EndsAs.UNMATCHED:
        return
    ask.about_person(turn.session, turn.fact, match.unsure, turn.work.now)
    turn.end(EndsAs.UNMATCHED, match.why)
