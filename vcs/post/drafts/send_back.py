"""Send a draft back to its officer, with what must be put right."""

from __future__ import annotations

from vcs.access.rules import Act
from vcs.access.work import Work
from vcs.errors import Conflict, NotValid
from vcs.post.drafts.one_by_one import SENT_BACK
from vcs.post.find import find_letter
from vcs.post.records import LetterStatus
from vcs.tasks.ask import Question, open_tasks
from vcs.tasks.records import TaskKind
from vcs.victims.contact.notes import add_note

LONGEST_WHY = 500


def send_back(work: Work, letter_reference: str, why: str) -> None:
    """Send a draft back to its officer, with what must be put right.

    The words go into a sealed note; the task that is opened names the letter alone. Until it is
    answered the letter is not among those to be looked at one by one.
    """
    work.require_may(Act.WRITE_LETTER)
    letter, victim, referral = find_letter(work.session, letter_reference, work.actor)
    if letter.status != LetterStatus.DRAFT:
        raise Conflict("This letter is no draft any more. Load its page again.")
    if not why.strip() or len(why) > LONGEST_WHY:
        words = f"Enter what must be put right, in {LONGEST_WHY} characters or fewer"
        raise NotValid("Say what must be put right.", {"why": words})
    words = f"Letter {letter.reference} was sent back: {why.strip()}"
    add_note(work, referral.reference, words, victim.reference)
    question = Question(
        f"{SENT_BACK}{letter.reference}:{work.now.isoformat()}",
        TaskKind.LETTER_NOT_SENT,
        f"Letter {letter.reference} was sent back before its approval. A note on the referral says "
        "what must be put right. Put it right, and say here that it can be looked at again.",
        referral.region_code,
        work.today,
        referral.sentence_id,
        referral.id,
        victim_id=victim.id,
    )
    open_tasks(work.session, [question], work.today)
    work.note("letter.sent_back", referral.reference, letter.reference)
