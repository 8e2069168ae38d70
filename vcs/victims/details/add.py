"""Add a victim to a referral, which starts their first-contact deadline."""

from __future__ import annotations

from datetime import date

from sqlmodel import select

from vcs.access.rules import Act
from vcs.access.work import Work
from vcs.law.deadlines import duties
from vcs.referrals.closure.proposals import overtake_proposal
from vcs.referrals.due_days.deadlines import meet
from vcs.referrals.find import _refuse_closed, find_referral
from vcs.referrals.open import deadline_row
from vcs.referrals.records import DeadlineRecord, Referral, ReferralStatus
from vcs.tables import free_reference
from vcs.victims import entries
from vcs.victims.details import amend
from vcs.victims.details.name_questions import ask_about_name
from vcs.victims.digests import keep_digests
from vcs.victims.entries import VictimEntry
from vcs.victims.family.ages import ask_about_ages
from vcs.victims.find import find_person
from vcs.victims.preferences.anything import ask_how_to_offer
from vcs.victims.records import PersonRecord, Victim
from vcs.victims.warnings.records import WarningFrom
from vcs.victims.warnings.warn import NOTHING_KNOWN, warn_of_more
from vcs.victims.whereabouts import addresses


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
    # The first part of a person has the same reference as the person.
    reference = free_reference(work.session, PersonRecord, Victim)
    person = PersonRecord(
        reference=reference,
        entered_by_account_id=work.actor.account_id,
        **entries.values_of_person(entry, work.sealer, reference),
    )
    work.session.add(person)
    work.session.flush()
    keep_digests(work.session, work.sealer, person, entries.person(entry))
    victim = _part_in(work, referral, person, entry, day)
    victim.reference = person.reference
    _refer(work, referral, victim)
    _see_to(work, referral, victim, entry)
    return victim


def add_known_victim(
    work: Work,
    referral_reference: str,
    known_reference: str,
    entry: VictimEntry,
    referred_on: date | None = None,
) -> Victim:
    """Refer somebody whom a person knows as a victim already: one record for both referrals.

    ``known_reference`` names them as a victim whom the actor may see. What is entered amends what
    is held, and undoes no safeguard: see :func:`vcs.victims.details.safety.amended_safely`. In a
    referral that they are in already nobody is added.
    """
    work.require_may(Act.ADD_VICTIM)
    referral = find_referral(work.session, referral_reference, work.actor)
    _refuse_closed(referral)
    day = referred_on or work.today
    entries.check(entry, day)
    person = find_person(work.session, known_reference, work.actor)
    here = (Victim.referral_id == referral.id, Victim.person_id == person.id)
    victim = work.session.exec(select(Victim).where(*here)).first()
    if victim is None:
        victim = _part_in(work, referral, person, entry, day)
        _refer(work, referral, victim)
    held = amend.amend_with(work, victim, referral, entry)
    _see_to(work, referral, victim, held)
    return victim


def _see_to(work: Work, referral: Referral, victim: Victim, held: VictimEntry) -> None:
    """Ask and warn about what makes it unsafe to reach somebody in their new referral."""
    addresses.ask_about_shared(work, referral, victim, held)
    addresses.ask_about_numbers(work, victim)
    ask_about_name(work, referral, victim, held, None)
    ask_about_ages(work.session, work.sealer, [victim.id], work.today)
    warn_of_more(work, victim, NOTHING_KNOWN, WarningFrom.REFERRED)


def _part_in(
    work: Work, referral: Referral, person: PersonRecord, entry: VictimEntry, day: date
) -> Victim:
    return Victim(
        reference=free_reference(work.session, Victim),
        referral_id=referral.id,
        person_id=person.id,
        referred_on=day,
        referred_by_account_id=work.actor.account_id,
        **entries.values_of_part(entry, work.sealer),
    )


def _refer(work: Work, referral: Referral, victim: Victim) -> None:
    """Add a victim to a referral that the caller holds, with what it starts there."""
    session, day = work.session, victim.referred_on
    session.add(victim)
    session.flush()
    referral.status = ReferralStatus.REFERRED
    referral.traced_since = referral.look_again_on = None
    session.add(referral)
    meet(session, referral.id, None, duties.REFER, day)
    owed = duties.first_contact(day, known_on=day)
    if owed is not None:
        session.add(DeadlineRecord(**deadline_row(referral.id, victim.id, owed)))
    overtake_proposal(session, referral, work.now)
    session.flush()
    ask_how_to_offer(session, victim, referral, work.today)
    work.note("victim.added", referral.reference, victim.reference)
