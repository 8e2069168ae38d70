"""What follows when a letter to others left, and when one came back."""

from __future__ import annotations

from datetime import date

from vcs.access.work import Work
from vcs.post.catalogue import letter as row_of
from vcs.post.concern import Concern
from vcs.post.others.about import About
from vcs.post.others.destinations.places import in_words
from vcs.post.others.triggers import open_requests
from vcs.post.records import LetterRecord
from vcs.post.rows.policy import Trigger
from vcs.referrals.due_days.deadlines import meet
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
        _record_sent(work, about, left_on)


def _record_sent(work: Work, about: About, left_on: date) -> None:
    for request in open_requests(about):
        request.sent_on = max(left_on, request.asked_on)
        work.session.add(request)
        work.note("condition.sent", about.subject, request.reference)


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
