"""Find deadlines that were missed or must be counted again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_
from sqlmodel import Session, col, or_, select

from vcs.law.deadlines import duties
from vcs.law.deadlines.working_days import version
from vcs.referrals.records import DeadlineRecord, Referral, ReferralStatus
from vcs.referrals.states import is_being_decided


def is_missed(deadline: DeadlineRecord, today: date) -> bool:
    """Say whether a deadline has passed and was neither met, lifted nor marked."""
    is_open = deadline.met_on is None and deadline.lifted_on is None
    return deadline.due_on < today and is_open and deadline.missed_on is None


def still_owed(deadline: DeadlineRecord, referral: Referral) -> bool:
    """Say whether the referral is still at a stage where the duty is owed."""
    if deadline.duty == duties.REFER:
        return referral.status == ReferralStatus.AWAITING
    return referral.status != ReferralStatus.CLOSED


def waits_for_a_decision(session: Session, referral_id: int) -> bool:
    """Say whether a person is deciding what the court took back of a referral's sentence."""
    query = select(Referral.id).where(col(Referral.id) == referral_id, is_being_decided())
    return session.exec(query).first() is not None


def missed_candidates(session: Session, today: date, limit: int = 500) -> list[int]:
    """Return deadlines that passed and were neither met nor marked, oldest first.

    What is being decided waits: it is marked when the decision says that it is owed still.
    """
    awaited = and_(
        col(DeadlineRecord.duty) == duties.REFER, col(Referral.status) == ReferralStatus.AWAITING
    )
    still_open = and_(
        col(DeadlineRecord.duty) != duties.REFER, col(Referral.status) != ReferralStatus.CLOSED
    )
    query = (
        select(DeadlineRecord.id)
        .join(Referral, col(Referral.id) == col(DeadlineRecord.referral_id))
        .where(*passed(today), or_(awaited, still_open), ~is_being_decided())
        .order_by(col(DeadlineRecord.due_on), col(DeadlineRecord.id))
        .limit(limit)
    )
    return list(session.exec(query))


@dataclass(frozen=True, slots=True)
class Recount:
    """Deadlines that an older calendar counted: those that stay alike, and those that change."""

    alike: tuple[int, ...]
    changed: tuple[int, ...]


def to_count_again(session: Session, today: date, limit: int = 500) -> Recount:
    """Return open deadlines that were last counted by an older calendar than today's."""
    query = (
        select(DeadlineRecord)
        .where(
            col(DeadlineRecord.met_on).is_(None),
            col(DeadlineRecord.missed_on).is_(None),
            col(DeadlineRecord.lifted_on).is_(None),
            col(DeadlineRecord.calendar) < version(today),
        )
        # In the order of the index: by their ids, every deadline there is might be read.
        .order_by(col(DeadlineRecord.calendar), col(DeadlineRecord.id))
        .limit(limit)
    )
    found: dict[bool, list[int]] = {True: [], False: []}
    for one in session.exec(query):
        again = duties.counted_again(one.duty, one.provision, one.starts_on, today)
        counted = (again.due_on, again.provisional) if again else None
        found[counted in (None, (one.due_on, one.provisional))].append(one.id)
    return Recount(tuple(found[True]), tuple(found[False]))


def passed(today: date) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions of a deadline that was missed and not marked yet."""
    return (
        col(DeadlineRecord.met_on).is_(None),
        col(DeadlineRecord.missed_on).is_(None),
        col(DeadlineRecord.lifted_on).is_(None),
        col(DeadlineRecord.due_on) < today,
    )
