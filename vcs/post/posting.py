"""That an approved letter left: the one verb, for a letter by itself, a batch, and Notify.

Only this meets a duty. The gate is asked once more before a letter leaves.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import select

from vcs.access.rules import Act
from vcs.access.work import Work
from vcs.clock import london_date
from vcs.errors import Conflict, NotValid
from vcs.law.deadlines.duties import FIRST_CONTACT, in_words
from vcs.post import catalogue
from vcs.post.batches.leaving import why_not_leave
from vcs.post.batches.pull import pull
from vcs.post.concern import Concern
from vcs.post.find import find_letter
from vcs.post.gate import Step
from vcs.post.notify.hold import WITH_NOTIFY, may_be_there
from vcs.post.others.left import record_left
from vcs.post.records import LetterRecord
from vcs.post.returned.records import ReturnedLetter
from vcs.post.stale.stopping import ask_to_stop
from vcs.referrals.due_days.deadlines import meet
from vcs.victims.contact.first_contact import settle_first_contact
from vcs.victims.records import PostedLetter, Victim

_SAY_SO = "If it has left the building already, say so, and its officer is asked at once."


@dataclass(frozen=True, slots=True)
class Despatch:
    """On which day a letter left. ``already_left``: it cannot be stopped, whatever holds it now."""

    left_on: date
    already_left: bool = False

    def as_at(self, today: date) -> Despatch:
        """Return the same as it is today: what left on an earlier day has left already."""
        return replace(self, already_left=self.already_left or self.left_on < today)


class MustNotLeave(NotValid):
    """A letter that may not leave now. ``why`` gives every reason."""

    title = "This letter must not leave"

    def __init__(self, why: str) -> None:
        """Keep the reasons."""
        super().__init__(f"Pull this letter. {why} {_SAY_SO}")
        self.why = why


def record_posted(
    work: Work, letter_reference: str, posted_on: date, *, already_left: bool = False
) -> PostedLetter:
    """Record the day on which a letter was posted, which meets the duties of its catalogue row.

    The same day again changes nothing. Raises Conflict for a draft, and for another day than the
    one on record; NotValid for a day before the approval or ahead of us; MustNotLeave where the
    gate holds it and it has not left already, as one that was posted on an earlier day has.
    """
    work.require_may(Act.RECORD_POSTED)
    letter, victim, referral = find_letter(work.session, letter_reference, work.actor)
    gone = Despatch(posted_on, already_left).as_at(work.today)
    return keep_despatch(work, letter, Concern.of_victim(victim, referral), gone)


def keep_despatch(
    work: Work, letter: LetterRecord, concern: Concern, despatch: Despatch
) -> PostedLetter:
    """Record that a letter that is held left, like :func:`record_posted`.

    One that was withdrawn must not leave either; where it has, its officer is asked at once.
    """
    if letter.approved_at is None:
        raise Conflict("Only a letter that was approved can be recorded as posted.")
    query = select(PostedLetter).where(PostedLetter.letter_id == letter.id)
    existing = work.session.exec(query).first()
    if existing is not None and existing.posted_on == despatch.left_on:
        return existing
    if existing is not None:
        raise Conflict("This letter was recorded as posted already. Load the page again.")
    _check(work, letter, london_date(letter.approved_at), despatch.left_on)
    _ask_gate(work, letter, concern, despatch)
    _ask_notify(work, letter, concern, despatch)
    return _keep(work, letter, concern, despatch.left_on)


def _keep(work: Work, letter: LetterRecord, concern: Concern, left_on: date) -> PostedLetter:
    victim = concern.to
    row = catalogue.letter(letter.kind)
    posted = PostedLetter(
        letter_id=letter.id,
        victim_id=victim.id if victim else None,
        posted_on=left_on,
        duty=row.duty,
        recorded_at=work.now,
        recorded_by=None if work.actor.client_id else work.actor.account_id,
        recorded_as=work.actor.who,
    )
    work.session.add(posted)
    work.session.flush()
    if victim is None:
        record_left(work, letter, concern, left_on)
    else:
        for duty in filter(None, (row.duty, *row.duties_too)):
            _meet(work, victim, duty, left_on)
    pull(work.session, letter.id, f"It left by itself on {in_words(left_on)}.", work.now)
    work.note("letter.posted", concern.subject, f"{letter.reference} {left_on.isoformat()}")
    return posted


def _ask_gate(work: Work, letter: LetterRecord, concern: Concern, despatch: Despatch) -> None:
    why = why_not_leave(work, letter, Step.DESPATCH)
    if not why:
        return
    if not despatch.already_left:
        raise MustNotLeave(why)
    ask_to_stop(work, letter, concern, f"It left on {in_words(despatch.left_on)}, and now: {why}")


def _ask_notify(work: Work, letter: LetterRecord, concern: Concern, despatch: Despatch) -> None:
    """Take back the copy that Notify would post; ask a person where it may have that already."""
    left_otherwise = f"It left by another way on {in_words(despatch.left_on)}."
    if not may_be_there(work.session, letter.id, left_otherwise, work.now):
        return
    if not despatch.already_left:
        raise MustNotLeave(WITH_NOTIFY)
    ask_to_stop(work, letter, concern, f"{left_otherwise} Cancel the copy at GOV.UK Notify.")


def _check(work: Work, letter: LetterRecord, approved_on: date, posted_on: date) -> None:
    came_back = select(ReturnedLetter.id).where(ReturnedLetter.letter_id == letter.id)
    if work.session.exec(came_back).first() is not None:
        raise Conflict("This letter came back, so it reached nobody. Load the page again.")
    if not approved_on <= posted_on <= work.today:
        day = "The day must be between the day of approval and today"
        raise NotValid("Some details need correcting.", {"posted_on": day})


def _meet(work: Work, victim: Victim, duty: str, posted_on: date) -> None:
    if duty == FIRST_CONTACT:
        # A contact may have met it on an earlier day.
        settle_first_contact(work, victim)
    else:
        meet(work.session, victim.referral_id, victim.id, duty, posted_on)
