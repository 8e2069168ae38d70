"""Find a victim with their referral, held until the transaction ends."""

from __future__ import annotations

from sqlmodel import Session, select

from vcs.access.actors import Actor
from vcs.access.rules import may_see
from vcs.errors import NotFound
from vcs.referrals.records import Referral
from vcs.victims.records import Victim


def find_victim(session: Session, reference: str, actor: Actor) -> tuple[Victim, Referral]:
    """Return a victim and their referral, held like :func:`find_referral`."""
    victim = session.exec(select(Victim).where(Victim.reference == reference)).first()
    if victim is None:
        raise NotFound("There is no such victim.")
    held = select(Referral).where(Referral.id == victim.referral_id).with_for_update()
    referral = session.exec(held).one()
    if not may_see(actor, referral):
        raise NotFound("There is no such victim.")
    # Read again: another transaction may have changed the victim while this one waited.
    session.refresh(victim)
    return victim, referral
