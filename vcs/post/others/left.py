"""What follows when a letter to others left, and when one came back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from sqlmodel import col, select

from vcs.access.work import Work
from vcs.needs.conditions.records import ConditionRequest
from vcs.post.catalogue import letter as row_of
from vcs.post.concern import Concern
from vcs.post.lint.check import words_of, written
from vcs.post.others.about import About
from vcs.post.others.destinations.places import in_words
from vcs.post.records import LetterRecord
from vcs.post.rows.policy import Trigger
from vcs.post.subjects.told_words import REQUESTED
from vcs.referrals.due_days.deadlines import meet, take_back
from vcs.referrals.records import ReferralStatus
from vcs.sealing import shown
from vcs.tasks.ask import Question, open_tasks
from vcs.tasks.records import TaskKind


def record_left(work: Work, letter: LetterRecord, concern: Concern, left_on: date) -> None:
    """Meet the duty of a letter that left, and record that the conditions in it were sent."""
    about, row = concern.about, row_of(letter.kind)
    if about is None or about.victim is None:
        return
    if row.duty and about.referral is not None:
        meet(work.session, about.referral.id, about.victim.id, row.duty, left_on)
    if row.trigger is Trigger.CONDITIONS_ASKED:
        _record_sent(work, letter, about, left_on)


def _record_sent(work: Work, letter: LetterRecord, about: About, left_on: date) -> None:
    """Record as sent what the letter asked for, and nothing that was asked for since."""
    waiting = select(ConditionRequest).where(
        ConditionRequest.victim_id == about.victim_id,
        col(ConditionRequest.answer).is_(None),
        col(ConditionRequest.sent_on).is_(None),
    )
    for request in _in_letter(work, letter, work.session.exec(waiting)):
        request.sent_on = max(left_on, request.asked_on)
        work.session.add(request)
        work.note("condition.sent", about.subject, request.reference)


def _in_letter(
    work: Work, letter: LetterRecord, requests: Iterable[ConditionRequest]
) -> Iterator[ConditionRequest]:
    """Yield the requests whose words stand in a letter as it was approved.

    Where somebody wrote them in words of their own, those that had been asked for by then.
    """
    said = _said_in(work, letter)
    known = {line for one in REQUESTED.values() for line in one}
    for request in requests:
        is_before = letter.approved_at is None or request.recorded_at <= letter.approved_at
        if is_before and (not said & known or not said.isdisjoint(REQUESTED[request.code])):
            yield request


def _said_in(work: Work, letter: LetterRecord) -> frozenset[str]:
    """Return what a letter asks for, in every language; empty where it does not open."""
    kept = shown(work.sealer.open_text, letter.contents, "") if letter.contents else ""
    parts = words_of(kept).parts if kept else ()
    return frozenset(line for part in parts for line in written(part).splitlines())


def record_came_back(work: Work, letter: LetterRecord, about: About, left_on: date | None) -> None:
    """Take back what a letter to others did that told nobody, and ask the unit to tell them.

    Conditions in it were not sent: they wait for the offender manager again.
    """
    if about.victim is None or about.referral is None:
        return
    row = row_of(letter.kind)
    if row.duty and left_on is not None:
        take_back(work.session, about.referral.id, about.victim.id, row.duty, left_on)
    if row.trigger is Trigger.CONDITIONS_ASKED:
        _record_not_sent(work, letter, about, left_on)
    if about.referral.status != ReferralStatus.CLOSED:
        open_tasks(work.session, [_to_tell(letter, about, work.today)], work.today)


def _record_not_sent(work: Work, letter: LetterRecord, about: About, left_on: date | None) -> None:
    sent = select(ConditionRequest).where(
        ConditionRequest.victim_id == about.victim_id,
        col(ConditionRequest.answer).is_(None),
        col(ConditionRequest.sent_on).is_not(None),
    )
    for request in _in_letter(work, letter, work.session.exec(sent)):
        if left_on is None or request.sent_on == max(left_on, request.asked_on):
            request.sent_on = None
            work.session.add(request)
            work.note("condition.not_sent", about.subject, request.reference)


def _to_tell(letter: LetterRecord, about: About, today: date) -> Question:
    """Ask the unit, today: an administrator finds the address, and they know what was in it."""
    kind, place = about.office_asked(row_of(letter.kind))
    return Question(
        f"returned:{letter.reference}:told",
        TaskKind.LETTER_RETURNED,
        f"Letter {letter.reference} to the {in_words(kind, place)} came back, so they do not know "
        "what was in it. Tell them another way today, and record it. The letter can be sent again "
        "once an administrator has corrected the address.",
        about.region_code,
        today,
        about.sentence.id,
        about.referral.id if about.referral else None,
        victim_id=about.victim_id,
    )


def ask_about_returned(work: Work, letter: LetterRecord, about: About, words: str) -> None:
    """Ask an administrator where an office is, after a letter to it came back."""
    kind, place = about.office_asked(row_of(letter.kind))
    question = Question(
        f"{TaskKind.OFFICE_UNKNOWN}:returned:{letter.reference}",
        TaskKind.OFFICE_UNKNOWN,
        f"A letter to the {in_words(kind, place)} came back: “{words}”. Find out where it "
        "receives its post, and correct its address on the page Partner offices. The unit then "
        f"sends letter {letter.reference} again.",
        due_on=work.today,
    )
    open_tasks(work.session, [question], work.today)
