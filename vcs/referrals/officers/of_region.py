"""The victim liaison officers whom a referral may be given to."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session, col, select

from vcs.access.actors import Actor
from vcs.access.exclusions.hidden import excluded_from
from vcs.access.reads import StaffRow, _row
from vcs.access.records import Account
from vcs.access.rules import Act, require_may
from vcs.referrals.reads import visible_referral
from vcs.terms import Role


def vlos_of_region(
    session: Session, actor: Actor, referral_reference: str, today: date
) -> tuple[StaffRow, ...]:
    """Return the victim liaison officers a referral may be given to, by name.

    Those who are excluded from it are left out.
    """
    require_may(actor, Act.ASSIGN_OFFICER)
    referral = visible_referral(session, actor, referral_reference)
    region = referral.region_code or actor.region_code
    officers = select(Account).where(
        Account.role == Role.VLO, Account.region_code == region, col(Account.active)
    )
    found = session.exec(officers.order_by(col(Account.name))).all()
    excluded = excluded_from(session, referral.sentence_id, [one.id for one in found], today)
    return tuple(_row(one) for one in found if one.id not in excluded)
