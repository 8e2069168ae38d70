"""Open where a victim can be found: the reason is kept first."""

from __future__ import annotations

from vcs.access.rules import Act
from vcs.access.work import Work
from vcs.errors import NotValid
from vcs.victims.checks import _LONGEST_WORDS
from vcs.victims.find import find_victim
from vcs.victims.person import Person as Address
from vcs.victims.person import opened


def reveal_address(work: Work, victim_reference: str, reason: str) -> Address:
    """Open where a victim can be found. Who looked, and why they said they did, is kept first.

    ``reason`` goes into the trail: the door offers set phrases, none of which names anybody.
    """
    work.require_may(Act.SEE_ADDRESS)
    victim, referral = find_victim(work.session, victim_reference, work.actor)
    if not reason.strip() or len(reason) > _LONGEST_WORDS:
        raise NotValid("Say why you need the address.", {"reason": "Enter why you need it"})
    detail = f"{victim.reference}: {reason.strip()}"
    work.note("address.revealed", referral.reference, detail)
    return opened(work.sealer, victim.person)
