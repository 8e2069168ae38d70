"""Which open referrals fall due first, of some officers or of a region: read by key, never all."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, select, text
from sqlmodel import Session

from vcs.alerts.digest.agenda.matters import LONGEST_DUTY, Found
from vcs.alerts.digest.agenda.whose import Whose
from vcs.clocks.reads import MANAGERS_TURN, UNITS_TURN
from vcs.clocks.records import NO_BACK_STOP, ClockRecord
from vcs.ledger.kept.figures import sentences
from vcs.ledger.kept.records import OPEN, OPEN_URGENT
from vcs.tables import table_of

MOST_OLD, MOST_LATELY, _LATELY = 100, 300, timedelta(days=14)
"""How many are read: of those that are longest overdue, and of those from lately and to come."""


def due_first(session: Session, whose: Whose, today: date) -> Found:
    """Return the referrals that are longest overdue, and those that fell due lately or come."""
    lately = today - _LATELY
    found: list[int] = []
    is_cut = False
    for days, most in (
        ((date.min, lately - timedelta(days=1)), MOST_OLD),
        ((lately, today + LONGEST_DUTY), MOST_LATELY),
    ):
        for those in (_within(session, whose, days, most), _clocks(session, whose, days, most)):
            found += those[:most]
            is_cut = is_cut or len(those) > most
    return Found(tuple(dict.fromkeys(found)), is_cut)


def _within(session: Session, whose: Whose, days: tuple[date, date], most: int) -> list[int]:
    rows = sentences(session)
    order = (rows.c.due_on, rows.c.sentenced_on, rows.c.referral_id)
    found: list[tuple[Any, ...]] = []
    for place in _ways(whose, rows.c.region_code, rows.c.officer_id, rows.c.referral_id):
        for rank in (OPEN_URGENT, OPEN):
            query = select(*order).where(
                rows.c.referral_id.is_not(None),
                place,
                rows.c.rank == rank,
                rows.c.due_on.between(*days),
            )
            found += map(tuple, session.execute(query.order_by(*order).limit(most + 1)))
    return [referral_id for *_, referral_id in sorted(set(found))[: most + 1]]


def _ways(whose: Whose, region: Any, officer: Any, referral: Any) -> list[ColumnElement[bool]]:
    """Return conditions each of which an index answers; a row may fit more than one."""
    if whose.officers is not None:
        return [officer == one for one in whose.officers]
    if whose.passed_up is None:
        return [region == whose.region_code]
    named = [referral.in_(whose.passed_up.referrals)] if whose.passed_up.referrals else []
    return [*(region == one for one in whose.passed_up.regions), *named]


def _clocks(session: Session, whose: Whose, days: tuple[date, date], most: int) -> list[int]:
    """Return the referrals of the clocks that are a unit's to meet, by their day."""
    clock = table_of(ClockRecord).c
    places = _ways(whose, clock.region_code, clock.officer_id, clock.referral_id)
    order = (clock.due_on, clock.id, clock.referral_id)
    is_open = (
        clock.met_on.is_(None),
        clock.stopped_on.is_(None),
        text(NO_BACK_STOP),
    )
    found: list[tuple[Any, ...]] = []
    for place in places:
        for turn in (*UNITS_TURN, *MANAGERS_TURN):
            query = select(*order).where(
                *is_open, place, clock.owed_by == turn, clock.due_on.between(*days)
            )
            found += map(tuple, session.execute(query.order_by(*order).limit(most + 1)))
    return [referral_id for *_, referral_id in sorted(set(found))[: most + 1]]
