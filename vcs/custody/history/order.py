"""A fact among the key events of its offender: what went before it, and what came since. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from vcs.custody.records import CustodyFact
from vcs.custody.sources.shapes import ENDED
from vcs.events.catalogue import Whereabouts, kind_row
from vcs.events.offender import where_after
from vcs.events.records import EventKind, KeyEvent

_ONE_RETURN: Final = timedelta(days=1)
"""Two systems may date one return on two days."""

Events = Sequence[KeyEvent]


def is_out(event: KeyEvent) -> bool:
    """Say whether the offender is out after an event."""
    return kind_row(event.kind).after is Whereabouts.OUT


def is_before(event: KeyEvent, fact: CustodyFact) -> bool:
    """Say whether an event happened before a fact; where the hours of one day tell, by them."""
    if fact.happened_on is None or event.happened_on != fact.happened_on:
        return fact.happened_on is not None and event.happened_on < fact.happened_on
    if event.happened_at is None or fact.happened_at is None:
        return True
    return event.happened_at <= fact.happened_at


def is_after_hours(fact: CustodyFact, event: KeyEvent) -> bool:
    """Say whether a fact surely came after an event: on a later day, or at a later hour of it."""
    if fact.happened_on is None or event.happened_on != fact.happened_on:
        return fact.happened_on is not None and event.happened_on < fact.happened_on
    return _hours(event, fact) and not _is_later(event, fact)


def release_before(fact: CustodyFact, events: Events) -> KeyEvent | None:
    """Return the release that somebody is back from; None where they were in, as far as we know.

    The same return may have been told before, by another system.
    """
    if fact.happened_on is None:
        return None
    since = fact.happened_on - _ONE_RETURN
    before = [
        one
        for one in events
        if kind_row(one.kind).after is not None
        and is_before(one, fact)
        and (is_out(one) or one.happened_on < since)
    ]
    return before[-1] if before and is_out(before[-1]) else None


def is_another_time(fact: CustodyFact, event: KeyEvent, events: Events) -> bool:
    """Say whether the offender was elsewhere between two events of one kind on one day.

    Asked of what :mod:`vcs.events.same_event` takes for one event: it does where the hour is the
    same and that of the return is not known, or where the return was in the minute of the fact.
    """
    return any(
        _is_after(one, event) and (not _hours(one, fact) or not _is_later(one, fact))
        for one in _the_other_way(event, events)
    )


def is_order_unknown(fact: CustodyFact, event: KeyEvent, events: Events) -> bool:
    """Say whether the hours of a day do not tell which of two ways they went last.

    A time at large ends after it began, whichever day the message gives.
    """
    if fact.code.endswith(ENDED):
        return False
    return any(not _hours(one, event) for one in _the_other_way(event, events))


def what_came_since(fact: CustodyFact, after: Whereabouts | None, events: Events) -> str:
    """Return what to say of a fact that came late, where they have gone the other way since."""
    later = [one for one in events if kind_row(one.kind).after and _is_later(one, fact)]
    newest = where_after(later)
    last = kind_row(newest.kind) if newest else None
    if newest is None or last is None or after is None or last.after is after:
        return ""
    day = newest.happened_on
    if last.after is Whereabouts.DEAD:
        return f"They died on {day.day} {day:%B %Y}: nobody is told of this any more."
    since = f"since {day.day} {day:%B %Y} ({last.words.lower()})"
    if last.after is Whereabouts.IN:
        return f"They are in custody again {since}: say both."
    return f"They are out again {since}: do not say that they are in custody."


def _the_other_way(event: KeyEvent, events: Events) -> list[KeyEvent]:
    after = kind_row(event.kind).after
    same_day = (one for one in events if one.happened_on == event.happened_on)
    ways = ((one, kind_row(one.kind).after) for one in same_day if one.id != event.id)
    if event.kind == EventKind.RECALL_ORDERED or after not in (Whereabouts.OUT, Whereabouts.IN):
        return []
    moved = ((one, way) for one, way in ways if one.kind != EventKind.RECALL_ORDERED)
    return [one for one, way in moved if way not in (None, Whereabouts.DEAD, after)]


def _hours(one: KeyEvent, other: KeyEvent | CustodyFact) -> bool:
    return one.happened_at is not None and other.happened_at is not None


def _is_after(one: KeyEvent, other: KeyEvent) -> bool:
    """Say whether one event of a day came after another; by hours, or as they were recorded."""
    if one.happened_at is not None and other.happened_at is not None:
        return one.happened_at > other.happened_at
    return one.id > other.id


def _is_later(event: KeyEvent, fact: CustodyFact) -> bool:
    if fact.happened_on is None or event.happened_on != fact.happened_on:
        return fact.happened_on is not None and event.happened_on > fact.happened_on
    if event.happened_at is None or fact.happened_at is None:
        return False
    return event.happened_at > fact.happened_at
