"""What somebody sees for a while because they opened it in an emergency."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session, col, select

from vcs.access.actors import Actor
from vcs.access.emergency.records import EmergencyAccess
from vcs.access.exclusions.hidden import hidden_from
from vcs.access.inspection.sampled import sampled_for
from vcs.clock import london_date
from vcs.terms import Role


def with_what_they_see(session: Session, actor: Actor, now: datetime) -> Actor:
    """Return somebody with what is hidden from them, what they opened, and what they inspect."""
    query = select(EmergencyAccess.sentence_id, EmergencyAccess.referral_id).where(
        EmergencyAccess.account_id == actor.account_id,
        col(EmergencyAccess.until) > now,
        col(EmergencyAccess.sentence_id).is_not(None),
    )
    found = session.exec(query).all()
    opened = frozenset(sentence for sentence, _ in found if sentence is not None)
    hidden = hidden_from(session, actor.account_id, london_date(now))
    sampled = frozenset[int]()
    if actor.role is Role.INSPECTOR:
        sampled = sampled_for(session, actor.account_id, london_date(now))
    seen_again = {referral for _, referral in found}
    return replace(
        actor,
        hidden=replace(
            hidden,
            sentences=hidden.sentences - opened,
            referrals=hidden.referrals - seen_again,
        ),
        opened=opened,
        sampled=sampled,
    )
