"""What a letter is about, as it stands now: the event or the answer, or that it was taken back."""

from __future__ import annotations

from sqlmodel import Session

from vcs.errors import Conflict
from vcs.events.records import KeyEvent
from vcs.needs.conditions.records import ConditionRequest
from vcs.post.records import LetterRecord


def about(session: Session, letter: LetterRecord) -> str:
    """Return what a letter tells of as it stands: two that are equal would tell the same."""
    told = []
    if letter.event_id is not None:
        event = session.get_one(KeyEvent, letter.event_id)
        told.append(f"{event.kind} {event.happened_on} {event.only_month} {is_taken_back(event)}")
    if letter.request_id is not None:
        request = session.get_one(ConditionRequest, letter.request_id)
        told.append(f"{request.answer} {request.answered_on}")
    return "; ".join(told)


def is_taken_back(event: KeyEvent) -> bool:
    """Say whether an event was recorded by mistake."""
    return event.taken_back_at is not None


def is_gone(session: Session, letter: LetterRecord) -> bool:
    """Say whether what a letter tells of was taken back."""
    event = session.get(KeyEvent, letter.event_id) if letter.event_id is not None else None
    return event is not None and is_taken_back(event)


def require_standing(session: Session, letter: LetterRecord) -> None:
    """Raise Conflict where what a letter tells of was taken back."""
    if is_gone(session, letter):
        raise Conflict("What this letter tells of was taken back, so it must not go.")
