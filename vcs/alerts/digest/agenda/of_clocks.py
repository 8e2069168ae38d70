"""The clocks that are rows of a digest: the unit's own, each where no deadline says the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from sqlalchemy import ColumnElement, func, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select

from vcs.alerts.digest.agenda.matter import (
    ALLOCATE,
    ASK_AGAIN,
    BY_DUTY,
    Decision,
    Matter,
    clock_matter,
)
from vcs.alerts.rungs.ladder import Stand
from vcs.clocks.reads import MANAGERS_TURN, UNITS_TURN
from vcs.clocks.records import BACK_STOPS, ClockRecord
from vcs.law.deadlines import duties
from vcs.referrals.records import Referral
from vcs.referrals.states import is_being_decided, was_late_when_asked

LONGEST_WARNING: Final = timedelta(weeks=8)
"""A clock of a year warns of its day no earlier than the longest deadline does."""

_LOWEST: Mapping[str, Stand] = {ALLOCATE: Stand.UNIT_ADMINISTRATOR}
"""Who acts on a clock first, where it is neither its officer nor whoever owes it."""


def open_clocks(session: Session, which: ColumnElement[bool]) -> list[Matter]:
    """Return the open clocks that are the unit's to meet and that have a day.

    While it is decided whether contact is owed, those that were late before alone.
    """
    query = _clocks().where(
        which,
        col(ClockRecord.met_on).is_(None),
        col(ClockRecord.stopped_on).is_(None),
        or_(~is_being_decided(), was_late_when_asked(col(ClockRecord.due_on))),
    )
    return list(_matters(session, query))


def clock_named(session: Session, clock_id: int) -> Matter | None:
    """Return one clock, open or ended."""
    return next(_matters(session, _clocks().where(ClockRecord.id == clock_id)), None)


def clocks_ended_late(
    session: Session, which: ColumnElement[bool], days: tuple[date, date]
) -> list[Matter]:
    """Return the clocks that ended within some days, both included, after their own."""
    met_on, stopped_on = col(ClockRecord.met_on), col(ClockRecord.stopped_on)
    ended_on = func.coalesce(met_on, stopped_on)
    query = _clocks().where(
        which,
        # Two ways to end, each of which an index answers.
        or_(met_on.between(*days), stopped_on.between(*days)),
        ended_on.between(*days),
        col(ClockRecord.due_on) < ended_on,
    )
    return list(_matters(session, query))


def said_once(matters: Sequence[Matter], today: date) -> tuple[list[Matter], frozenset[str]]:
    """Return each matter once, and the keys of those that another row speaks for.

    A referral without an officer is one row: its missed deadline, or else the clock to give it to
    an officer. A clock for asking again gives way to the deadline for it.
    """
    asks = {one.victim_id for one in matters if one.duty == duties.ASSESS_NEEDS}
    spoken_for = {one.key for one in matters if one.duty == ASK_AGAIN and one.victim_id in asks}
    for rows in _without_officer(matters).values():
        first = min(rows, key=lambda one: _rank(one, today))
        if any(one.duty == ALLOCATE for one in rows):
            spoken_for |= {one.key for one in rows if one is not first and _gives_way(one, today)}
    return [one for one in matters if one.key not in spoken_for], frozenset(spoken_for)


def _gives_way(matter: Matter, today: date) -> bool:
    """Say whether another row may speak for one: a missed deadline always speaks for itself."""
    return matter.duty == ALLOCATE or not matter.is_missed(today)


def _rank(matter: Matter, today: date) -> tuple[bool, bool, date, str]:
    is_missed_deadline = matter.duty != ALLOCATE and matter.is_missed(today)
    return not is_missed_deadline, matter.duty != ALLOCATE, matter.due_on, matter.key


def _without_officer(matters: Iterable[Matter]) -> Mapping[str, list[Matter]]:
    found: dict[str, list[Matter]] = {}
    for one in matters:
        if one.decision is Decision.ALLOCATE:
            found.setdefault(one.reference, []).append(one)
    return found


def _clocks() -> Select[ClockRecord, Referral]:
    return (
        select(ClockRecord, Referral)
        .join(Referral, col(Referral.id) == col(ClockRecord.referral_id))
        .where(
            col(ClockRecord.owed_by).in_((*UNITS_TURN, *MANAGERS_TURN)),
            col(ClockRecord.duty).not_in(BACK_STOPS),
            col(ClockRecord.due_on).is_not(None),
        )
        .order_by(col(ClockRecord.due_on), col(ClockRecord.id))
    )


def _matters(session: Session, query: Select[ClockRecord, Referral]) -> Iterator[Matter]:
    for clock, referral in session.exec(query):
        if clock.due_on is not None:
            yield _matter(clock, referral, clock.due_on)


def _matter(clock: ClockRecord, referral: Referral, due_on: date) -> Matter:
    lowest = Stand.MANAGER if clock.owed_by in MANAGERS_TURN else Stand.OFFICER
    return Matter(
        clock_matter(clock.id),
        referral.reference,
        f"/referrals/{referral.reference}",
        referral.region_code,
        referral.sentence_id,
        referral.vlo_account_id,
        clock.duty,
        BY_DUTY.get(clock.duty, Decision.OTHER),
        max(clock.starts_on, due_on - LONGEST_WARNING),
        due_on,
        _LOWEST.get(clock.duty, lowest),
        clock.met_on or clock.stopped_on,
        referral.reference,
        clock.victim_id,
    )
