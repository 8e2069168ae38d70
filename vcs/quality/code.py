"""A person reads an answer: its theme, and what was done about it. No program guesses either."""

from __future__ import annotations

from datetime import date

from sqlmodel import select

from vcs.access.rules import Act, seen_by
from vcs.access.work import Work
from vcs.errors import NotFound, NotValid
from vcs.quality.questions import Theme
from vcs.quality.records import Feedback
from vcs.referrals.records import Referral
from vcs.victims.records import LONGEST_WORDS, Victim


def held_feedback(work: Work, reference: str) -> tuple[Feedback, Victim, Referral]:
    """Return an answer. Raises NotFound where it is not theirs to see."""
    query = (
        select(Feedback, Victim, Referral)
        .join(Victim, Victim.id == Feedback.victim_id)  # type: ignore[arg-type]
        .join(Referral, Referral.id == Victim.referral_id)  # type: ignore[arg-type]
        .where(Feedback.reference == reference, seen_by(work.actor, Referral))
    )
    found = work.session.exec(query).first()
    if found is None:
        raise NotFound("There is no such answer.")
    return found


def code_feedback(
    work: Work, reference: str, theme: Theme, did: str = "", did_on: date | None = None
) -> Feedback:
    """Keep the theme that a person reads in an answer and, where something was done, what."""
    work.require_may(Act.CODE_FEEDBACK)
    row, _, referral = held_feedback(work, reference)
    if len(did) > LONGEST_WORDS:
        raise NotValid("Too long.", {"did": f"Enter {LONGEST_WORDS} characters or fewer"})
    if bool(did.strip()) != (did_on is not None):
        raise NotValid("Both or neither.", {"did": "Enter what was done, and on which day"})
    if did_on is not None and not row.asked_on <= did_on <= work.today:
        raise NotValid("Not that day.", {"did_on": "Enter a day since they said it, not later"})
    row.theme, row.coded_at, row.coded_by = theme, work.now, work.actor.account_id
    if did_on is not None:
        row.did_on, row.did_sealed = did_on, work.sealer.seal_text(did.strip())
    work.session.add(row)
    work.note("feedback.coded", referral.reference, row.reference)
    return row
