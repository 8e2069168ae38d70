"""Returns that were no news, looked at again once it is told that the offender had been out.

What a prison tells comes in any order. A return that is told before the exit is "in custody
already", and the exit makes it news.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, and_
from sqlmodel import Session, col, select

from vcs.custody.readings import FOLLOWS, Does
from vcs.custody.records import CustodyFact, CustodyMark, EndsAs
from vcs.events.catalogue import CATALOGUE, Whereabouts
from vcs.events.records import KeyEvent
from vcs.lists.records import SentenceNumber
from vcs.referrals.records import Referral
from vcs.sentences.records import CustodyNumber, SentenceMark
from vcs.tables import table_of

_READINGS: Final = tuple(
    reading for reading, row in FOLLOWS.items() if row.does in (Does.IF_OUT, Does.UNLESS_IN)
)
"""What is news or none by where the offender was."""

_OUT: Final = tuple(str(kind) for kind, row in CATALOGUE.items() if row.after is Whereabouts.OUT)

_LOOKED_BACK: Final = timedelta(days=2)
"""How long after somebody recorded an event by hand what came before is looked for."""

_NUMBERS: Final = (table_of(SentenceMark), table_of(SentenceNumber), table_of(CustodyNumber))


def may_be_news(fact: CustodyFact) -> bool:
    """Say whether a fact that was no news may be some now."""
    is_kept = fact.ends_as == EndsAs.NOTHING and fact.sealed is not None
    return is_kept and fact.reading in _READINGS


def _may_be_news() -> ColumnElement[bool]:
    return and_(
        col(CustodyFact.ends_as) == EndsAs.NOTHING,
        col(CustodyFact.sealed).is_not(None),
        col(CustodyFact.reading).in_(_READINGS),
    )


def returns_since(
    session: Session, fact: CustodyFact, sentence_ids: Collection[int | None]
) -> list[int]:
    """Return what was no news of an offender, of the day of a fact or later, in its order."""
    ids = sorted(one for one in sentence_ids if one is not None)
    marks: set[str] = set()
    for table in _NUMBERS:
        theirs = select(table.c.mark).where(table.c.sentence_id.in_(ids))
        marks |= set(session.execute(theirs).scalars())
    since = (_may_be_news(), col(CustodyFact.happened_on) >= fact.happened_on)
    by_person = select(CustodyFact).where(*since, CustodyFact.person == fact.person)
    by_number = (
        select(CustodyFact)
        .join(CustodyMark, col(CustodyMark.fact_id) == col(CustodyFact.id))
        .where(*since, col(CustodyMark.mark).in_(sorted(marks)))
    )
    found = {one.id: one for query in (by_person, by_number) for one in session.exec(query)}
    return _in_order(list(found.values()))


def after_a_person(session: Session, limit: int, now: datetime) -> list[int]:
    """Return what was no news before somebody recorded by hand that the offender was out."""
    found: dict[int, CustodyFact] = {}
    for table in _NUMBERS:
        query = (
            select(CustodyFact)
            .join(CustodyMark, col(CustodyMark.fact_id) == col(CustodyFact.id))
            .join(table, table.c.mark == col(CustodyMark.mark))
            .join(Referral, col(Referral.sentence_id) == table.c.sentence_id)
            .join(KeyEvent, col(KeyEvent.referral_id) == col(Referral.id))
            .where(
                _may_be_news(),
                col(KeyEvent.kind).in_(_OUT),
                col(KeyEvent.taken_back_at).is_(None),
                col(KeyEvent.recorded_at) >= now - _LOOKED_BACK,
                col(KeyEvent.recorded_at) > col(CustodyFact.settled_at),
                col(KeyEvent.happened_on) <= col(CustodyFact.happened_on),
            )
        )
        found |= {one.id: one for one in session.exec(query.limit(limit))}
    return _in_order(list(found.values()))


def _in_order(facts: list[CustodyFact]) -> list[int]:
    """Return the ids of facts in the order in which they happened; by day without an hour."""

    def happened(one: CustodyFact) -> tuple[str, float, int]:
        hour = one.happened_at.timestamp() if one.happened_at else float("inf")
        return str(one.happened_on), hour, one.id

    return [one.id for one in sorted(facts, key=happened)]
