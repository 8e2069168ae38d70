"""Find a referral to work on, held until the transaction ends."""

from __future__ import annotations

from sqlmodel import Session, select

from vcs.access.actors import Actor
from vcs.access.rules import may_see
from vcs.errors import Conflict, NotFound
from vcs.referrals.records import Referral, ReferralStatus


def find_referral(session: Session, reference: str, actor: Actor) -> Referral:
    """Return a referral to work on, held until the transaction ends.

    Raises NotFound where there is none, and just the same where it is not this person's to see.
    """
    query = select(Referral).where(Referral.reference == reference).with_for_update()
    referral = session.exec(query).first()
    if referral is None or not may_see(actor, referral):
        raise NotFound("There is no such referral.")
    return referral


def _refuse_closed(referral: Referral) -> None:
    if referral.status == ReferralStatus.CLOSED:
        raise Conflict("This referral is closed. Load the page again to see why.")
