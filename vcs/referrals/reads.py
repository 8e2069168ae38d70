"""One referral as its pages show it: whether it may be seen, its deadlines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from sqlmodel import Session, col, select

from vcs.access.actors import Actor
from vcs.access.rules import seen_by
from vcs.errors import NotFound
from vcs.referrals.due_days.dates import DeadlineView, deadline_view
from vcs.referrals.records import DeadlineMove, DeadlineRecord, Referral, ReferralStatus


def visible_referral(session: Session, actor: Actor, reference: str) -> Referral:
    """Return a referral. Raises NotFound alike where there is none and where it is not theirs."""
    query = select(Referral).where(Referral.reference == reference, seen_by(actor, Referral))
    referral = session.exec(query).first()
    if referral is None:
        raise NotFound("There is no such referral.")
    return referral


def has_open_referral(session: Session, sentence_id: int) -> bool:
    """Say whether a sentence has a referral that is not closed."""
    query = select(Referral.id).where(Referral.sentence_id == sentence_id)
    return session.exec(query.where(Referral.status != ReferralStatus.CLOSED)).first() is not None


def deadlines_of(
    session: Session, referral_id: int, victims: Mapping[int, str], today: date
) -> tuple[DeadlineView, ...]:
    """Return the deadlines of a referral, due soonest first.

    ``victims`` maps the id of each of its victims to the reference that pages show.
    """
    query = (
        select(DeadlineRecord)
        .where(DeadlineRecord.referral_id == referral_id)
        .order_by(col(DeadlineRecord.due_on), col(DeadlineRecord.id))
    )
    moves = _moves(session, referral_id)
    return tuple(
        deadline_view(
            deadline,
            today,
            victims.get(deadline.victim_id) if deadline.victim_id else None,
            moves[deadline.id],
        )
        for deadline in session.exec(query)
    )


def _moves(session: Session, referral_id: int) -> dict[int, list[DeadlineMove]]:
    query = (
        select(DeadlineMove)
        .join(DeadlineRecord, col(DeadlineRecord.id) == col(DeadlineMove.deadline_id))
        .where(DeadlineRecord.referral_id == referral_id)
        .order_by(col(DeadlineMove.id))
    )
    by_deadline: dict[int, list[DeadlineMove]] = defaultdict(list)
    for move in session.exec(query):
        by_deadline[move.deadline_id].append(move)
    return by_deadline
