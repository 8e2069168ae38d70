"""Move a referral to a region, with whatever is still open about it."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from vcs.consequences.effects import Change, apply
from vcs.referrals.records import Referral


def place_referral(
    session: Session, referral: Referral, place: tuple[str | None, str | None], now: datetime
) -> None:
    """Give a referral to a region and police area, with its unsent alerts and open tasks."""
    referral.region_code, referral.police_area = place
    apply(Change.MOVED, session, referral, now)
