"""Refer a victim, with what they want in a note for the unit."""

from __future__ import annotations

from vcs.access.work import Work
from vcs.consequences.key_events import refer_person
from vcs.errors import NotValid
from vcs.referrals.records import Referral
from vcs.victims.contact.notes import keep_note
from vcs.victims.entries import VictimEntry
from vcs.victims.identity.known import Answer
from vcs.victims.records import Victim

LONGEST_WISH = 1000

_WISH = "What they want: "


def refer(
    work: Work, referral_reference: str, entry: VictimEntry, answer: Answer, wish: str
) -> Victim:
    """Refer somebody, as ``key_events.refer_person`` does, and keep what they want as a note."""
    if len(wish) > LONGEST_WISH:
        raise NotValid("Too long.", {"wish": f"Enter {LONGEST_WISH} characters or fewer"})
    victim = refer_person(work, referral_reference, entry, answer)
    if wish.strip():
        referral = work.session.get_one(Referral, victim.referral_id)
        keep_note(work, referral, victim, _WISH + wish.strip())
    return victim
