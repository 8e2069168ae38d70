"""What a person decides about one letter that the gate holds."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from vcs.access.rules import Act
from vcs.access.work import Work
from vcs.errors import Conflict, NotAllowed, NotValid
from vcs.post.addresses.both_addresses import has_seen_both, subject_of_seen
from vcs.post.cases.case import gather
from vcs.post.cases.case_parts import CasePart
from vcs.post.find import find_letter
from vcs.post.gate import LetterCase, Step, holds, why_not_decide
from vcs.post.records import LetterDecision, LetterQuestion, LetterRecord
from vcs.referrals.records import Referral
from vcs.victims.records import Victim

LONGEST_REASON = 1000


@dataclass(frozen=True, slots=True)
class AboutShared:
    """What is said of a shared address: who lives there now, and which addresses the form showed.

    ``seen`` are the marks that the form carried, see ``addresses.both_addresses``.
    """

    lives_there: str = ""
    seen: Collection[str] = ()


NOT_SHARED: Final = AboutShared()


def decide(
    work: Work,
    letter_reference: str,
    question: LetterQuestion,
    reason: str,
    shared: AboutShared = NOT_SHARED,
) -> LetterDecision:
    """Let one letter go on despite one hold, for a reason that another person can follow.

    The decision is about this letter and about what is true now: it lapses when that changes.
    ``shared`` says who lives at a shared address now, which takes having seen both; an address
    that its form did not show is asked about again. Raises NotAllowed for a person who may not
    decide this, Conflict where nothing is asked.
    """
    work.require_may(Act.DECIDE_ABOUT_LETTER)
    letter, victim, referral = find_letter(work.session, letter_reference, work.actor)
    gathered = gather(work.session, work.sealer, victim, letter, work.today)
    if question not in _asked(gathered.case):
        raise Conflict("This needs no decision any more. Load the page again.")
    if why_not := why_not_decide(gathered.case, question, work.actor):
        raise NotAllowed(why_not)
    words, subject = reason.strip(), gathered.subjects[question]
    if question is LetterQuestion.SHARED_ADDRESS:
        subject = subject_seen(work, letter, victim, shared)
        words = f"Lives there now: {shared.lives_there.strip()}\n{words}"
    if fields := dict(problems(question, reason, shared.lives_there)):
        raise NotValid("Say why this letter may go.", fields)
    return keep_decision(work, (letter, referral), (question, subject), words)


def _asked(case: LetterCase) -> set[LetterQuestion | None]:
    steps = (Step.APPROVE, Step.OPEN, Step.DESPATCH)
    return {hold.question for step in steps for hold in holds(case, step)}


def subject_seen(work: Work, letter: LetterRecord, victim: Victim, shared: AboutShared) -> str:
    """Return which addresses a decision is about: those that the actor saw, and no other.

    Raises NotAllowed unless they saw both for this letter since either changed, Conflict where
    none of those that the form showed holds the letter any more.
    """
    part = CasePart.of(work.session, work.sealer, victim, work.today)
    if not has_seen_both(work.session, work.actor, letter, part):
        raise NotAllowed(
            "Look at both addresses first, from the page of this letter: one of them may have "
            "changed since you last did."
        )
    subject = subject_of_seen(part, shared.seen)
    if not subject:
        raise Conflict("These addresses changed meanwhile. Look at both again, then decide.")
    return subject


def problems(question: LetterQuestion, reason: str, lives_there: str) -> Iterator[tuple[str, str]]:
    """Yield the fields to correct of a decision."""
    yield from reason_problems(reason)
    is_shared = question is LetterQuestion.SHARED_ADDRESS
    if is_shared and not 0 < len(lives_there.strip()) <= LONGEST_REASON:
        yield "lives_there", "Enter who lives there now, and how you know"


def reason_problems(reason: str) -> Iterator[tuple[str, str]]:
    """Yield the field to correct where a reason is missing or too long."""
    if not reason.strip() or len(reason) > LONGEST_REASON:
        yield "reason", f"Enter the reason, in {LONGEST_REASON} characters or fewer"


def keep_decision(
    work: Work,
    about: tuple[LetterRecord, Referral],
    what: tuple[LetterQuestion, str],
    words: str,
) -> LetterDecision:
    """Keep a decision about one letter, with what it is about and why, both sealed."""
    letter, referral = about
    question, subject = what
    decision = LetterDecision(
        letter_id=letter.id,
        question=question,
        subject=work.sealer.seal_text(subject),
        reason=work.sealer.seal_text(words),
        decided_at=work.now,
        decided_by=work.actor.account_id,
    )
    work.session.add(decision)
    work.note("letter.decided", referral.reference, f"{letter.reference} {question}")
    return decision
