"""What a person decides about one letter that the gate holds."""

from __future__ import annotations

from vcs.access.rules import Act
from vcs.access.work import Work
from vcs.errors import Conflict, NotAllowed, NotValid
from vcs.post.case import gather
from vcs.post.find import find_letter
from vcs.post.gate import Step, holds, why_not_decide
from vcs.post.records import LetterDecision, LetterQuestion

LONGEST_REASON = 1000


def decide(
    work: Work, letter_reference: str, question: LetterQuestion, reason: str
) -> LetterDecision:
    """Let one letter go on despite one hold, for a reason that another person can follow.

    The decision is about this letter and about what is true now: it lapses when that changes.
    Raises NotAllowed for a person who may not decide this, Conflict where nothing is asked.
    """
    work.require_may(Act.DECIDE_ABOUT_LETTER)
    letter, victim, referral = find_letter(work.session, letter_reference, work.actor)
    gathered = gather(work.session, work.sealer, victim, letter, work.today)
    asked = {
        hold.question for step in (Step.APPROVE, Step.OPEN) for hold in holds(gathered.case, step)
    }
    if question not in asked:
        raise Conflict("This needs no decision any more. Load the page again.")
    if why_not := why_not_decide(gathered.case, question, work.actor):
        raise NotAllowed(why_not)
    if not reason.strip() or len(reason) > LONGEST_REASON:
        words = f"Enter the reason, in {LONGEST_REASON} characters or fewer"
        raise NotValid("Say why this letter may go.", {"reason": words})
    decision = LetterDecision(
        letter_id=letter.id,
        question=question,
        subject=work.sealer.seal_text(gathered.subjects[question]),
        reason=work.sealer.seal_text(reason.strip()),
        decided_at=work.now,
        decided_by=work.actor.account_id,
    )
    work.session.add(decision)
    detail = f"{letter.reference} {question}"
    work.note("letter.decided", referral.reference, detail)
    return decision
