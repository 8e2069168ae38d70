"""Whether a letter tells of news that may not be told yet: under embargo, or held for others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from sqlmodel import Session, col, select

from vcs.clock import london_date
from vcs.events.catalogue import kind_row
from vcs.events.embargo import is_told_to_anybody
from vcs.events.records import EventKind, EventLine, KeyEvent
from vcs.post import catalogue
from vcs.post.cases.letter_case import Wanted
from vcs.post.records import LetterRecord
from vcs.post.rows.policy import Trigger
from vcs.post.subjects.at_events import AT_EVENTS, PLANS
from vcs.victims.records import Victim

TELLS_OF: Final[Mapping[Trigger, tuple[EventKind, ...]]] = {
    **AT_EVENTS,
    Trigger.RELEASE_PLANNED: PLANS,
    Trigger.CONDITIONS_DUE: PLANS,
    Trigger.SENTENCE_CHANGED: (EventKind.SENTENCE_CHANGED,),
    # It names the month of a release, and of a review, that are to come.
    Trigger.YEAR_PASSED: (*PLANS, EventKind.PAROLE_REVIEW),
}
"""Of which kinds of event a letter tells that was begun about none in particular."""


def held_news(
    session: Session, victim: Victim, about: LetterRecord | Wanted, today: date
) -> dict[str, Any]:
    """Return for the gate whether what a letter tells may not be told yet."""
    events = list(_told_in(session, victim, about))
    if any(_is_under_embargo(session, one, today) for one in events):
        return {"is_under_embargo": True}
    return {"is_told_together": any(_waits_for_others(session, one, victim) for one in events)}


def _told_in(session: Session, victim: Victim, about: LetterRecord | Wanted) -> Iterator[KeyEvent]:
    """Yield the event that a letter is about; of one about none, each that it may tell of."""
    event_id = about.event_id if isinstance(about, LetterRecord) else None
    if event_id is not None:
        yield session.get_one(KeyEvent, event_id)
        return
    kinds = [str(one) for one in TELLS_OF.get(catalogue.letter(about.kind).trigger, ())]
    query = (
        select(KeyEvent)
        .join(EventLine, col(EventLine.event_id) == col(KeyEvent.id))
        .where(
            EventLine.victim_id == victim.id,
            col(EventLine.undo).is_(False),
            col(KeyEvent.kind).in_(kinds),
            col(KeyEvent.taken_back_at).is_(None),
        )
    )
    if kinds:
        yield from session.exec(query)


def _is_under_embargo(session: Session, event: KeyEvent, today: date) -> bool:
    """Say whether an embargo ends today or later, and nobody was told.

    The gate knows the day and not the hour. Once one person was told the moment has come.
    """
    until, is_over = event.embargo_until, event.embargo_ended_at is not None
    if until is None or is_over or event.taken_back_at is not None:
        return False
    return london_date(until) >= today and not is_told_to_anybody(session, event)


def _waits_for_others(session: Session, event: KeyEvent, victim: Victim) -> bool:
    """Say whether news is held for others of a set, and this person was not told yet."""
    if not kind_row(event.kind).may_hold or event.may_tell_at or event.taken_back_at:
        return False
    query = (
        select(EventLine, Victim.person_id)
        .join(Victim, col(Victim.id) == col(EventLine.victim_id))
        .where(EventLine.event_id == event.id, col(EventLine.undo).is_(False))
    )
    lines = session.exec(query).all()
    is_told = any(one.told_at for one, whose in lines if whose == victim.person_id)
    return not is_told and any(one.is_open for one, whose in lines if whose != victim.person_id)
