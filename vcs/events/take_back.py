"""Take back an event that was recorded by mistake: whoever was told is told that it was one."""

from __future__ import annotations

from collections.abc import Collection

from sqlmodel import select

from vcs.access.rules import Act
from vcs.access.work import Work
from vcs.errors import Conflict, NotValid
from vcs.events.catalogue import kind_row
from vcs.events.find import hold_event
from vcs.events.moments import counted_from
from vcs.events.records import LONGEST_REASON, EventLine, KeyEvent, Way
from vcs.events.sets.lines import follow_death
from vcs.events.updates.owed import follow_offender
from vcs.referrals.records import Referral
from vcs.victims.records import Victim


def take_back(
    work: Work, event_reference: str, reason: str, written_to: Collection[int] = ()
) -> KeyEvent:
    """Take an event back. The same people are told again by the same way, as soon as the first.

    Whoever was not told yet is not told at all. ``written_to`` are the victims to whom a letter
    about it has left, whether or not somebody recorded that they were told by it.
    """
    work.require_may(Act.TAKE_BACK_EVENT)
    event = hold_event(work, event_reference)
    if event.taken_back_at is not None:
        raise Conflict("This event has been taken back already. Load its page again.")
    if not reason.strip() or len(reason) > LONGEST_REASON:
        words = f"Enter why, in {LONGEST_REASON} characters or fewer"
        raise NotValid("Say why it is taken back.", {"reason": words})
    told = work.session.exec(
        select(EventLine).where(EventLine.event_id == event.id).with_for_update()
    ).all()
    event.taken_back_at, event.taken_back_by = work.now, work.actor.account_id
    event.taken_back_sealed = work.sealer.seal_text(reason.strip())
    event.undo_by_at = counted_from(kind_row(event.kind).tell_by, work.now)
    work.session.add(event)
    know = [one for one in told if one.told_at is not None or one.victim_id in written_to]
    work.session.add_all(_undoing(work, one) for one in know)
    work.session.flush()
    follow_death(work.session, work.sealer, event, (work.now, work.actor.who))
    follow_offender(work.session, work.sealer, event, (work.now, work.actor.who))
    _note(work, event, list(told))
    return event


def _undoing(work: Work, line: EventLine) -> EventLine:
    return EventLine(
        event_id=line.event_id,
        victim_id=line.victim_id,
        undo=True,
        joined_at=work.now,
        way=line.told_how or Way.LETTER,
        letters_only=line.letters_only,
    )


def _note(work: Work, event: KeyEvent, lines: list[EventLine]) -> None:
    """Note it once in each referral of the set."""
    victims = [work.session.get_one(Victim, line.victim_id) for line in lines]
    for referral_id in {event.referral_id, *(victim.referral_id for victim in victims)}:
        referral = work.session.get_one(Referral, referral_id)
        work.note("event.taken_back", referral.reference, f"{event.reference} {event.kind}")
