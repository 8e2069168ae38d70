"""Tell managers at once that somebody opened a referral in an emergency."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from vcs.access.emergency.records import EmergencyAccess
from vcs.access.records import Account
from vcs.alerts.owe import Notice, owe_alert
from vcs.alerts.records import AlertKind
from vcs.referrals.records import Referral


def untold_emergencies(session: Session, limit: int = 500) -> list[int]:
    """Return what was opened in an emergency and nobody was told of yet, oldest first."""
    query = select(EmergencyAccess.id).where(col(EmergencyAccess.told_at).is_(None))
    return list(session.exec(query.order_by(col(EmergencyAccess.id)).limit(limit)))


def tell_of_emergency(session: Session, emergency_id: int, now: datetime) -> bool:
    """Owe one email to the managers of whoever opened it, and one to those of the referral.

    A reference that names nothing is told of too. Returns whether they were owed now.
    """
    query = select(EmergencyAccess).where(
        EmergencyAccess.id == emergency_id, col(EmergencyAccess.told_at).is_(None)
    )
    opened = session.exec(query.with_for_update(skip_locked=True)).first()
    if opened is None:
        return False
    reader = session.get_one(Account, opened.account_id)
    referral = session.get(Referral, opened.referral_id) if opened.referral_id else None
    regions = {reader.region_code} | ({referral.region_code} if referral else set())
    values: dict[str, str | int] = {"reader": reader.name, "reason": opened.reason}
    for region in sorted(regions, key=str):
        occurrence = f"{opened.id}:{region}"
        notice = Notice(
            AlertKind.EMERGENCY, opened.reference, occurrence, values, region, reader.id
        )
        owe_alert(session, notice, now)
    opened.told_at = now
    session.add(opened)
    return True
