"""Move a referral to a region, with the alerts that are still to be sent about it."""

from __future__ import annotations

from sqlalchemy import update
from sqlmodel import Session, select

from vcs.alerts.records import AlertRecord
from vcs.referrals.open import _REFERRALS
from vcs.referrals.records import DeadlineRecord
from vcs.tables import table_of

_ALERTS = table_of(AlertRecord)


def place_referral(
    session: Session, referral_id: int, region_code: str | None, police_area: str | None
) -> None:
    """Give a referral to a region, with the alerts that are still owed about it."""
    placed = {"region_code": region_code, "police_area": police_area}
    session.execute(update(_REFERRALS).where(_REFERRALS.c.id == referral_id).values(placed))
    its_own = select(DeadlineRecord.id).where(DeadlineRecord.referral_id == referral_id)
    owed = (_ALERTS.c.deadline_id.in_(its_own), _ALERTS.c.sent_at.is_(None))
    session.execute(update(_ALERTS).where(*owed).values(region_code=region_code))
