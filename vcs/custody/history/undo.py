"""What prisons undo within the hour, and what two events say twice."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Final

from sqlmodel import Session, col, select

from vcs.custody.readings import UNDONE_WITHIN, Follows, follows
from vcs.custody.records import CustodyFact, EndsAs
from vcs.events.catalogue import Whereabouts

INSTANT: Final = "prisoner-offender-search."
"""What an event’s code begins with that prisons publish at once, before mistakes are undone."""

_TWICE: Final = timedelta(hours=2)

_ONE_MOVEMENT: Final = timedelta(minutes=5)
"""How far apart two messages give the moment of one movement through the gate: ours."""

Ended = tuple[EndsAs, str]


def why_not(
    session: Session, fact: CustodyFact, row: Follows, sentenced_on: Collection[date]
) -> Ended | None:
    """Return how a fact ends that is told of no further; None where it is.

    A release with a reception within the hour is undone, and so is the reception, unless the
    source published its second event. The instant event and the second one are one fact. On a day
    of sentence nothing is undone: time served is danger.
    """
    if not row.waits or fact.happened_at is None:
        return None
    near = _near(session, fact)
    if not fact.confirmed and _any(near, fact, _TWICE, confirmed=True):
        return EndsAs.SAME, "The prison's second event says the same"
    if fact.confirmed or row.after is None:
        return None
    is_at_court = any(one.confirmed for one in _no_releases(near, fact))
    is_instant = fact.code.startswith(INSTANT)
    if is_at_court and is_instant and fact.happened_on not in set(sentenced_on):
        return EndsAs.UNDONE, "The prison’s second event says that it is no release"
    if row.after is Whereabouts.OUT and any(_shows_danger(one, fact) for one in near):
        return None
    # People were told of a release that is recorded: that it was undone is news for them.
    is_told = row.after is Whereabouts.IN
    stands = (
        one
        for one in near
        if not _any(near, one, _TWICE, confirmed=True)
        and not (is_told and one.event_id is not None)
        and not {fact.happened_on, one.happened_on} & set(sentenced_on)
    )
    if any(_undoes(fact, row.after, one) for one in stands):
        return EndsAs.UNDONE, "The prison undid it within the hour"
    return None


def says_otherwise(session: Session, fact: CustodyFact) -> bool:
    """Say whether another message tells of the movement of a release as one that is none.

    A court, another prison: of one movement only one of the two can be right.
    """
    row = follows(fact.reading)
    is_release = row.waits and row.after is Whereabouts.OUT
    return is_release and bool(_no_releases(_near(session, fact), fact))


def recorded_as_release(session: Session, fact: CustodyFact) -> list[int]:
    """Return the events of releases that a movement to a court or a prison says were none."""
    if fact.reading != _NO_RELEASE or fact.happened_at is None:
        return []
    near = [one for one in _near(session, fact) if _is_one_movement(one, fact)]
    rows = [(one.event_id, follows(one.reading)) for one in near]
    found = (event for event, row in rows if row.waits and row.after is Whereabouts.OUT)
    return sorted({event for event in found if event is not None})


def is_confirmed(session: Session, fact: CustodyFact) -> bool:
    """Say whether the prison's second event has come."""
    return fact.confirmed or _any(_near(session, fact), fact, _TWICE, confirmed=True)


_NO_RELEASE: Final = "not_a_release"


def _no_releases(near: Sequence[CustodyFact], fact: CustodyFact) -> list[CustodyFact]:
    if follows(fact.reading).after is not Whereabouts.OUT:
        return []
    return [one for one in near if one.reading == _NO_RELEASE and _is_one_movement(one, fact)]


def _is_one_movement(one: CustodyFact, other: CustodyFact) -> bool:
    if one.happened_at is None or other.happened_at is None:
        return False
    return abs(one.happened_at - other.happened_at) <= _ONE_MOVEMENT


def first_known(session: Session, fact: CustodyFact) -> CustodyFact:
    """Return the fact that told the same first: the time to tell counts from it."""
    same = [one for one in _near(session, fact) if _is_same(one, fact, _TWICE)]
    return min((*same, fact), key=lambda one: (one.known_at, one.id))


def _near(session: Session, fact: CustodyFact) -> Sequence[CustodyFact]:
    if fact.happened_on is None:
        return ()
    days = (fact.happened_on - timedelta(days=1), fact.happened_on + timedelta(days=1))
    query = select(CustodyFact).where(
        CustodyFact.person == fact.person,
        col(CustodyFact.happened_on).between(*days),
        CustodyFact.id != fact.id,
        col(CustodyFact.happened_at).is_not(None),
    )
    return session.exec(query.order_by(col(CustodyFact.id))).all()


def _any(
    near: Sequence[CustodyFact], fact: CustodyFact, within: timedelta, *, confirmed: bool
) -> bool:
    return any(one.confirmed is confirmed and _is_same(one, fact, within) for one in near)


def _is_same(one: CustodyFact, other: CustodyFact, within: timedelta) -> bool:
    if one.happened_at is None or other.happened_at is None:
        return False
    if follows(one.reading).kind is not follows(other.reading).kind:
        return False
    return abs(one.happened_at - other.happened_at) <= within


def _shows_danger(one: CustodyFact, out: CustodyFact) -> bool:
    """Say whether they came back as somebody who should not have been out."""
    if one.happened_at is None or out.happened_at is None:
        return False
    return follows(one.reading).was_danger and one.happened_at >= out.happened_at


def _undoes(fact: CustodyFact, after: Whereabouts, one: CustodyFact) -> bool:
    """Say whether another fact puts the offender back where they were, within the hour."""
    other = follows(one.reading)
    if one.happened_at is None or fact.happened_at is None or one.confirmed:
        return False
    if other.after is None or other.after is after or not other.waits:
        return False
    earlier, later = sorted((one.happened_at, fact.happened_at))
    out_first = (fact if fact.happened_at == earlier else one).reading
    is_release = follows(out_first).after is Whereabouts.OUT
    return is_release and later - earlier <= UNDONE_WITHIN
