"""Referrals: adding victims, assigning a liaison officer, first contact, choices."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Session

from vcs.access import trail
from vcs.access.actors import Actor
from vcs.access.rules import require
from vcs.law import duties
from vcs.referrals.deadlines import meet
from vcs.referrals.find import _refuse_closed, find_referral
from vcs.referrals.open import deadline_row
from vcs.referrals.proposals import overtake_proposal
from vcs.referrals.records import DeadlineRecord, Referral, ReferralStatus
from vcs.sealing import Sealer
from vcs.tables import new_reference
from vcs.terms import Role
from vcs.victims import addresses, entries
from vcs.victims.entries import VictimEntry
from vcs.victims.name_questions import ask_about_name
from vcs.victims.records import Victim


def add_victim(
    session: Session,
    sealer: Sealer,
    referral_reference: str,
    actor: Actor,
    entry: VictimEntry,
    today: date,
    now: datetime,
) -> Victim:
    """Refer one victim: the first one discharges the witness care unit's duty to refer.

    Each victim starts a first-contact deadline of their own. Raises Conflict on a closed referral.
    """
    require(actor, Role.WITNESS_CARE, Role.MANAGER)
    referral = find_referral(session, referral_reference, actor)
    _refuse_closed(referral)
    entries.check(entry, today)
    victim = Victim(
        reference=new_reference(),
        referral_id=referral.id,
        sealed=entries.person(entry).sealed(sealer),
        referred_on=today,
        referred_by_account_id=actor.account_id,
        **entries.plain_values(entry),
    )
    session.add(victim)
    session.flush()
    _refer(session, referral, victim, today)
    overtake_proposal(session, referral, now)
    addresses.ask_about_shared(session, sealer, referral, victim, entry, today, now)
    ask_about_name(session, referral, victim, entry, None, now, today)
    trail.note(session, now, actor.who, "victim.added", referral.reference, victim.reference)
    return victim


def _refer(session: Session, referral: Referral, victim: Victim, today: date) -> None:
    referral.status = ReferralStatus.REFERRED
    referral.traced_since = referral.look_again_on = None
    session.add(referral)
    meet(session, referral.id, None, duties.REFER, today)
    owed = duties.first_contact(today, known_on=today)
    if owed is not None:
        session.add(DeadlineRecord(**deadline_row(referral.id, victim.id, owed)))
