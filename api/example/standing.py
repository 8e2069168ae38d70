"""Counts of what stands in the database, for the account that ``make run`` prints."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func
from sqlmodel import Session, col, select

from vcs.law.working_days import add_working_days
from vcs.records import (
    AlertRecord,
    Basis,
    CourtMessage,
    DeadlineRecord,
    LetterRecord,
    LetterStatus,
    MessageStatus,
    Referral,
    ReferralStatus,
    Sentence,
)

SOON = 5
"""How many working days ahead counts as due soon."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What stands, over all regions."""

    messages_read: int
    set_aside: int
    outcomes: dict[str, int]
    unaccounted: int
    overdue: int
    due_soon: int
    letters: int
    alerts_sent: int


def counts(session: Session, today: date) -> Counts:
    """Count what stands on a day."""
    status = Counter(session.exec(select(CourtMessage.status)).all())
    open_due = session.exec(
        select(col(DeadlineRecord.due_on)).where(col(DeadlineRecord.met_on).is_(None))
    ).all()
    soon = add_working_days(today, SOON)
    return Counts(
        messages_read=status[MessageStatus.READ],
        set_aside=status[MessageStatus.SET_ASIDE],
        outcomes=dict(Counter(str(one) for one in session.exec(select(Sentence.outcome)))),
        unaccounted=_unaccounted(session),
        overdue=sum(1 for due_on in open_due if due_on < today),
        due_soon=sum(1 for due_on in open_due if today <= due_on <= soon),
        letters=session.exec(
            select(func.count())
            .select_from(LetterRecord)
            .where(LetterRecord.status == LetterStatus.APPROVED)
        ).one(),
        alerts_sent=session.exec(
            select(func.count())
            .select_from(AlertRecord)
            .where(col(AlertRecord.sent_at).is_not(None))
        ).one(),
    )


def _unaccounted(session: Session) -> int:
    eligible = (Basis.STATUTORY, Basis.NOTIFICATION_SCHEME)
    return session.exec(
        select(func.count())
        .select_from(Referral)
        .where(Referral.status == ReferralStatus.AWAITING, col(Referral.basis).in_(eligible))
    ).one()
