"""What follows from an embargo: no letter that tells of the event stays approved, or left before.

The gate holds whatever is approved later: see ``vcs/post/cases/who_and_when.py``.
"""

from __future__ import annotations

from sqlmodel import Session, col, select

from vcs.access.work import Work
from vcs.errors import Conflict
from vcs.events import embargo
from vcs.events.embargo import Embargo
from vcs.events.records import EventLine, KeyEvent
from vcs.post.opening import By, withdraw_outdated
from vcs.post.records import LetterRecord
from vcs.victims.records import PostedLetter, Victim

_LEFT = (
    "A letter about this has left already, so it cannot be under embargo. Tell whoever asked for "
    "it."
)


def set_embargo(work: Work, event_reference: str, until: Embargo) -> KeyEvent:
    """Put an event under embargo as ``embargo.set_embargo`` does, and withdraw its letters.

    Raises Conflict also where a letter about it has left: somebody is being told.
    """
    event = embargo.set_embargo(work, event_reference, until)
    stop_letters(work, event)
    return event


def stop_letters(work: Work, event: KeyEvent) -> None:
    """Withdraw the letters that tell of an event put under embargo. Raises Conflict where one left.

    For whoever holds the event.
    """
    _refuse_where_one_left(work.session, event)
    withdraw_letters(work, event)


def _refuse_where_one_left(session: Session, event: KeyEvent) -> None:
    query = (
        select(PostedLetter.id)
        .join(LetterRecord, col(LetterRecord.id) == col(PostedLetter.letter_id))
        .where(LetterRecord.event_id == event.id)
    )
    if session.exec(query).first() is not None:
        raise Conflict(_LEFT)


def withdraw_letters(work: Work, event: KeyEvent) -> None:
    """Withdraw the letters of the people in a set that may not go any more because of it."""
    work.session.flush()
    query = (
        select(Victim)
        .join(EventLine, col(EventLine.victim_id) == col(Victim.id))
        .where(EventLine.event_id == event.id, col(EventLine.undo).is_(False))
        .order_by(col(Victim.id))
    )
    for victim in work.session.exec(query).all():
        withdraw_outdated(work.session, work.sealer, victim, By(work.actor.who, work.now))
