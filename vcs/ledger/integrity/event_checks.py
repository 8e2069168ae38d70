"""What must hold of key events and of the people who are told of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from vcs.events.catalogue import DANGER_KINDS
from vcs.events.offender import open_parts, referrals_of_offender
from vcs.events.records import EventLine, KeyEvent
from vcs.referrals.records import Referral
from vcs.sealing import Sealer

_LEFT_OUT = {
    True: "Events of danger of which somebody is not to be told",
    False: "Events of which somebody in an open referral of that offender is not to be told",
}


def left_out_of_sets(session: Session, sealer: Sealer) -> list[str]:
    """Name each open set that lacks somebody in an open referral of that offender."""
    left_out: dict[bool, list[str]] = {True: [], False: []}
    for event in session.execute(_open_sets()).scalars():
        referral = session.get_one(Referral, event.referral_id)
        everybody = open_parts(session, referrals_of_offender(session, sealer, referral))
        in_set = set(_victims_in(session, event))
        if any(victim.id not in in_set for victim, _ in everybody):
            left_out[event.kind in DANGER_KINDS].append(event.reference)
    return [
        f"{_LEFT_OUT[danger]}: {', '.join(found)}." for danger, found in left_out.items() if found
    ]


def _open_sets() -> Select[Any]:
    return select(KeyEvent).where(
        col(KeyEvent.taken_back_at).is_(None),
        col(KeyEvent.id).in_(select(col(EventLine.event_id)).where(_is_open())),
    )


def _victims_in(session: Session, event: KeyEvent) -> list[int]:
    query = select(col(EventLine.victim_id)).where(col(EventLine.event_id) == event.id)
    return list(session.execute(query).scalars())


def _is_open() -> Any:
    return and_(col(EventLine.told_at).is_(None), col(EventLine.not_told_reason).is_(None))


def _told_while_held() -> Select[Any]:
    return _with_line(col(KeyEvent.may_tell_at).is_(None), col(EventLine.told_at).is_not(None))


def _told_under_embargo() -> Select[Any]:
    moment = func.coalesce(col(KeyEvent.embargo_ended_at), col(KeyEvent.embargo_until))
    return _with_line(col(EventLine.undo).is_(False), col(EventLine.told_at) < moment)


def _told_and_not_to_be_told() -> Select[Any]:
    both = and_(col(EventLine.told_at).is_not(None), col(EventLine.not_told_reason).is_not(None))
    return _with_line(both)


def _with_line(*conditions: Any) -> Select[Any]:
    joined = col(EventLine.event_id) == col(KeyEvent.id)
    query: Select[Any] = select(col(KeyEvent.reference)).join(EventLine, joined)
    return query.where(*conditions).distinct()


def _told_and_not_undone() -> Select[Any]:
    undoing = aliased(EventLine)
    undone = select(col(undoing.id)).where(
        col(undoing.event_id) == col(EventLine.event_id),
        col(undoing.victim_id) == col(EventLine.victim_id),
        col(undoing.undo),
    )
    return _with_line(
        col(KeyEvent.taken_back_at).is_not(None),
        col(EventLine.undo).is_(False),
        col(EventLine.told_at).is_not(None),
        ~undone.correlate(EventLine).exists(),
    )


EVENT_CHECKS: tuple[tuple[str, Callable[[], Select[Any]]], ...] = (
    ("Events of which somebody was told while the set was held", _told_while_held),
    ("Events of which somebody was told under embargo", _told_under_embargo),
    ("Events of which somebody was told and is not to be told", _told_and_not_to_be_told),
    ("Events taken back, with somebody told of them whom nobody tells so", _told_and_not_undone),
)
