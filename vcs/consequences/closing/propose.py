"""Proposals to close a referral because nobody can be referred, and the unit's decision.

A proposal closes nothing: the duty to refer and its deadline go on until a manager of the unit
confirms it. Whoever proposes cannot confirm, so that no single person can write a victim off.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from vcs.access.actors import Actor
from vcs.access.work import Work
from vcs.clock import london_date
from vcs.consequences.answers import finish, open_task
from vcs.consequences.closing.close import REASONS, close
from vcs.consequences.closing.reopen import LONGEST_REASON
from vcs.consequences.tracing import ask_to_try_again, require_every_step, try_again_problems
from vcs.errors import Conflict, NotValid
from vcs.referrals.closure.proposals import waiting_proposal
from vcs.referrals.find import find_referral
from vcs.referrals.records import (
    ClosedReason,
    ClosingProposal,
    ProposalDecision,
    Referral,
    ReferralStatus,
)
from vcs.sentences.enquiries.questions import day_to_work_to
from vcs.sentences.records import Sentence
from vcs.tasks.ask import Question, open_tasks
from vcs.tasks.kinds import AskedFor
from vcs.tasks.records import Task, TaskKind
from vcs.terms import Role

PROPOSED_REASONS = {
    code: one.words for code, one in REASONS.items() if one.proposed_by and not one.with_evidence
}

PROPOSERS = {
    Role.WITNESS_CARE: "Witness care",
    Role.VLO: "An officer of the unit",
    Role.MANAGER: "A manager of the unit",
}

_PROPOSED_BY = tuple({role for code in PROPOSED_REASONS for role in REASONS[code].proposed_by})

_LENGTH = f"in {LONGEST_REASON} characters or fewer"

_CHANGED = "This referral has a victim or is closed. Load the page again."

_ASKED = (
    "{who} proposes to close this referral: {reason}. Nothing is closed yet, and its deadline "
    "still runs. Do you agree?"
)

_OWN = "You proposed this, so another manager must confirm it. You can still answer no."


@dataclass(frozen=True, slots=True)
class Proposed:
    """What is proposed and how it is known. ``request_id`` is a program's request, if it was one.

    A person must say how it is known; a program's request was checked before it was kept, and
    may leave ``words`` empty. ``try_again_on`` is when somebody tries again to trace a victim who
    cannot be traced now.
    """

    reason: str
    words: str
    request_id: int | None = None
    try_again_on: date | None = None


@dataclass(frozen=True, slots=True)
class ProposalAnswer:
    """The unit's answer to a proposal, with the reason for it."""

    decision: str
    words: str


def propose(work: Work, referral_reference: str, proposed: Proposed) -> ClosingProposal:
    """Propose to close a referral, and ask a manager of its unit to decide.

    Raises Conflict where the referral is not awaited, or where a proposal waits already.
    """
    work.require(*_PROPOSED_BY)
    referral = find_referral(work.session, referral_reference, work.actor)
    _check(proposed, work.today)
    _require_awaited(referral)
    if waiting_proposal(work.session, referral.id) is not None:
        raise Conflict("A proposal already waits for the unit. Load the page again to see it.")
    if proposed.reason == ClosedReason.VICTIM_CANNOT_BE_TRACED:
        require_every_step(work.session, referral, "reason")
    return keep_proposal(work, referral, proposed)


def keep_proposal(work: Work, referral: Referral, proposed: Proposed) -> ClosingProposal:
    """Keep a proposal that was checked, and ask a manager of the unit to decide.

    Raises NotAllowed for a role that the reason does not name.
    """
    work.require(*REASONS[proposed.reason].proposed_by)
    proposal = ClosingProposal(
        referral_id=referral.id,
        request_id=proposed.request_id,
        reason=proposed.reason,
        sealed=work.sealer.seal_text(proposed.words.strip()),
        proposed_at=work.now,
        proposed_by=work.actor.account_id,
        proposed_as=work.actor.role,
        try_again_on=proposed.try_again_on,
    )
    work.session.add(proposal)
    work.session.flush()
    _ask_unit(work.session, referral, proposal, work.now)
    work.note("proposal.made", referral.reference, proposed.reason)
    return proposal


def _check(proposed: Proposed, today: date) -> None:
    fields = dict(try_again_problems(proposed.try_again_on, today))
    if proposed.reason not in PROPOSED_REASONS:
        fields["reason"] = "Select why nobody can be referred"
    if proposed.request_id is None and not _is_reason(proposed.words):
        fields["words"] = f"Enter how you know, {_LENGTH}"
    if fields:
        raise NotValid("Some details need correcting.", fields)


def _require_awaited(referral: Referral) -> None:
    if referral.status != ReferralStatus.AWAITING:
        raise Conflict(_CHANGED)


def _ask_unit(
    session: Session, referral: Referral, proposal: ClosingProposal, now: datetime
) -> None:
    who, reason = PROPOSERS[Role(proposal.proposed_as)], REASONS[proposal.reason].short
    sentence = session.get_one(Sentence, referral.sentence_id)
    question = Question(
        f"{TaskKind.CLOSING_PROPOSED}:{proposal.id}",
        TaskKind.CLOSING_PROPOSED,
        _ASKED.format(who=who, reason=reason),
        referral.region_code,
        day_to_work_to(sentence.sentenced_on),
        referral.sentence_id,
        referral.id,
    )
    open_tasks(session, [question], london_date(now))


def decide_proposal(work: Work, task_reference: str, answer: ProposalAnswer) -> Task:
    """Record the unit's decision: confirmed closes the referral, refused leaves it owed.

    Raises NotValid without a reason, or where whoever proposed would confirm.
    """
    referral = _referral_of_task(work.session, task_reference)
    task = open_task(work, task_reference, AskedFor.AGREEMENT)
    proposal = waiting_proposal(work.session, referral.id) if referral else None
    if referral is None or proposal is None:
        raise Conflict("The proposal was settled meanwhile. Load the page again.")
    _check_answer(answer, proposal, work.actor)
    is_confirmed = answer.decision == ProposalDecision.CONFIRMED
    if is_confirmed and proposal.reason == ClosedReason.VICTIM_CANNOT_BE_TRACED:
        # A step may have been taken again since: what it found, or waits for, comes first.
        require_every_step(work.session, referral, "answer")
    proposal.decision, proposal.decided_at = answer.decision, work.now
    proposal.decided_by = work.actor.account_id
    proposal.decided_sealed = work.sealer.seal_text(answer.words.strip())
    work.session.add(proposal)
    work.session.flush()
    if is_confirmed:
        _require_awaited(referral)
        close(work, referral, ClosedReason(proposal.reason))
        ask_to_try_again(work, referral, proposal)
    finish(work, task, answer.decision, "")
    event = f"proposal.{answer.decision}"
    work.note(event, referral.reference, proposal.reason)
    return task


def _referral_of_task(session: Session, task_reference: str) -> Referral | None:
    """Lock the referral before its task, as every other act on a referral does."""
    asked = select(Task.referral_id).where(Task.reference == task_reference)
    query = select(Referral).where(col(Referral.id).in_(asked))
    return session.exec(query.with_for_update()).first()


def _check_answer(answer: ProposalAnswer, proposal: ClosingProposal, actor: Actor) -> None:
    fields = {}
    if answer.decision not in (ProposalDecision.CONFIRMED, ProposalDecision.REFUSED):
        fields["answer"] = "Select whether you agree"
    elif answer.decision == ProposalDecision.CONFIRMED and _is_own(proposal, actor):
        fields["answer"] = _OWN
    if not _is_reason(answer.words):
        fields["words"] = f"Enter why, {_LENGTH}"
    if fields:
        raise NotValid("Some details need correcting.", fields)


def _is_reason(words: str) -> bool:
    return bool(words.strip()) and len(words) <= LONGEST_REASON


def _is_own(proposal: ClosingProposal, actor: Actor) -> bool:
    return proposal.proposed_by == actor.account_id
