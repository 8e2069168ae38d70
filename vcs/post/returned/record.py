"""Record that a letter came back, and do what its reason asks for, in one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlmodel import select

from vcs.access.rules import Act
from vcs.access.work import Work
from vcs.clock import london_date
from vcs.errors import NotValid
from vcs.post.concern import Concern
from vcs.post.find import find_letter
from vcs.post.others.left import ask_about_returned, record_came_back
from vcs.post.records import LetterRecord
from vcs.post.returned.at_address import others_at
from vcs.post.returned.owed_again import owe_again
from vcs.post.returned.reads import printed_address
from vcs.post.returned.reasons import POLICIES, ReturnReason
from vcs.post.returned.records import ReturnedLetter
from vcs.referrals.records import Referral, ReferralStatus
from vcs.tasks.ask import Question, open_tasks
from vcs.tasks.records import TaskKind, TaskTopic
from vcs.victims.find import Part
from vcs.victims.records import PostedLetter

LONGEST_NOTE = 500

_OTHERS = (
    "A letter to somebody else at this person’s address came back: “{words}”. Ask this person "
    "whether their own address is still right, before anything is sent there."
)


@dataclass(frozen=True, slots=True)
class Report:
    """What whoever holds the envelope says: why it came back, and on which day."""

    reason: ReturnReason
    came_back_on: date
    note: str = ""


@dataclass(frozen=True, slots=True)
class Recorded:
    """The report that counts, and whether it was on record before: then nothing is asked again."""

    letter_reference: str
    returned: ReturnedLetter
    is_repeat: bool


def record_returned(work: Work, letter_reference: str, report: Report) -> Recorded:
    """Record that a letter came back. The first report stays, whatever a second one says.

    Raises NotFound where there is no such letter to see, NotValid for a letter that was never
    approved, and for a day before its approval or ahead of us.
    """
    work.require_may(Act.RECORD_RETURNED)
    letter, victim, referral = find_letter(work.session, letter_reference, work.actor)
    return keep_return(work, letter, (victim, referral), report)


def keep_any_return(work: Work, letter: LetterRecord, concern: Concern, report: Report) -> Recorded:
    """Record that a letter that is held came back, whoever it went to."""
    if concern.to is not None:
        referral = work.session.get_one(Referral, concern.referral_id)
        return keep_return(work, letter, (concern.to, referral), report)
    if before := _before(work, letter):
        return before
    returned = _keep(work, letter, None, report)
    work.note("letter.came_back", concern.subject, f"{letter.reference} {report.reason}")
    posted = _posted(work, letter)
    if posted is not None:
        posted.came_back_on = report.came_back_on
        work.session.add(posted)
    if concern.about is not None:
        record_came_back(work, letter, concern.about, posted.posted_on if posted else None)
        ask_about_returned(work, letter, concern.about, POLICIES[report.reason].words)
    return Recorded(letter.reference, returned, is_repeat=False)


def _before(work: Work, letter: LetterRecord) -> Recorded | None:
    query = select(ReturnedLetter).where(ReturnedLetter.letter_id == letter.id)
    before = work.session.exec(query).first()
    return Recorded(letter.reference, before, is_repeat=True) if before is not None else None


def _keep(
    work: Work, letter: LetterRecord, victim_id: int | None, report: Report
) -> ReturnedLetter:
    _check(work, letter, report)
    returned = ReturnedLetter(
        letter_id=letter.id,
        victim_id=victim_id,
        reason=report.reason,
        came_back_on=report.came_back_on,
        note=work.sealer.seal_text(report.note.strip()),
        recorded_at=work.now,
        recorded_by=work.actor.who,
    )
    work.session.add(returned)
    work.session.flush()
    return returned


def keep_return(work: Work, letter: LetterRecord, part: Part, report: Report) -> Recorded:
    """Record that a letter to a victim that is held came back, like :func:`record_returned`."""
    if before := _before(work, letter):
        return before
    victim, referral = part
    returned = _keep(work, letter, victim.id, report)
    work.note("letter.came_back", referral.reference, f"{letter.reference} {report.reason}")
    _reached_nobody(work, letter, part, report.came_back_on)
    if referral.status != ReferralStatus.CLOSED:
        open_tasks(work.session, _questions(work, letter, part, report.reason), work.today)
    return Recorded(letter.reference, returned, is_repeat=False)


def _check(work: Work, letter: LetterRecord, report: Report) -> None:
    if letter.approved_at is None:
        raise NotValid("This letter was never approved, so it cannot have come back.")
    if not london_date(letter.approved_at) <= report.came_back_on <= work.today:
        day = "The day must be between the day of approval and today"
        raise NotValid("Some details need correcting.", {"came_back_on": day})
    if len(report.note) > LONGEST_NOTE:
        words = f"Enter {LONGEST_NOTE} characters or fewer"
        raise NotValid("Some details need correcting.", {"note": words})


def _posted(work: Work, letter: LetterRecord) -> PostedLetter | None:
    query = select(PostedLetter).where(PostedLetter.letter_id == letter.id)
    return work.session.exec(query).first()


def _reached_nobody(work: Work, letter: LetterRecord, part: Part, day: date) -> None:
    """Take back what the letter met: whoever was reached otherwise stays reached."""
    victim, referral = part
    posted = _posted(work, letter)
    if posted is None:
        return
    posted.came_back_on = day
    work.session.add(posted)
    work.session.flush()
    if referral.status != ReferralStatus.CLOSED:
        owe_again(work, letter, victim, posted)


def _questions(
    work: Work, letter: LetterRecord, part: Part, reason: ReturnReason
) -> Iterator[Question]:
    policy = POLICIES[reason]
    told = f"A letter to this person came back: “{policy.words}”. {policy.ask}"
    yield _question(work, letter, part, told)
    if not policy.asks_others:
        return
    address = printed_address(work.sealer, letter)
    for other in others_at(work, part[0].person, address) if address else ():
        words = _OTHERS.format(words=policy.words)
        yield _question(work, letter, other, words, TaskTopic.SAME_ADDRESS)


def _question(
    work: Work, letter: LetterRecord, part: Part, text: str, topic: TaskTopic | None = None
) -> Question:
    victim, referral = part
    return Question(
        f"returned:{letter.reference}:{victim.reference}",
        TaskKind.LETTER_RETURNED,
        text,
        referral.region_code,
        work.today,
        referral.sentence_id,
        referral.id,
        victim_id=victim.id,
        topic=topic,
    )
