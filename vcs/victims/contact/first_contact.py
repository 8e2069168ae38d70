"""When the duty of first contact is met: by a contact, or by a letter that was posted."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session, col, select

from vcs.access.work import Work
from vcs.law.deadlines import duties
from vcs.referrals.due_days.deadlines import meet
from vcs.referrals.records import DeadlineRecord, Referral
from vcs.victims.records import PostedLetter, Victim


def meet_first_contact(work: Work, victim: Victim, day: date) -> None:
    """Record that a victim was reached on a day, which meets the duty of first contact."""
    if victim.contacted_on is None or day < victim.contacted_on:
        victim.contacted_on = day
        work.session.add(victim)
    settle_first_contact(work, victim)


def is_first_contact_owed(session: Session, victim_id: int) -> bool:
    """Say whether first contact with a victim is still to be made."""
    query = select(DeadlineRecord.id).where(
        DeadlineRecord.victim_id == victim_id,
        DeadlineRecord.duty == duties.FIRST_CONTACT,
        col(DeadlineRecord.met_on).is_(None),
        col(DeadlineRecord.lifted_on).is_(None),
    )
    return session.exec(query).first() is not None


def settle_first_contact(work: Work, victim: Victim) -> None:
    """Date the duty of first contact by the earliest contact or posted letter on record.

    A choice is no contact, and dates none: where it was said in a conversation, that is recorded as
    one. A letter that came back reached nobody: where nothing else did, the duty is owed again, by
    the day on which it was always due. A duty that was marked as met on another day, as the
    approval of a letter did before migration 0011, gets the true day, and the trail says so.
    """
    posted = select(PostedLetter).where(
        PostedLetter.victim_id == victim.id,
        PostedLetter.duty == duties.FIRST_CONTACT,
        col(PostedLetter.came_back_on).is_(None),
    )
    days = [victim.contacted_on, *(one.posted_on for one in work.session.exec(posted))]
    first = min((day for day in days if day), default=None)
    if first is not None:
        meet(work.session, victim.referral_id, victim.id, duties.FIRST_CONTACT, first)
    marked_otherwise = select(DeadlineRecord).where(
        DeadlineRecord.victim_id == victim.id,
        DeadlineRecord.duty == duties.FIRST_CONTACT,
        col(DeadlineRecord.met_on).is_not(None),
        col(DeadlineRecord.met_on).is_distinct_from(first),
    )
    for deadline in work.session.exec(marked_otherwise.with_for_update()):
        subject = work.session.get_one(Referral, victim.referral_id).reference
        detail = f"{deadline.met_on} to {first or 'owed again'}"
        work.note("deadline.met_anew", subject, detail)
        deadline.met_on = first
        work.session.add(deadline)
