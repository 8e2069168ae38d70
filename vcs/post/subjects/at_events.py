"""Letters about key events: each kind of event drafts one for everybody who is to be told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Final

from sqlmodel import select

from vcs.clock import london_date
from vcs.events.records import EventKind, KeyEvent
from vcs.needs.conditions.records import ConditionRequest
from vcs.post.rows.policy import Trigger
from vcs.post.subjects.subject import Around, Subject
from vcs.post.subjects.times import BEFORE_RELEASE

AT_EVENTS: Final[Mapping[Trigger, tuple[EventKind, ...]]] = {
    Trigger.OPEN_CONDITIONS: (EventKind.OPEN_CONDITIONS,),
    Trigger.TEMPORARY_RELEASE: (EventKind.TEMPORARY_RELEASE,),
    Trigger.EARLY_RELEASE: (EventKind.EARLY_RELEASE,),
    Trigger.RELEASED: (EventKind.RELEASED, EventKind.TIME_SERVED),
    Trigger.RECALLED: (EventKind.RECALLED,),
    Trigger.PAROLE_REVIEW: (EventKind.PAROLE_REVIEW,),
    Trigger.PAROLE_DECIDED: (EventKind.PAROLE_DECISION,),
    Trigger.HOSPITAL_REVIEW: (EventKind.HOSPITAL_REVIEW,),
    Trigger.HOSPITAL_DECIDED: (EventKind.HOSPITAL_DECISION,),
    Trigger.RESTRICTIONS_ENDED: (EventKind.RESTRICTIONS_ENDED,),
    Trigger.TO_HOSPITAL: (EventKind.TO_HOSPITAL,),
    Trigger.FROM_HOSPITAL: (EventKind.FROM_HOSPITAL,),
    Trigger.AT_LARGE: (EventKind.ESCAPED, EventKind.ABSCONDED, EventKind.NOT_RETURNED),
    Trigger.BACK_IN_CUSTODY: (EventKind.BACK_IN_CUSTODY,),
    Trigger.DIED: (EventKind.DIED,),
    Trigger.REMOVED: (EventKind.REMOVED,),
    Trigger.LICENCE_ENDS: (EventKind.LICENCE_ENDS,),
    Trigger.RELEASED_IN_ERROR: (EventKind.RELEASED_IN_ERROR,),
}

PLANS: Final = (EventKind.RELEASE_PLANNED, EventKind.RELEASE_MOVED)


def about_events(around: Around, trigger: Trigger) -> Iterator[Subject]:
    """Yield the events of a trigger of which somebody is to be told, the newest first."""
    for event in events_for(around, AT_EVENTS[trigger]):
        yield _about(around, event)


def release_planned(around: Around, _: Trigger) -> Iterator[Subject]:
    """Yield the plan of a release that stands: due once the release is near."""
    for event in _plan(around):
        near = event.happened_on - timedelta(weeks=BEFORE_RELEASE.count) <= around.today
        yield _about(around, event, is_due=near and event.happened_on >= around.today)


def conditions_due(around: Around, _: Trigger) -> Iterator[Subject]:
    """Yield the plan of a release before which conditions may be asked for, and none were yet."""
    query = select(ConditionRequest.id).where(ConditionRequest.victim_id == around.victim.id)
    for event in _plan(around):
        asked = around.session.exec(query).first() is not None
        yield _about(around, event, is_due=not asked and event.happened_on > around.today)


def events_for(around: Around, kinds: tuple[EventKind, ...]) -> Iterator[KeyEvent]:
    """Yield the events of some kinds that a victim may be written to about, the newest first."""
    return (event for event in around.events if event.kind in kinds)


def _plan(around: Around) -> Iterator[KeyEvent]:
    """Yield the newest plan, unless a release came after it."""
    newest = next(events_for(around, (*PLANS, EventKind.RELEASED)), None)
    if newest is not None and newest.kind in PLANS:
        yield newest


def _about(around: Around, event: KeyEvent, *, is_due: bool = True) -> Subject:
    known_on = london_date(event.recorded_at)
    # A plan may be made long before it is near.
    recent = around.is_recent(known_on) or event.happened_on >= around.today
    return Subject(event.reference, known_on, is_due and recent, event_id=event.id)
