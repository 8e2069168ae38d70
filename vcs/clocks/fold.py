"""Bring the clocks up to date with what was marked, as a transaction ends.

On SQLite there is one writer, so that nothing is ever left marked. On PostgreSQL whoever holds the
lock works out what it sees; nobody waits for it, and what is left is worked out by the next.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, delete, insert, select, update
from sqlmodel import Session, col

from vcs.clock import london_date
from vcs.clocks.derive import OF_A_SENTENCE, Row, clock_rows
from vcs.clocks.facts import facts_of
from vcs.clocks.records import ClockMark, ClockRecord, StopReason
from vcs.database import before_commit, try_lock
from vcs.law.deadlines.working_days import version
from vcs.referrals.records import Referral
from vcs.sentences.records import DecisionRecord
from vcs.tables import table_of

LOCK = 0x76637339

_AT_A_TIME = 200

MOST_AT_ONCE = 1000
"""How many referrals one transaction works out at most, rounded up to a slice."""

_CLOCKS, _MARKS = table_of(ClockRecord), table_of(ClockMark)

_COMPARED = tuple(one.name for one in _CLOCKS.c if one.name not in ("id", "key"))


def fold(session: Session) -> None:
    """Work marked referrals' clocks out again as a transaction ends, the oldest marks first.

    Never so many that somebody waits for it: what is left is the scheduler's, and whoever reads
    such a referral meanwhile works it out.
    """
    work_off(session)


def work_off(session: Session) -> int:
    """Work the clocks of some marked referrals out; says how many, 0 where another is at it."""
    session.flush()
    # Asked in every transaction that writes: as text it takes a third of the time.
    if session.connection().exec_driver_sql("SELECT id FROM clock_mark LIMIT 1").first() is None:
        return 0
    if not try_lock(session, LOCK):
        return 0
    done = 0
    while done < MOST_AT_ONCE and (referral_ids := _taken(session)):
        keep(session, referral_ids)
        done += len(referral_ids)
    return done


before_commit(fold)


def _taken(session: Session) -> set[int]:
    """Take some marks away. What they mark is worked out by a later statement, never an earlier."""
    some = select(_MARKS.c.id).order_by(_MARKS.c.id).limit(_AT_A_TIME)
    taken = delete(_MARKS).where(_MARKS.c.id.in_(some.scalar_subquery()))
    return set(session.execute(taken.returning(_MARKS.c.referral_id)).scalars())


def keep(session: Session, referral_ids: Collection[int]) -> None:
    """Work the clocks of some referrals out again, and keep what came out.

    A clock whose start is gone stops, as of the newest decision; one that was met stays.
    """
    wanted = {row["key"]: row for row in clock_rows(facts_of(session, referral_ids))}
    query = select(_CLOCKS).where(_CLOCKS.c.referral_id.in_(referral_ids))
    held = {one.key: one._asdict() for one in session.execute(query)}
    if new := [row for key, row in wanted.items() if key not in held]:
        session.execute(insert(_CLOCKS), new)
    for key, row in wanted.items():
        if key in held and any(held[key][name] != row[name] for name in _COMPARED):
            session.execute(update(_CLOCKS).where(_CLOCKS.c.key == key).values(row))
    lost = [one for key, one in held.items() if key not in wanted]
    _stop(session, [one for one in lost if one["met_on"] is None and one["stopped_on"] is None])


def _stop(session: Session, lost: list[Row]) -> None:
    for one in lost:
        decided = (
            select(col(DecisionRecord.made_at))
            .join(Referral, col(Referral.sentence_id) == col(DecisionRecord.sentence_id))
            .where(col(Referral.id) == one["referral_id"])
            .order_by(col(DecisionRecord.id).desc())
        )
        made_at = session.execute(decided.limit(1)).scalar_one()
        of_sentence = one["started_by"] == OF_A_SENTENCE
        why = StopReason.SENTENCE_CHANGED if of_sentence else StopReason.TAKEN_BACK
        values: dict[str, Any] = {
            "stopped_on": max(london_date(made_at), one["starts_on"]),
            "stop_reason": str(why),
        }
        session.execute(update(_CLOCKS).where(_CLOCKS.c.id == one["id"]).values(values))


def mark_all(session: Session) -> None:
    """Have every referral's clocks worked out again, once what is kept may be out of date."""
    referrals = table_of(Referral)
    session.execute(delete(_MARKS))
    named = insert(_MARKS).from_select(["referral_id"], select(referrals.c.id))
    session.execute(named)


def is_wanted(session: Session) -> bool:
    """Say whether a clock is marked, or was counted by an older calendar."""
    return any(
        session.execute(one.limit(1)).first() is not None
        for one in (select(_MARKS.c.id), _outdated())
    )


def _outdated() -> Select[Any]:
    return select(_CLOCKS.c.referral_id).where(
        _CLOCKS.c.met_on.is_(None),
        _CLOCKS.c.stopped_on.is_(None),
        _CLOCKS.c.calendar < version(),
    )


def mark_outdated(session: Session, limit: int) -> int:
    """Mark the referrals whose open clocks an older bank-holiday calendar counted."""
    found = list(session.execute(_outdated().distinct().limit(limit)).scalars())
    if found:
        session.execute(insert(_MARKS), [{"referral_id": one} for one in found])
    return len(found)
