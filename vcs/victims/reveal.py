"""Referrals: adding victims, assigning a liaison officer, first contact, choices."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from vcs.access import trail
from vcs.access.actors import Actor
from vcs.access.rules import require
from vcs.errors import NotValid
from vcs.sealing import Sealer
from vcs.terms import Role
from vcs.victims.checks import _LONGEST_WORDS
from vcs.victims.find import find_victim
from vcs.victims.person import Person as Address
from vcs.victims.person import opened


def reveal_address(
    session: Session,
    sealer: Sealer,
    victim_reference: str,
    actor: Actor,
    reason: str,
    now: datetime,
) -> Address:
    """Open where a victim can be found. Who looked, and why they said they did, is kept first.

    ``reason`` goes into the trail: the door offers set phrases, none of which names anybody.
    """
    require(actor, Role.VLO, Role.MANAGER)
    victim, referral = find_victim(session, victim_reference, actor)
    if not reason.strip() or len(reason) > _LONGEST_WORDS:
        raise NotValid("Say why you need the address.", {"reason": "Enter why you need it"})
    detail = f"{victim.reference}: {reason.strip()}"
    trail.note(session, now, actor.who, "address.revealed", referral.reference, detail)
    return opened(sealer, victim)
