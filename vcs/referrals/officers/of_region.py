"""The victim liaison officers whom a referral may be given to."""

from __future__ import annotations

from sqlmodel import Session, col, select

from vcs.access.actors import Actor
from vcs.access.reads import StaffRow, _row
from vcs.access.records import Account
from vcs.access.rules import Act, may_see, require_may
from vcs.errors import NotFound
from vcs.referrals.records import Referral
from vcs.terms import Role


def vlos_of_region(session: Session, actor: Actor, referral_reference: str) -> tuple[StaffRow, ...]:
    """Return the victim liaison officers a referral may be given to, by name."""
    require_may(actor, Act.ASSIGN_OFFICER)
    query = select(Referral).where(Referral.reference == referral_reference)
    referral = session.exec(query).first()
    if referral is None or not may_see(actor, referral):
        raise NotFound("There is no such referral.")
    region = referral.region_code or actor.region_code
    officers = select(Account).where(
        Account.role == Role.VLO, Account.region_code == region, col(Account.active)
    )
    return tuple(_row(one) for one in session.exec(officers.order_by(col(Account.name))))
