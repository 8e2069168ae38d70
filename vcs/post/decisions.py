"""What a person decides about one letter that the gate holds."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from vcs.access import trail
from vcs.access.actors import Actor
from vcs.access.rules import require
from vcs.errors import Conflict, NotAllowed, NotValid
from vcs.post.case import gather
from vcs.post.find import find_letter
from vcs.post.gate import Step, holds, why_not_decide
from vcs.post.records import LetterDecision, LetterQuestion
from vcs.sealing import Sealer
from vcs.terms import Role

LONGEST_REASON = 1000


def decide(
    session: Session,
    sealer: Sealer,
    letter_reference: str,
    actor: Actor,
    question: LetterQuestion,
    reason: str,
    now: datetime,
) -> LetterDecision:
    """Let one letter go on despite one hold, for a reason that another person can follow.

    The decision is about this letter and about what is true now: it lapses when that changes.
    Raises NotAllowed for a person who may not decide this, Conflict where nothing is asked.
    """
    require(actor, Role.VLO, Role.MANAGER)
    letter, victim, referral = find_letter(session, letter_reference, actor)
    gathered = gather(session, sealer, victim, letter)
    asked = {
        hold.question for step in (Step.APPROVE, Step.OPEN) for hold in holds(gathered.case, step)
    }
    if question not in asked:
        raise Conflict("This needs no decision any more. Load the page again.")
    if why_not := why_not_decide(gathered.case, question, actor):
        raise NotAllowed(why_not)
    if not reason.strip() or len(reason) > LONGEST_REASON:
        words = f"Enter the reason, in {LONGEST_REASON} characters or fewer"
        raise NotValid("Say why this letter may go.", {"reason": words})
    decision = LetterDecision(
        letter_id=letter.id,
        question=question,
        subject=sealer.seal_text(gathered.subjects[question]),
        reason=sealer.seal_text(reason.strip()),
        decided_at=now,
        decided_by=actor.account_id,
    )
    session.add(decision)
    detail = f"{letter.reference} {question}"
    trail.note(session, now, actor.who, "letter.decided", referral.reference, detail)
    return decision
