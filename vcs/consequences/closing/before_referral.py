"""Before anybody is referred: the victim's details are being traced."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from vcs.access.rules import Act
from vcs.access.work import Work
from vcs.errors import Conflict, NotValid
from vcs.referrals.find import find_referral
from vcs.referrals.records import Referral, ReferralStatus

LONGEST_LOOK = timedelta(days=28)

"""How far ahead the next look may be put. Ours, and not the law's: nobody is parked."""

_MENDED = "Some details need correcting."


def trace(work: Work, referral_reference: str, look_again_on: date) -> Referral:
    """Record that the victim's details are being traced, and when somebody looks again.

    The duty to refer and its deadline stand: the victim has not been reached. Raises Conflict
    unless the referral is awaited.
    """
    work.require_may(Act.TRACE_VICTIM)
    referral = find_referral(work.session, referral_reference, work.actor)
    _require_awaited(referral)
    if fields := dict(look_problems(look_again_on, work.today)):
        raise NotValid(_MENDED, fields)
    traced(work, referral, look_again_on)
    return referral


def look_problems(look_again_on: date | None, today: date) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the day of the next look."""
    if look_again_on is None or not today < look_again_on <= today + LONGEST_LOOK:
        yield "look_again_on", "The next look must be after today and within the next 28 days"


def traced(work: Work, referral: Referral, look_again_on: date | None) -> None:
    """Mark an awaited referral as being traced, with the day of the next look."""
    if referral.traced_since is None:
        referral.traced_since, referral.traced_by = work.today, work.actor.account_id
    referral.look_again_on = look_again_on
    work.session.add(referral)
    work.note(
        "victim.traced", referral.reference, look_again_on.isoformat() if look_again_on else ""
    )


def _require_awaited(referral: Referral) -> None:
    if referral.status != ReferralStatus.AWAITING:
        raise Conflict("This referral has a victim or is closed. Load the page again.")
