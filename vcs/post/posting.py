"""That an approved letter was posted: until despatch is recorded by itself, an officer says so."""

from __future__ import annotations

from datetime import date

from sqlmodel import select

from vcs.access.rules import Act
from vcs.access.work import Work
from vcs.clock import london_date
from vcs.errors import Conflict, NotValid
from vcs.law.duties import FIRST_CONTACT
from vcs.post import catalogue
from vcs.post.find import find_letter
from vcs.post.records import LetterRecord
from vcs.post.returned.records import ReturnedLetter
from vcs.referrals.deadlines import meet
from vcs.victims.first_contact import settle_first_contact
from vcs.victims.records import PostedLetter, Victim


def record_posted(work: Work, letter_reference: str, posted_on: date) -> PostedLetter:
    """Record the day on which a letter was posted, which meets the duty of its catalogue row.

    The same day again changes nothing. Raises Conflict for a draft, and for another day than the
    one on record; NotValid for a day before the approval or ahead of us.
    """
    work.require_may(Act.RECORD_POSTED)
    letter, victim, referral = find_letter(work.session, letter_reference, work.actor)
    if letter.approved_at is None:
        raise Conflict("Only a letter that was approved can be recorded as posted.")
    query = select(PostedLetter).where(PostedLetter.letter_id == letter.id)
    existing = work.session.exec(query).first()
    if existing is not None and existing.posted_on == posted_on:
        return existing
    if existing is not None:
        raise Conflict("This letter was recorded as posted already. Load the page again.")
    _check(work, letter, london_date(letter.approved_at), posted_on)
    duty = catalogue.letter(letter.kind).duty
    posted = PostedLetter(
        letter_id=letter.id,
        victim_id=victim.id,
        posted_on=posted_on,
        duty=duty,
        recorded_at=work.now,
        recorded_by=work.actor.account_id,
    )
    work.session.add(posted)
    work.session.flush()
    if duty is not None:
        _meet(work, victim, duty, posted_on)
    detail = f"{letter.reference} {posted_on.isoformat()}"
    work.note("letter.posted", referral.reference, detail)
    return posted


def _check(work: Work, letter: LetterRecord, approved_on: date, posted_on: date) -> None:
    came_back = select(ReturnedLetter.id).where(ReturnedLetter.letter_id == letter.id)
    if work.session.exec(came_back).first() is not None:
        raise Conflict("This letter came back, so it reached nobody. Load the page again.")
    if not approved_on <= posted_on <= work.today:
        day = "The day must be between the day of approval and today"
        raise NotValid("Some details need correcting.", {"posted_on": day})
    if letter.withdrawn_at is not None and posted_on > london_date(letter.withdrawn_at):
        day = "This letter was withdrawn before that day, so it must not have been posted"
        raise NotValid("Some details need correcting.", {"posted_on": day})


def _meet(work: Work, victim: Victim, duty: str, posted_on: date) -> None:
    if duty == FIRST_CONTACT:
        # A contact may have met it on an earlier day.
        settle_first_contact(work, victim)
    else:
        meet(work.session, victim.referral_id, victim.id, duty, posted_on)
