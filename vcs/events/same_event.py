"""Whether an event was recorded already, by another officer or twice. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from vcs.events.catalogue import kind_row
from vcs.events.moments import DayAndTime
from vcs.events.offender import death_in
from vcs.events.planned import RELEASE_KINDS
from vcs.events.records import EventKind, KeyEvent

ONE_TIME: Final = timedelta(hours=1)
"""How far apart two reports give the hour of one event: ours, to be confirmed."""

PLANS: Final[tuple[tuple[EventKind, ...], ...]] = (
    RELEASE_KINDS,
    (EventKind.PAROLE_REVIEW,),
    (EventKind.HOSPITAL_REVIEW,),
    (EventKind.REMOVED,),
    (EventKind.LICENCE_ENDS,),
)
"""Of each only the newest stands: a day that moves, and moves back, is news each time."""


def same_event(events: list[KeyEvent], kind: str, happened: DayAndTime) -> KeyEvent | None:
    """Return the event that is recorded again; None for a new one.

    ``events`` are all of the offender. The same kind on the same day is one event, unless he was
    somewhere else in between, or the hours differ: who escapes, is brought back and escapes again
    is out twice. Of a plan only the newest is compared. Nobody dies twice, whichever day is told.
    """
    standing = [one for one in events if one.taken_back_at is None]
    if kind == EventKind.DIED:
        return death_in(standing)
    alike = (one for one in standing if (one.kind, one.happened_on) == (kind, happened.day))
    return next((one for one in alike if _is_one(one, standing, happened)), None)


def recorded_instead(taken_back: KeyEvent, events: list[KeyEvent]) -> KeyEvent | None:
    """Return the newest event of the same matter that was recorded after one and stands.

    The same kind, another plan of it, or where else the offender is.
    """
    row = kind_row(taken_back.kind)
    family = next((kinds for kinds in PLANS if taken_back.kind in kinds), (taken_back.kind,))
    alike = (
        one
        for one in events
        if one.id > taken_back.id
        and one.taken_back_at is None
        and (one.kind in family or (row.after and kind_row(one.kind).after))
    )
    return max(alike, key=lambda one: one.id, default=None)


def _is_one(held: KeyEvent, events: list[KeyEvent], happened: DayAndTime) -> bool:
    if any(one.id > held.id for one in _plans_like(held, events)):
        return False
    if kind_row(held.kind).after is None:
        return True
    if held.happened_at and happened.at:
        if held.happened_at == happened.at:
            return True
        if abs(held.happened_at - happened.at) >= ONE_TIME:
            return False
    return not any(_is_between(one, held, happened) for one in events)


def _plans_like(held: KeyEvent, events: list[KeyEvent]) -> Iterator[KeyEvent]:
    family = next((kinds for kinds in PLANS if held.kind in kinds), ())
    return (one for one in events if one.kind in family)


def _is_between(one: KeyEvent, held: KeyEvent, happened: DayAndTime) -> bool:
    """Say whether an event of the same day moved the offender after one, and before another.

    Where an hour is not known, what was recorded later is later.
    """
    if one.kind == held.kind or one.happened_on != held.happened_on:
        return False
    if kind_row(one.kind).after is None:
        return False
    is_after = (
        one.happened_at > held.happened_at
        if one.happened_at and held.happened_at
        else one.id > held.id
    )
    is_before = one.happened_at < happened.at if one.happened_at and happened.at else True
    return is_after and is_before
