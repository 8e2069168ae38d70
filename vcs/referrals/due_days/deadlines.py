"""Mark what is open of a duty as met, or owe it again."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session, col, select

from vcs.referrals.records import DeadlineRecord


def meet(session: Session, referral_id: int, victim_id: int | None, duty: str, day: date) -> None:
    """Mark what is open of a duty as met; one that names no victim is owed to all of them."""
    query = select(DeadlineRecord).where(
        DeadlineRecord.referral_id == referral_id,
        DeadlineRecord.duty == duty,
        col(DeadlineRecord.met_on).is_(None),
        col(DeadlineRecord.victim_id).is_(None) | (col(DeadlineRecord.victim_id) == victim_id),
    )
    for deadline in session.exec(query.with_for_update()):
        deadline.met_on = day
        session.add(deadline)


def take_back(
    session: Session, referral_id: int, victim_id: int | None, duty: str, day: date
) -> None:
    """Owe again what was marked as met on a day, by what turns out to have reached nobody."""
    query = select(DeadlineRecord).where(
        DeadlineRecord.referral_id == referral_id,
        DeadlineRecord.duty == duty,
        DeadlineRecord.met_on == day,
        col(DeadlineRecord.victim_id).is_(None) | (col(DeadlineRecord.victim_id) == victim_id),
    )
    for deadline in session.exec(query.with_for_update()):
        deadline.met_on = None
        session.add(deadline)


def owe_again(session: Session, referral_id: int, duty: str) -> None:
    """Owe a duty of a whole referral again, from its original date."""
    query = select(DeadlineRecord).where(
        DeadlineRecord.referral_id == referral_id,
        DeadlineRecord.duty == duty,
        col(DeadlineRecord.victim_id).is_(None),
    )
    for deadline in session.exec(query.with_for_update()):
        deadline.met_on = None
        session.add(deadline)
