"""The proposal to close a referral that waits for the unit's decision."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from vcs.referrals.records import ClosingProposal, ProposalDecision, Referral
from vcs.tasks.records import Task, TaskKind

OVERTAKEN = "overtaken: the proposal needs no decision any more"


def waiting_proposal(session: Session, referral_id: int) -> ClosingProposal | None:
    """Return the proposal to close a referral that the unit has not decided yet."""
    query = select(ClosingProposal).where(
        ClosingProposal.referral_id == referral_id, col(ClosingProposal.decision).is_(None)
    )
    return session.exec(query.with_for_update()).first()


def overtake_proposal(session: Session, referral: Referral, now: datetime) -> None:
    """End a waiting proposal that needs no decision: somebody was referred, or it is closed."""
    proposal = waiting_proposal(session, referral.id)
    if proposal is None:
        return
    proposal.decision, proposal.decided_at = ProposalDecision.OVERTAKEN, now
    session.add(proposal)
    asked = (
        Task.referral_id == referral.id,
        Task.kind == TaskKind.CLOSING_PROPOSED,
        col(Task.done_at).is_(None),
    )
    for task in session.exec(select(Task).where(*asked)):
        task.done_at, task.answer = now, OVERTAKEN
        session.add(task)
