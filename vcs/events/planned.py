"""The release that is planned for an offender, as far as events tell."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session, col, select

from vcs.events.offender import death_in, events_of, known_sentences
from vcs.events.records import EventKind, KeyEvent
from vcs.referrals.records import Referral
from vcs.sealing import Sealer
from vcs.sentences.records import Sentence

RELEASE_KINDS = (EventKind.RELEASE_PLANNED, EventKind.RELEASE_MOVED)


def planned_release_of(
    session: Session, sealer: Sealer, sentence: Sentence, today: date
) -> date | None:
    """Return the day, or the first of the month, for which a release is planned; None if none is.

    What was recorded last counts: a date moves.
    """
    ids = [one.id for one in known_sentences(session, sealer, sentence)]
    query = select(Referral).where(col(Referral.sentence_id).in_(ids))
    events = events_of(session, tuple(session.exec(query)))
    planned = planned_release(events)
    return planned.happened_on if planned and planned.happened_on >= today.replace(day=1) else None


def planned_release(events: list[KeyEvent]) -> KeyEvent | None:
    """Return the event that says now for when a release is planned; None where none does.

    Nobody is released after a death.
    """
    if death_in(events) is not None:
        return None
    told = [one for one in events if one.kind in RELEASE_KINDS and one.taken_back_at is None]
    return max(told, key=lambda one: (one.recorded_at, one.id), default=None)
