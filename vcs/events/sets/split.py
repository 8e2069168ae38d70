"""Split a set: planned news goes out before every line is ready, for a manager's reason."""

from __future__ import annotations

from vcs.access.rules import Act
from vcs.access.work import Work
from vcs.errors import Conflict, NotValid
from vcs.events.find import hold_event
from vcs.events.records import LONGEST_REASON, KeyEvent
from vcs.referrals.records import Referral


def split_set(work: Work, event_reference: str, reason: str) -> KeyEvent:
    """End the hold of a set. Everybody is still told by the same time."""
    work.require_may(Act.SPLIT_SET)
    event = hold_event(work, event_reference)
    if event.taken_back_at is not None or event.may_tell_at is not None:
        raise Conflict("Nothing holds this group back. Load the page of the event again.")
    if not reason.strip() or len(reason) > LONGEST_REASON:
        words = f"Enter why, in {LONGEST_REASON} characters or fewer"
        raise NotValid("Say why the group is split.", {"reason": words})
    event.may_tell_at = event.split_at = work.now
    event.split_by = work.actor.account_id
    event.split_sealed = work.sealer.seal_text(reason.strip())
    work.session.add(event)
    referral = work.session.get_one(Referral, event.referral_id)
    work.note("event.split", referral.reference, event.reference)
    return event
