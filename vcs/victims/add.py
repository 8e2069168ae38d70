"""Add a victim to a referral, which starts their first-contact deadline."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session

from vcs.access.rules import Act
from vcs.access.work import Work
from vcs.law import duties
from vcs.referrals.deadlines import meet
from vcs.referrals.find import _refuse_closed, find_referral
from vcs.referrals.open import deadline_row
from vcs.referrals.proposals import overtake_proposal
from vcs.referrals.records import DeadlineRecord, Referral, ReferralStatus
from vcs.tables import new_reference
from vcs.victims import addresses, entries
from vcs.victims.entries import VictimEntry
from vcs.victims.name_questions import ask_about_name
from vcs.victims.records import Victim


def add_victim(
    work: Work, referral_reference: str, entry: VictimEntry, referred_on: date | None = None
) -> Victim:
    """Refer one victim: the first one discharges the witness care unit's duty to refer.

    Each victim starts a first-contact deadline of their own. Raises Conflict on a closed referral.
    """
    work.require_may(Act.ADD_VICTIM)
    referral = find_referral(work.session, referral_reference, work.actor)
    _refuse_closed(referral)
    day = referred_on or work.today
    entries.check(entry, day)
    victim = Victim(
        reference=new_reference(),
        referral_id=referral.id,
        referred_on=day,
        referred_by_account_id=work.actor.account_id,
        **entries.sealed_values(entry, work.sealer),
        **entries.plain_values(entry),
    )
    work.session.add(victim)
    work.session.flush()
    _refer(work.session, referral, victim, day)
    overtake_proposal(work.session, referral, work.now)
    addresses.ask_about_shared(work, referral, victim, entry)
    ask_about_name(work, referral, victim, entry, None)
    work.note("victim.added", referral.reference, victim.reference)
    return victim


def _refer(session: Session, referral: Referral, victim: Victim, today: date) -> None:
    referral.status = ReferralStatus.REFERRED
    referral.traced_since = referral.look_again_on = None
    session.add(referral)
    meet(session, referral.id, None, duties.REFER, today)
    owed = duties.first_contact(today, known_on=today)
    if owed is not None:
        session.add(DeadlineRecord(**deadline_row(referral.id, victim.id, owed)))
