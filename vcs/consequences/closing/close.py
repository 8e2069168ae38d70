"""Close a referral and open it again: one verb each. What follows is in ``effects.py``.

Closing ends whatever was open about the referral, so that nothing stays overdue on it. Reopening
brings it back: what was owed is owed again from its original date.
"""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, select

from vcs.access.actors import Actor
from vcs.access.work import Work
from vcs.clock import london_date
from vcs.consequences.closing.reasons import REASONS as REASONS
from vcs.consequences.drafts.draft import draft_for_referral
from vcs.consequences.effects import Change, apply
from vcs.consequences.key_events import join_sets
from vcs.errors import Conflict
from vcs.referrals.records import ClosedReason, Referral, ReferralStatus, ReopeningRecord
from vcs.victims.records import Victim


def close(work: Work, referral: Referral, reason: ClosedReason) -> None:
    """Close a referral for a listed reason, and end what is open about it.

    The caller holds the referral. Raises NotAllowed for a role that the reason does not name, and
    Conflict where the referral is closed already.
    """
    work.require(*REASONS[reason].closed_by)
    if referral.status == ReferralStatus.CLOSED:
        raise Conflict("This referral is closed already. Load the page again to see why.")
    referral.status = ReferralStatus.CLOSED
    referral.closed_on, referral.closed_reason = london_date(work.now), reason
    referral.traced_since = referral.look_again_on = None
    settle(work.session, referral, work.now)
    work.note("referral.closed", referral.reference, reason)
    draft_for_referral(work.session, work.sealer, referral.id, work.now)


def settle(session: Session, referral: Referral, now: datetime) -> None:
    """End what is open about a closed referral: duties, unsent alerts, tasks and a proposal."""
    apply(Change.CLOSED, session, referral, now)


def may_reopen(reason: str | None) -> bool:
    """Say whether a referral closed for a reason may be opened again.

    A reason that is no longer listed does not stop it: a wrong closing must never be final.
    """
    listed = REASONS.get(reason or "")
    return listed is None or listed.can_reopen


def reopen(work: Work, referral: Referral, why: bytes | None = None) -> None:
    """Open a closed referral again, with what was owed owed from its original date.

    The caller holds the referral. ``why`` is sealed; None where the answer to a task says it.
    """
    work.session.add(_reopening(referral, work.actor, work.now, why))
    was = referral.closed_reason or ""
    work.note("referral.opened_again", referral.reference, was)
    has_victim = _has_victim(work.session, referral)
    referral.status = ReferralStatus.REFERRED if has_victim else ReferralStatus.AWAITING
    referral.closed_on = referral.closed_reason = None
    apply(Change.REOPENED, work.session, referral, work.now)
    join_sets(work, referral)


def _reopening(
    referral: Referral, actor: Actor, now: datetime, why: bytes | None
) -> ReopeningRecord:
    return ReopeningRecord(
        referral_id=referral.id,
        closed_on=referral.closed_on,
        closed_reason=referral.closed_reason,
        sealed=why,
        reopened_at=now,
        reopened_by=actor.account_id,
    )


def _has_victim(session: Session, referral: Referral) -> bool:
    victims = select(Victim.id).where(Victim.referral_id == referral.id)
    return session.exec(victims).first() is not None
