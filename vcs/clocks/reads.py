"""Clocks as pages and programs ask for them: how each stands is worked out as it is read.

What is marked and not worked out yet is worked out here and now, so that no page and no dump waits
for a scheduler.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, func, true
from sqlalchemy import select as columns_of
from sqlmodel import Session, col, select

from vcs.access.actors import Actor
from vcs.access.records import Account
from vcs.access.rules import MANAGING, reach, seen_one_by_one
from vcs.clocks.derive import clock_rows
from vcs.clocks.facts import facts_of
from vcs.clocks.records import ClockMark, ClockRecord, ClockStart, StartKind, StopReason
from vcs.clocks.rules import BY_HAND
from vcs.clocks.seen import sees_clock, sees_start
from vcs.law.deadlines.due import State, days_left, soon, state_of
from vcs.law.deadlines.duties import TITLES
from vcs.referrals.records import Referral
from vcs.tables import table_of
from vcs.terms import Role
from vcs.victims.records import Victim

MOST_ROWS = 100

UNITS_TURN = ("victim liaison unit", "probation", "every service provider")

MANAGERS_TURN = ("victim liaison unit manager",)
MOST_COUNTED = 1000
"""Beyond so many late clocks nobody is helped by the number, so they are not counted."""

_CLOCKS = table_of(ClockRecord)

_UNIT = ("victim liaison unit", "probation", "every service provider")

TURNS: Mapping[str, tuple[str, ...]] = {
    Role.WITNESS_CARE: ("witness care unit",),
    Role.VLO: UNITS_TURN,
    **dict.fromkeys(MANAGING, (*UNITS_TURN, *MANAGERS_TURN)),
}
"""Whose turns a role's list shows: what somebody there can act on."""


@dataclass(frozen=True, slots=True)
class ClockView:
    """One clock on a day. ``age_days`` count from its start to its end, or to the day.

    They count on whatever stopped it, so that a stop hides no time. ``working_days`` are those
    left, below zero when late; None where no text gives a number.
    """

    id: int | None
    key: str
    duty: str
    title: str
    owed_by: str
    referral_reference: str
    victim_reference: str | None
    started_by: str
    starts_on: date
    due_on: date | None
    counted: str
    provision: str
    is_confirmed: bool
    provisional: bool
    met_on: date | None
    at_latest: bool
    stopped_on: date | None
    stop_reason: StopReason | None
    state: State
    working_days: int | None
    age_days: int

    @property
    def is_open(self) -> bool:
        """Say whether it still runs."""
        return self.met_on is None and self.stopped_on is None

    @property
    def by_hand(self) -> bool:
        """Say whether a person must say that it was met."""
        return self.is_open and self.duty in BY_HAND


def clocks_of(session: Session, referral_ids: Collection[int], today: date) -> list[ClockView]:
    """Return every clock of some referrals, what runs first, then by the day on which it is due."""
    held = {one.key: one for one in _held(session, referral_ids)}
    marked = _marked(session, referral_ids)
    live = {row["key"]: row for row in clock_rows(facts_of(session, marked))} if marked else {}
    for key, row in live.items():
        known = held.get(key)
        held[key] = ClockRecord(**row | {"id": known.id if known else None})
    names = _names(session, referral_ids)
    found = [clock_view(one, names, today) for one in held.values()]
    return sorted(found, key=_order)


def _held(session: Session, referral_ids: Collection[int]) -> Iterable[ClockRecord]:
    return session.exec(select(ClockRecord).where(col(ClockRecord.referral_id).in_(referral_ids)))


def _marked(session: Session, referral_ids: Collection[int]) -> list[int]:
    query = select(ClockMark.referral_id).where(col(ClockMark.referral_id).in_(referral_ids))
    return list(session.exec(query.distinct()))


@dataclass(frozen=True, slots=True)
class _Names:
    referrals: dict[int, str]
    victims: dict[int, str]


def _names(session: Session, referral_ids: Collection[int]) -> _Names:
    referrals = select(Referral.id, Referral.reference).where(col(Referral.id).in_(referral_ids))
    victims = select(Victim.id, Victim.reference).where(col(Victim.referral_id).in_(referral_ids))
    return _Names(dict(session.exec(referrals).all()), dict(session.exec(victims).all()))


def clock_view(one: ClockRecord, names: _Names, today: date) -> ClockView:
    """Return one clock as it stands on a day."""
    due_on = one.due_on if one.stopped_on is None else None
    until = one.met_on or today
    return ClockView(
        one.id,
        one.key,
        one.duty,
        TITLES[one.duty],
        one.owed_by,
        names.referrals[one.referral_id],
        names.victims.get(one.victim_id or 0),
        one.started_by,
        one.starts_on,
        one.due_on,
        one.counted,
        one.provision,
        one.is_confirmed,
        one.provisional,
        one.met_on,
        one.at_latest,
        one.stopped_on,
        StopReason(one.stop_reason) if one.stop_reason else None,
        state_of(due_on, one.met_on, today),
        days_left(one.due_on, until) if one.due_on else None,
        max((until - one.starts_on).days, 0),
    )


def _order(one: ClockView) -> tuple[bool, date, str, str]:
    return not one.is_open, one.due_on or date.max, one.duty, one.key


def clocks_seen(actor: Actor, clocks: Iterable[ClockView]) -> list[ClockView]:
    """Return the clocks of a referral that somebody may see."""
    return [one for one in clocks if sees_clock(actor, one.duty)]


def late_or_soon(session: Session, actor: Actor, today: date) -> list[ClockView]:
    """Return the clocks that somebody may see and that are late or due soon, the latest first.

    At most :data:`MOST_ROWS`; :func:`how_many_late` counts more. An officer sees those of their
    own referrals.
    """
    columns = (_CLOCKS.c.due_on, _CLOCKS.c.id, _CLOCKS.c.referral_id)
    late = (columns_of(*columns).where(_is_late(soon(today)), one) for one in _theirs(actor))
    each = (session.execute(one.order_by(*columns[:2]).limit(MOST_ROWS)) for one in late)
    first = sorted(tuple(row) for found in each for row in found)[:MOST_ROWS]
    ids = {*(row[-1] for row in first), *_marked_seen(session, actor)}
    found = [
        one
        for one in clocks_of(session, ids, today)
        if one.state in (State.OVERDUE, State.DUE_SOON)
        if one.owed_by in turns_of(actor)
    ]
    return found[:MOST_ROWS]


def how_many_late(session: Session, actor: Actor, today: date) -> int:
    """Count the clocks that are past their day and whose turn is somebody's own to see.

    More than :data:`MOST_COUNTED` says only that they are more.
    """
    late = columns_of(_CLOCKS.c.id).where(_is_late(today), _CLOCKS.c.due_on < today)
    counted = (
        columns_of(func.count()).select_from(late.where(one).limit(MOST_COUNTED + 1).subquery())
        for one in _theirs(actor)
    )
    found = sum(int(session.execute(one).scalar_one()) for one in counted)
    return min(found, MOST_COUNTED + 1)


def _marked_seen(session: Session, actor: Actor) -> Iterator[int]:
    # Marks are few: no index of places may lead to the many referrals instead.
    query = (
        select(ClockMark.referral_id)
        .join(Referral, col(Referral.id) == col(ClockMark.referral_id))
        .where(seen_one_by_one(actor, Referral))
        .distinct()
        .limit(MOST_ROWS)
    )
    yield from session.exec(query)


def _is_late(until: date) -> ColumnElement[bool]:
    return and_(
        _CLOCKS.c.met_on.is_(None), _CLOCKS.c.stopped_on.is_(None), _CLOCKS.c.due_on <= until
    )


def turns_of(actor: Actor) -> tuple[str, ...]:
    """Return whose turns somebody can act on; nobody's for who has no list of clocks."""
    return TURNS.get(actor.role, ())


def _theirs(actor: Actor) -> list[ColumnElement[bool]]:
    """Return the conditions of the clocks that somebody can act on; they share no clock.

    Each names one turn and one place, so that an index has its clocks in order of their day.
    """
    sentence = (
        columns_of(col(Referral.sentence_id))
        .where(col(Referral.id) == _CLOCKS.c.referral_id)
        .scalar_subquery()
    )
    own: ColumnElement[bool] = true()
    if actor.role is Role.VLO:
        own = _CLOCKS.c.officer_id == actor.account_id
    ways = reach(actor).ways(_CLOCKS.c.region_code, _CLOCKS.c.police_area, sentence)
    turns = turns_of(actor)
    return [and_(_CLOCKS.c.owed_by == turn, own, way) for turn in turns for way in ways]


@dataclass(frozen=True, slots=True)
class StartView:
    """What somebody said started a duty."""

    id: int
    kind: StartKind
    happened_on: date
    recorded_at: datetime
    recorded_by: str
    is_taken_back: bool


def starts_of(session: Session, referral_id: int) -> list[StartView]:
    """Return what people recorded as starts of duties, oldest first."""
    query = (
        select(ClockStart, Account.name)
        .join(Account, col(Account.id) == col(ClockStart.recorded_by))
        .where(ClockStart.referral_id == referral_id)
        .order_by(col(ClockStart.happened_on), col(ClockStart.id))
    )
    return [
        StartView(
            one.id,
            StartKind(one.kind),
            one.happened_on,
            one.recorded_at,
            name,
            one.taken_back_at is not None,
        )
        for one, name in session.exec(query)
    ]


def starts_seen(actor: Actor, starts: Iterable[StartView]) -> list[StartView]:
    """Return what was recorded as starts of duties that somebody may see."""
    return [one for one in starts if sees_start(actor, one.kind)]
