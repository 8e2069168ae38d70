"""The open offer of a referral to another region, and its questions, ended when it is overtaken."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from vcs.clock import london_date
from vcs.referrals.officers.records import Transfer, TransferDecision
from vcs.referrals.records import Referral
from vcs.tasks.records import Task, TaskKind, TaskTopic

OVERTAKEN = "overtaken: the offer to the other region ended"

_KINDS = (TaskKind.TRANSFER_OFFERED, TaskKind.INTRODUCE_OFFICER)


def open_transfer(session: Session, referral_id: int) -> Transfer | None:
    """Return the offer of a referral to another region that has not ended, held until the end."""
    query = select(Transfer).where(
        Transfer.referral_id == referral_id, col(Transfer.ended_on).is_(None)
    )
    return session.exec(query.with_for_update()).first()


def end_transfer(
    session: Session, transfer: Transfer, decision: TransferDecision, now: datetime
) -> None:
    """End an open offer, and close what was asked about it."""
    if transfer.decision is None or decision is not TransferDecision.ACCEPTED:
        transfer.decision, transfer.decided_at = decision, transfer.decided_at or now
    transfer.ended_on = london_date(now)
    session.add(transfer)
    close_questions(session, transfer.referral_id, now)


def overtake_transfer(session: Session, referral: Referral, now: datetime) -> None:
    """End the open offer of a referral that was closed, or moved to a region otherwise."""
    transfer = open_transfer(session, referral.id)
    if transfer is not None:
        end_transfer(session, transfer, TransferDecision.OVERTAKEN, now)


def close_questions(session: Session, referral_id: int, now: datetime) -> None:
    """Close the open questions about the offer of a referral to another region."""
    about = col(Task.kind).in_([str(kind) for kind in _KINDS]) | (
        col(Task.topic) == TaskTopic.TRANSFER
    )
    query = select(Task).where(Task.referral_id == referral_id, col(Task.done_at).is_(None), about)
    for task in session.exec(query.with_for_update()):
        task.done_at, task.answer = now, OVERTAKEN
        session.add(task)
