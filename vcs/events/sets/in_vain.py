"""A letter that was to tell somebody of a key event came back: they are still to be told."""

from __future__ import annotations

from sqlmodel import select

from vcs.access.work import Work
from vcs.events.records import EventLine, KeyEvent, Way
from vcs.referrals.records import Referral
from vcs.victims.records import Victim


def owe_telling_again(work: Work, victim: Victim, event_id: int) -> int:
    """Owe the telling of an event again, by the day on which it was always due.

    Only what is recorded as told by letter is told no more, in each part of the person that
    counted as told by that letter. Returns how many lines are open again.
    """
    event = work.session.get_one(KeyEvent, event_id)
    query = select(EventLine).where(
        EventLine.event_id == event_id,
        EventLine.victim_id == victim.id,
        EventLine.told_how == Way.LETTER,
    )
    theirs = work.session.exec(query.with_for_update()).all()
    if not theirs:
        return 0
    opened = {one.id: one for told in theirs for one in (told, *_told_with(work, victim, told))}
    for line in opened.values():
        line.told_at, line.told_how, line.told_by = None, None, None
        line.told_sealed, line.heard_before = None, False
        work.session.add(line)
        part = work.session.get_one(Victim, line.victim_id)
        referral = work.session.get_one(Referral, part.referral_id)
        detail = f"{event.reference} {part.reference}"
        work.note("event.told_in_vain", referral.reference, detail)
    return len(opened)


def _told_with(work: Work, victim: Victim, told: EventLine) -> list[EventLine]:
    """Return the lines of a person's other parts that one entry recorded as told with this one."""
    query = (
        select(EventLine)
        .join(Victim)
        .where(
            Victim.person_id == victim.person_id,
            EventLine.told_how == Way.LETTER,
            EventLine.told_at == told.told_at,
            EventLine.told_by == told.told_by,
            EventLine.undo == told.undo,
        )
    )
    return list(work.session.exec(query.with_for_update(of=EventLine)))
