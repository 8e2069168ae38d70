"""Find an event, or one person's line in it, to look at or to work on."""

from __future__ import annotations

from sqlalchemy import or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from vcs.access.actors import Actor
from vcs.access.rules import seen_by
from vcs.access.work import Work
from vcs.errors import Conflict, NotFound
from vcs.events.records import EventLine, KeyEvent
from vcs.referrals.records import Referral
from vcs.victims.find import Part, find_victim
from vcs.victims.records import Victim

_NONE = "There is no such event."


def visible_event(session: Session, actor: Actor, reference: str) -> KeyEvent:
    """Return an event of an offender some of whose people, or whose referral, the actor may see.

    Raises NotFound alike where there is none and where it is not theirs.
    """
    of_line = aliased(Referral)
    lines = (
        select(EventLine.id)
        .join(Victim, col(Victim.id) == col(EventLine.victim_id))
        .join(of_line, col(of_line.id) == col(Victim.referral_id))
        .where(col(EventLine.event_id) == col(KeyEvent.id), seen_by(actor, of_line))
    )
    query = (
        select(KeyEvent)
        .join(Referral, col(Referral.id) == col(KeyEvent.referral_id))
        .where(KeyEvent.reference == reference)
        .where(or_(seen_by(actor, Referral), lines.correlate(KeyEvent).exists()))
    )
    event = session.exec(query).first()
    if event is None:
        raise NotFound(_NONE)
    return event


def hold_event(work: Work, reference: str) -> KeyEvent:
    """Return an event to work on, held until the transaction ends."""
    event = visible_event(work.session, work.actor, reference)
    work.session.refresh(event, with_for_update=True)
    return event


def hold_line(
    work: Work, event_reference: str, victim_reference: str
) -> tuple[KeyEvent, EventLine, Part]:
    """Return an event and the line of one person of the actor's own, held, with their part."""
    part = find_victim(work.session, victim_reference, work.actor)
    event = hold_event(work, event_reference)
    line = line_of(work.session, event, part[0])
    if line is None:
        raise NotFound("This person is not in this group.")
    work.session.refresh(line, with_for_update=True)
    return event, line, part


def line_of(session: Session, event: KeyEvent, victim: Victim) -> EventLine | None:
    """Return the line of a person that counts now; None where they are not in the set."""
    query = select(EventLine).where(
        EventLine.event_id == event.id,
        EventLine.victim_id == victim.id,
        EventLine.undo == (event.taken_back_at is not None),
    )
    return session.exec(query).first()


def refuse_settled(line: EventLine) -> None:
    """Raise Conflict where somebody has dealt with a line meanwhile."""
    if not line.is_open:
        raise Conflict("This has been dealt with already. Load the page of the event again.")
