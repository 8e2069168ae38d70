"""A victim whose details are missing or unsafe is traced: one step after the other, each recorded.

The duty to refer and its deadline go on: the sentence still counts as not accounted for. That a
victim cannot be traced may be proposed once every step was tried, or has a reason why not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session

from vcs.access.rules import Act
from vcs.access.work import Work
from vcs.consequences.closing.before_referral import look_problems, traced
from vcs.consequences.closing.reopen import LONGEST_REASON
from vcs.consequences.trace_again import ask_after_closing
from vcs.errors import NotValid
from vcs.law.deadlines.duties import in_words
from vcs.referrals.find import _refuse_closed, find_referral
from vcs.referrals.records import ClosedReason, ClosingProposal, Referral, ReferralStatus
from vcs.referrals.tracing.ladder import LADDER, TraceOutcome, TraceStep
from vcs.referrals.tracing.reads import steps_missing
from vcs.referrals.tracing.records import TraceRecord
from vcs.sentences.records import Sentence

LONGEST_WAIT = timedelta(days=3653)

_WRONG = "Some details need correcting."


@dataclass(frozen=True, slots=True)
class StepTaken:
    """One try at a step: on which day, what came of it, what was learnt; and the next look.

    ``tried_on`` is None where the step is not possible: ``words`` say why.
    """

    step: str
    outcome: str
    tried_on: date | None
    words: str
    look_again_on: date | None


def take_step(work: Work, referral_reference: str, taken: StepTaken) -> Referral:
    """Record one step of a trace, which moves the next look. Words are kept sealed.

    Raises Conflict where the referral is closed, and NotValid naming the fields to correct.
    """
    work.require_may(Act.TRACE_VICTIM)
    referral = find_referral(work.session, referral_reference, work.actor)
    _refuse_closed(referral)
    earliest = work.session.get_one(Sentence, referral.sentence_id).sentenced_on
    if fields := dict(_problems(taken, earliest, work.today)):
        raise NotValid(_WRONG, fields)
    work.session.add(
        TraceRecord(
            referral_id=referral.id,
            step=taken.step,
            outcome=taken.outcome,
            tried_on=taken.tried_on,
            sealed=work.sealer.seal_text(taken.words.strip()),
            recorded_at=work.now,
            recorded_by=work.actor.account_id,
        )
    )
    _look_again(work, referral, taken)
    work.note("victim.trace_step", referral.reference, f"{taken.step} {taken.outcome}")
    return referral


def _problems(taken: StepTaken, earliest: date, today: date) -> Iterator[tuple[str, str]]:
    if taken.step not in set(TraceStep):
        yield "step", "Select a step"
    if taken.outcome not in set(TraceOutcome):
        yield "outcome", "Select what came of it"
    is_tried = taken.outcome != TraceOutcome.NOT_POSSIBLE
    if is_tried and (taken.tried_on is None or not earliest <= taken.tried_on <= today):
        yield "tried_on", f"Enter a day between {in_words(earliest)} and today"
    if not is_tried and taken.tried_on is not None:
        yield "tried_on", "Leave the day blank where the step was not tried"
    if not taken.words.strip() or len(taken.words) > LONGEST_REASON:
        yield "words", f"Enter what was said, or why not, in {LONGEST_REASON} characters or fewer"
    yield from look_problems(taken.look_again_on, today)


def _look_again(work: Work, referral: Referral, taken: StepTaken) -> None:
    if referral.status == ReferralStatus.AWAITING:
        traced(work, referral, taken.look_again_on)
        return
    # A victim who was referred and is found again is looked for no longer.
    is_found = taken.outcome == TraceOutcome.FOUND
    referral.look_again_on = None if is_found else taken.look_again_on
    work.session.add(referral)


def require_every_step(session: Session, referral: Referral, field: str) -> None:
    """Raise NotValid, for a field, unless every step led nowhere or was not possible."""
    if missing := steps_missing(session, referral.id):
        names = "; ".join(LADDER[step] for step in missing)
        raise NotValid(
            "The trace is not finished.",
            {field: f"Record every step on the page Trace first. Still open: {names}"},
        )


def try_again_problems(try_again_on: date | None, today: date) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the day on which somebody tries again."""
    if try_again_on is not None and not today < try_again_on <= today + LONGEST_WAIT:
        yield "try_again_on", "Enter a day after today, within ten years"


def ask_to_try_again(work: Work, referral: Referral, proposal: ClosingProposal) -> None:
    """Ask the unit to try again, before release, where a victim could not be traced."""
    if proposal.reason != ClosedReason.VICTIM_CANNOT_BE_TRACED:
        return
    ask_after_closing(work.session, work.sealer, referral, proposal, work.now)
