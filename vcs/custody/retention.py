"""Removing what prisons sent, and whom a settled fact was about, when its time is over.

Hashes and digests stay, so that a repeat is known again, and so does what became of each fact.
What waits for a person, or could not be read, stays whole.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import select, update
from sqlmodel import Session

from vcs.access import trail
from vcs.access.actors import SYSTEM
from vcs.custody.records import CustodyFact, CustodyMessage, CustodyStatus, EndsAs
from vcs.tables import table_of

_MESSAGES, _FACTS = table_of(CustodyMessage), table_of(CustodyFact)

_KEPT: Final = [
    *(str(EndsAs.WAITING), str(EndsAs.HELD), str(EndsAs.UNMATCHED)),
    *(str(EndsAs.CHECK), str(EndsAs.BAD)),
]


def remove_old(session: Session, settled_before: datetime, now: datetime, limit: int) -> int:
    """Remove bodies and names that were settled before a moment. Returns how many rows changed."""
    bodies = select(_MESSAGES.c.id).where(
        _MESSAGES.c.body.is_not(None),
        _MESSAGES.c.status == str(CustodyStatus.READ),
        _MESSAGES.c.read_at < settled_before,
    )
    names = select(_FACTS.c.id).where(
        _FACTS.c.sealed.is_not(None),
        _FACTS.c.settled_at < settled_before,
        _FACTS.c.ends_as.not_in(_KEPT),
    )
    messages = list(session.execute(bodies.order_by(_MESSAGES.c.id).limit(limit)).scalars())
    facts = list(session.execute(names.order_by(_FACTS.c.id).limit(limit)).scalars())
    if messages:
        these = _MESSAGES.c.id.in_(messages)
        session.execute(update(_MESSAGES).where(these).values(body=None))
    if facts:
        session.execute(update(_FACTS).where(_FACTS.c.id.in_(facts)).values(sealed=None))
    if messages or facts:
        detail = f"{len(messages)} messages, {len(facts)} facts"
        note = trail.Note(now, SYSTEM, "custody.removed", "custody messages", detail)
        trail.note(session, note)
    return len(messages) + len(facts)
