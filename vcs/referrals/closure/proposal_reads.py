"""Proposals to close a referral, as its page, its task and the worklist show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from vcs.referrals.closure.refusal import Refusal, newest_refusal
from vcs.referrals.records import ClosedReason, ClosingProposal, ReopeningRecord
from vcs.sealing import Sealer


@dataclass(frozen=True, slots=True)
class WaitingProposal:
    """What the unit has not decided yet: the reason, and the role that proposed it."""

    reason: str
    proposed_as: str


@dataclass(frozen=True, slots=True)
class ProposalView:
    """One proposal with its words. ``decision`` is None while the unit has not decided.

    ``refusal`` is the evidence, where the victim refused to be referred.
    """

    reason: str
    words: str
    proposed_as: str
    proposed_by: str
    proposed_at: datetime
    decision: str | None
    decided_by: str
    decided_at: datetime | None
    decided_words: str
    is_own: bool
    refusal: Refusal | None = None

    @property
    def is_waiting(self) -> bool:
        """Say whether the unit has still to decide."""
        return self.decision is None


@dataclass(frozen=True, slots=True)
class ReopeningView:
    """One reopening, with why the referral had been closed and why it was opened again."""

    closed_reason: str | None
    words: str
    reopened_by: str
    reopened_at: datetime


def waiting_proposals(
    session: Session, referral_ids: Iterable[int]
) -> Mapping[int, WaitingProposal]:
    """Return what waits for the unit's decision, by referral."""
    query = select(ClosingProposal).where(
        col(ClosingProposal.referral_id).in_(list(referral_ids)),
        col(ClosingProposal.decision).is_(None),
    )
    return {
        one.referral_id: WaitingProposal(one.reason, one.proposed_as) for one in session.exec(query)
    }


def newest_proposal(
    session: Session, sealer: Sealer, referral_id: int, names: Mapping[int, str], reader: int
) -> ProposalView | None:
    """Return the newest proposal to close a referral. ``reader`` is the account that looks."""
    query = select(ClosingProposal).where(ClosingProposal.referral_id == referral_id)
    found = session.exec(query.order_by(col(ClosingProposal.id).desc()).limit(1)).first()
    if found is None:
        return None
    is_refusal = found.reason == ClosedReason.REFUSED_REFERRAL
    return ProposalView(
        found.reason,
        sealer.open_text(found.sealed),
        found.proposed_as,
        names.get(found.proposed_by, ""),
        found.proposed_at,
        found.decision,
        names.get(found.decided_by or 0, ""),
        found.decided_at,
        sealer.open_text(found.decided_sealed) if found.decided_sealed else "",
        found.proposed_by == reader,
        newest_refusal(session, sealer, referral_id) if is_refusal else None,
    )


def newest_reopening(
    session: Session, sealer: Sealer, referral_id: int, names: Mapping[int, str]
) -> ReopeningView | None:
    """Return the newest reopening of a referral."""
    query = select(ReopeningRecord).where(ReopeningRecord.referral_id == referral_id)
    found = session.exec(query.order_by(col(ReopeningRecord.id).desc()).limit(1)).first()
    if found is None:
        return None
    return ReopeningView(
        found.closed_reason,
        sealer.open_text(found.sealed) if found.sealed else "",
        names.get(found.reopened_by, ""),
        found.reopened_at,
    )
