"""Open a closed referral again, with a reason."""

from __future__ import annotations

from vcs.access.rules import Act
from vcs.access.work import Work
from vcs.consequences.closing.close import may_reopen, reopen
from vcs.errors import Conflict, NotValid
from vcs.referrals.find import find_referral
from vcs.referrals.records import Referral, ReferralStatus

LONGEST_REASON = 1000

_SAY_WHY = f"Enter why, in {LONGEST_REASON} characters or fewer"


def reopen_referral(work: Work, referral_reference: str, why: str) -> Referral:
    """Open a closed referral again, with a manager's reason, which is kept sealed.

    What was owed is owed again from its original date. Raises Conflict unless it is closed.
    """
    work.require_may(Act.REOPEN_REFERRAL)
    referral = find_referral(work.session, referral_reference, work.actor)
    if referral.status != ReferralStatus.CLOSED or not may_reopen(referral.closed_reason):
        raise Conflict("This referral is not closed. Load the page again to see how it is.")
    if not why.strip() or len(why) > LONGEST_REASON:
        raise NotValid("Say why it is opened again.", {"why": _SAY_WHY})
    reopen(work, referral, work.sealer.seal_text(why.strip()))
    return referral
