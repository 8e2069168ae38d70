"""Facts whose time has come: matched, ordered by when they happened, recorded or asked about.

A death goes before a release of the same day. Each fact is settled in a transaction of its own; one
that cannot be settled is a person's and holds up none.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, Select, case, exists, or_, select
from sqlmodel import col

from vcs import clock, logs
from vcs.custody.facts.receive import LOCK
from vcs.custody.facts.record import record_fact
from vcs.custody.history import again, gone, undo
from vcs.custody.history.contradicted import no_news, waits_or_is_asked
from vcs.custody.matches import merge
from vcs.custody.matches.concerned import namesakes_of, with_known
from vcs.custody.matches.match import Match, matched
from vcs.custody.questions import ask, brake
from vcs.custody.questions.turn import Turn, turn_of
from vcs.custody.readings import Does, follows
from vcs.custody.records import (
    CustodyFact,
    CustodyMark,
    EndsAs,
)
from vcs.custody.sealed import Opened, opened
from vcs.database import Database, lock
from vcs.errors import Busy, CannotOpen, NotSetUp, NotValid
from vcs.events.catalogue import Whereabouts
from vcs.lists.matches.held import HeldSentence
from vcs.lists.records import SentenceNumber
from vcs.sealing import Sealer
from vcs.sentences.records import CustodyNumber, MergedNumber, SentenceMark

LOOK_AGAIN_AFTER: Final = timedelta(minutes=15)
"""How long a fact lies that still matched nobody, though a sentence has its number."""

_LOG = logs.logger("vcs.custody")


def settle_custody(db: Database, sealer: Sealer, limit: int, now: datetime) -> int:
    """Settle at most so many facts whose time has come. Returns how many were settled."""
    with db.reading() as session:
        found = list(session.execute(_ready(now).limit(limit)).scalars())
        surge = brake.surge(session, now) if found else None
    return sum(_settle(db, sealer, fact_id, now, surge) for fact_id in found)


def look_again(db: Database, sealer: Sealer, limit: int, now: datetime) -> int:
    """Try again what matched nobody, where a number is a sentence's, or was joined, by now.

    And returns that were no news, where somebody recorded since that they had been out.
    """
    known = (CustodyMark, SentenceMark), (CustodyMark, SentenceNumber), (CustodyMark, CustodyNumber)
    marks: list[ColumnElement[bool]] = [
        exists().where(col(mark.fact_id) == col(CustodyFact.id), col(mark.mark) == col(number.mark))
        for mark, number in known
    ]
    joined = or_(
        col(MergedNumber.old_mark) == col(CustodyMark.mark),
        col(MergedNumber.new_mark) == col(CustodyMark.mark),
    )
    marks.append(exists().where(col(CustodyMark.fact_id) == col(CustodyFact.id), joined))
    query = select(col(CustodyFact.id)).where(
        col(CustodyFact.ends_as) == EndsAs.UNMATCHED, col(CustodyFact.settle_at) <= now, or_(*marks)
    )
    with db.reading() as session:
        found = list(session.execute(_in_order(query).limit(limit)).scalars())
        found += again.after_a_person(session, limit, now)
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
            turn = replace(turn_of(session, sealer, fact_id, now), surge=surge)
            # Another process may have held it since it was listed.
            is_open = turn.fact.ends_as in _TO_SETTLE or again.may_be_news(turn.fact)
            if is_open and turn.fact.settle_at <= now:
                return _moved_on(turn)
            return False
    except Exception as fault:
        if isinstance(fault, (Busy, NotSetUp)) and not isinstance(fault, CannotOpen):
            raise
        _LOG.error("custody.left_to_a_person", fact=fact_id, **logs.fault(fault))
        words = "; ".join(fault.fields.values()) if isinstance(fault, NotValid) else ""
    with db.writing() as session:
        lock(session, LOCK)
        turn = turn_of(session, sealer, fact_id, now)
        asks = f"This could not be recorded by the program. {words}".strip()
        ask.about_meaning(session, turn.fact, (None, asks), clock.london_date(now))
        turn.end(EndsAs.CHECK, words or "the program failed")
    return True


def _moved_on(turn: Turn) -> bool:
    """Settle a fact. Say whether it is settled otherwise than it was.

    One whose number fits and whose name does not is let lie for a while, so that those after it
    have their turn.
    """
    before = turn.fact.ends_as
    settle_fact(turn)
    if before == turn.fact.ends_as == EndsAs.NOTHING:
        return False
    if before == turn.fact.ends_as == EndsAs.UNMATCHED:
        turn.fact.settle_at = turn.work.now + LOOK_AGAIN_AFTER
        turn.session.add(turn.fact)
        return False
    return turn.fact.settled_at is not None


def settle_fact(turn: Turn, found: Match | None = None) -> None:
    """Settle one fact: nothing to tell, undone, matched, or a person's.

    ``found`` is whose it is where a person said so.
    """
    fact, row = turn.fact, follows(turn.fact.reading)
    told = opened(turn.work.sealer, fact)
    if row.does in (Does.NOTHING, Does.IF_TOLD):
        turn.end(*no_news(turn, told))
        return
    if row.does is Does.MERGE:
        _join(turn, told, is_confirmed=found is not None)
        return
    match = found or matched(turn.session, turn.work.sealer, told.who)
    ours = with_known(turn.work, match.sure)
    if said := undo.why_not(turn.session, fact, row, [one.sentenced_on for one in ours]):
        turn.end(*said)
    elif ours and brake.holds(turn.surge, turn.session, fact, ours):
        ask.about_burst(turn.session, fact, turn.surge, turn.work.now)
    elif ours:
        _record(turn, ours, match, only_month=told.only_month)
    elif row.does is Does.CHECK and not told.who.numbers and not told.who.surname:
        ask.about_meaning(turn.session, fact, (None, row.say), turn.work.today)
        turn.end(EndsAs.CHECK, row.say)
    else:
        _ask_whose(turn, match, told)


def _record(turn: Turn, ours: list[HeldSentence], match: Match, *, only_month: bool) -> None:
    """Record a fact, and ask about each sentence that may be of the same offender besides."""
    if waits_or_is_asked(turn, ours):
        return
    _settle_earlier(turn)
    recorded = ended = record_fact(turn.work, turn.fact, ours, only_month=only_month)
    gone.ask_if_true(turn.work, turn.fact)
    known = {one.sentence_id for one in ours}
    unsure = (*match.unsure, *_never_compared(turn, ours))
    others = tuple(one for one in unsure if one.sentence_id not in known)
    if others and ask.about_person(turn.session, turn.fact, others, turn.work.today):
        ended = EndsAs.UNMATCHED, f"{ended[1]}. It may be of another sentence as well"
    turn.end(*ended)
    if recorded[0] is EndsAs.RECORDED and follows(turn.fact.reading).after is Whereabouts.OUT:
        for fact_id in again.returns_since(turn.session, turn.fact, known):
            settle_fact(turn_of(turn.session, turn.work.sealer, fact_id, turn.work.now))


def _never_compared(turn: Turn, ours: list[HeldSentence]) -> list[HeldSentence]:
    """Return the namesakes with another prison number of whom nobody has said that they differ."""
    found = namesakes_of(turn.work, turn.fact, ours)
    return [one for one in found if not ask.was_denied(turn.session, turn.fact, one)]


def _join(turn: Turn, told: Opened, *, is_confirmed: bool) -> None:
    """Join two numbers; a person first compares where one is of an offender of ours."""
    doubtful = () if is_confirmed else merge.doubtful(turn.work, told)
    if doubtful and ask.about_person(turn.session, turn.fact, doubtful, turn.work.today):
        turn.end(EndsAs.UNMATCHED, merge.NOT_SURE)
        for fact_id in merge.waiting_for(turn.work, turn.fact):
            one = turn_of(turn.session, turn.work.sealer, fact_id, turn.work.now)
            _ask_whose(one, Match(), opened(turn.work.sealer, one.fact))
        return
    said = "A person looked: they are not one" if doubtful else merge.join_numbers(turn.work, told)
    turn.end(EndsAs.NOTHING, said)


def _settle_earlier(turn: Turn) -> None:
    """Settle what waits of a person before they came back: else nobody knows they were out."""
    fact, row = turn.fact, follows(turn.fact.reading)
    if row.after is not Whereabouts.IN or fact.happened_on is None:
        return
    waits = [EndsAs.HELD, EndsAs.WAITING] if row.was_danger else [EndsAs.HELD]
    held = select(col(CustodyFact.id)).where(
        col(CustodyFact.person) == fact.person,
        col(CustodyFact.ends_as).in_(waits),
        col(CustodyFact.id) != fact.id,
        col(CustodyFact.happened_on) <= fact.happened_on,
    )
    for fact_id in list(turn.session.execute(_in_order(held)).scalars()):
        one = turn_of(turn.session, turn.work.sealer, fact_id, turn.work.now)
        is_out = follows(one.fact.reading).after is Whereabouts.OUT
        may_go = one.fact.ends_as in waits and (is_out or one.fact.ends_as == EndsAs.HELD)
        if may_go and not _is_later(one.fact, fact):
            settle_fact(one)


def _is_later(one: CustodyFact, other: CustodyFact) -> bool:
    """Say whether one of two facts, of no later day, happened at a later hour."""
    if one.happened_on != other.happened_on or not one.happened_at or not other.happened_at:
        return False
    return one.happened_at > other.happened_at


def _ask_whose(turn: Turn, match: Match, told: Opened) -> None:
    """Ask about whoever may be meant, also by a number that a prison may have joined with ours."""
    fact, session = turn.fact, turn.session
    joined = None if match.unsure else merge.pending(turn.work, told.who)
    if fact.ends_as == EndsAs.UNMATCHED and (not joined or ask.is_asked_of_ours(session, fact)):
        return
    unsure, person = (joined.held, joined.fact.person) if joined else (match.unsure, "")
    if ask.about_person(session, fact, unsure, turn.work.today, person):
        turn.end(EndsAs.UNMATCHED, merge.NOT_SURE if joined else match.why)
    else:
        turn.end(EndsAs.NOTHING, "A person looked: it is nobody of ours")
