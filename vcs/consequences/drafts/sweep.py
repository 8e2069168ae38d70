"""The letters that time brings, and those for what happened before: everybody, once a day."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from sqlalchemy import or_
from sqlmodel import Session, col, select

from vcs.clock import london_date
from vcs.consequences.drafts.draft import draft_for_victim
from vcs.database import insert_once
from vcs.post.records import LetterLook
from vcs.post.subjects.subject import LOOK_BACK
from vcs.referrals.records import Referral, ReferralStatus
from vcs.sealing import Sealer
from vcs.tables import table_of
from vcs.victims.records import Victim

AT_A_TIME: Final = 100


def to_look_at(session: Session, today: date, limit: int = AT_A_TIME) -> list[int]:
    """Return victims who were not looked at today, in referrals open or closed lately."""
    query = (
        select(Victim.id)
        .join(Referral, col(Referral.id) == col(Victim.referral_id))
        .outerjoin(LetterLook, col(LetterLook.victim_id) == col(Victim.id))
        .where(
            or_(col(LetterLook.looked_on).is_(None), col(LetterLook.looked_on) < today),
            or_(
                col(Referral.status) != ReferralStatus.CLOSED,
                col(Referral.closed_on) >= today - LOOK_BACK,
            ),
        )
        .order_by(col(Victim.id))
        .limit(limit)
    )
    return list(session.exec(query))


def look_at(session: Session, sealer: Sealer, victim_id: int, now: datetime) -> int:
    """Draft what is due to a victim, and keep that they were looked at. Returns how many."""
    keep_looked_at(session, victim_id, london_date(now))
    return draft_for_victim(session, sealer, session.get_one(Victim, victim_id), now)


def keep_looked_at(session: Session, victim_id: int, today: date) -> None:
    """Keep that a victim has had their turn today, also where that failed."""
    look = _look_of(session, victim_id, today)
    look.looked_on = today
    session.add(look)


def _look_of(session: Session, victim_id: int, today: date) -> LetterLook:
    """Return when somebody was looked at; another scheduler may keep the first look just now."""
    first = {"victim_id": victim_id, "looked_on": today}
    session.execute(insert_once(session, table_of(LetterLook), "victim_id"), [first])
    return session.get_one(LetterLook, victim_id)
