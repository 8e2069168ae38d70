"""Referrals: adding victims, assigning a liaison officer, first contact, choices."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Session, col, select

from vcs.casework import audit
from vcs.casework.actors import Actor, may_see, require
from vcs.casework.sentences.referring import deadline_row
from vcs.casework.victims import addresses, entries
from vcs.casework.victims.entries import VictimEntry
from vcs.casework.victims.name_questions import ask_about_name
from vcs.errors import Conflict, NotFound, NotValid
from vcs.law import duties
from vcs.records import (
    Account,
    ChoiceRecord,
    DeadlineRecord,
    Referral,
    ReferralStatus,
    Victim,
    new_reference,
)
from vcs.records.persons import Person as Address
from vcs.records.persons import opened
from vcs.sealing import Sealer
from vcs.terms import Choice, Role

__all__ = [
    "NO_VICTIM_REASONS",
    "Address",
    "VictimEntry",
    "add_victim",
    "amend_victim",
    "assign_vlo",
    "find_referral",
    "find_victim",
    "meet",
    "meet_first_contact",
    "no_victim",
    "record_choice",
    "record_contact",
    "relay_opt_out",
    "reveal_address",
]

NO_VICTIM_REASONS = {
    "no_identifiable_victim": "There is no identifiable victim",
    "victim_cannot_be_traced": "The victim cannot be traced",
}
_LONGEST_WORDS = 500


def find_referral(session: Session, reference: str, actor: Actor) -> Referral:
    """Return a referral to work on, held until the transaction ends.

    Raises NotFound where there is none, and just the same where it is not this person's to see.
    """
    query = select(Referral).where(Referral.reference == reference).with_for_update()
    referral = session.exec(query).first()
    if referral is None or not may_see(actor, referral):
        raise NotFound("There is no such referral.")
    return referral


def find_victim(session: Session, reference: str, actor: Actor) -> tuple[Victim, Referral]:
    """Return a victim and their referral, held like :func:`find_referral`."""
    victim = session.exec(select(Victim).where(Victim.reference == reference)).first()
    if victim is None:
        raise NotFound("There is no such victim.")
    held = select(Referral).where(Referral.id == victim.referral_id).with_for_update()
    referral = session.exec(held).one()
    if not may_see(actor, referral):
        raise NotFound("There is no such victim.")
    return victim, referral


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
    addresses.ask_about_shared(session, sealer, referral, victim, entry, today, now)
    ask_about_name(session, referral, victim, entry, None, now, today)
    audit.note(session, now, actor.who, "victim.added", referral.reference, victim.reference)
    return victim


def _refer(session: Session, referral: Referral, victim: Victim, today: date) -> None:
    referral.status = ReferralStatus.REFERRED
    referral.traced_since = referral.look_again_on = None
    session.add(referral)
    meet(session, referral.id, None, duties.REFER, today)
    owed = duties.first_contact(today, known_on=today)
    if owed is not None:
        session.add(DeadlineRecord(**deadline_row(referral.id, victim.id, owed)))


def amend_victim(
    session: Session,
    sealer: Sealer,
    victim_reference: str,
    actor: Actor,
    entry: VictimEntry,
    today: date,
    now: datetime,
) -> Victim:
    """Put what is held about a victim right. Letters already approved stay as they were.

    What was held before is kept beside it, with who replaced it and when.
    """
    require(actor, Role.WITNESS_CARE, Role.VLO, Role.MANAGER)
    victim, referral = find_victim(session, victim_reference, actor)
    entries.check(entry, today)
    addresses.keep_former(session, victim, actor, now)
    ask_about_name(session, referral, victim, entry, opened(sealer, victim), now, today)
    moved = addresses.is_another(opened(sealer, victim), entry)
    victim.sealed = entries.person(entry).sealed(sealer)
    for name, value in entries.plain_values(entry).items():
        setattr(victim, name, value)
    session.add(victim)
    if moved:
        addresses.ask_about_shared(session, sealer, referral, victim, entry, today, now)
    audit.note(session, now, actor.who, "victim.amended", referral.reference, victim.reference)
    return victim


def assign_vlo(
    session: Session, referral_reference: str, actor: Actor, vlo_account_id: int, now: datetime
) -> Referral:
    """Give a referral to a victim liaison officer of its region."""
    require(actor, Role.MANAGER)
    referral = find_referral(session, referral_reference, actor)
    _refuse_closed(referral)
    vlo = session.get(Account, vlo_account_id)
    if vlo is None or not _may_work(vlo, referral, actor):
        raise NotValid(
            "Select an officer of this region.",
            {"vlo_account_id": "Select a victim liaison officer of this region"},
        )
    if referral.vlo_account_id != vlo.id:
        referral.vlo_account_id = vlo.id
        session.add(referral)
        detail = f"account:{vlo.id}"
        audit.note(session, now, actor.who, "vlo.assigned", referral.reference, detail)
    return referral


def _may_work(vlo: Account, referral: Referral, actor: Actor) -> bool:
    region = referral.region_code or actor.region_code
    return vlo.active and vlo.role == Role.VLO and vlo.region_code == region


def no_victim(
    session: Session,
    referral_reference: str,
    actor: Actor,
    reason: str,
    today: date,
    now: datetime,
) -> Referral:
    """Close a referral that nobody can be referred in, with the reason why."""
    require(actor, Role.WITNESS_CARE, Role.MANAGER)
    referral = find_referral(session, referral_reference, actor)
    if reason not in NO_VICTIM_REASONS:
        raise NotValid("Select why there is no victim.", {"reason": "Select a reason"})
    if referral.status != ReferralStatus.AWAITING:
        raise Conflict("This referral has a victim or is closed. Load the page again.")
    referral.status = ReferralStatus.CLOSED
    referral.closed_on, referral.closed_reason = today, reason
    referral.traced_since = referral.look_again_on = None
    session.add(referral)
    # Asked and accounted for: the duty to refer is discharged, late or not.
    meet(session, referral.id, None, duties.REFER, today)
    audit.note(session, now, actor.who, "referral.closed", referral.reference, reason)
    return referral


def record_choice(
    session: Session,
    victim_reference: str,
    actor: Actor,
    choice: Choice,
    chosen_on: date,
    how: str,
    today: date,
    now: datetime,
) -> ChoiceRecord:
    """Record what a victim chose; earlier choices stay on record and the latest stands.

    A choice that was made, other than no reply, shows that contact was made.
    """
    require(actor, Role.VLO, Role.MANAGER)
    victim, referral = find_victim(session, victim_reference, actor)
    _check_told("chosen_on", chosen_on, "how", how, victim.referred_on, today)
    record = ChoiceRecord(
        victim_id=victim.id,
        choice=choice,
        chosen_on=chosen_on,
        how=how.strip(),
        recorded_at=now,
        recorded_by=actor.account_id,
    )
    session.add(record)
    if choice is not Choice.NO_REPLY:
        meet_first_contact(session, victim, chosen_on)
    detail = f"{victim.reference} {choice}"
    audit.note(session, now, actor.who, "choice.recorded", referral.reference, detail)
    return record


def relay_opt_out(
    session: Session,
    victim_reference: str,
    actor: Actor,
    said_on: date,
    how: str,
    today: date,
    now: datetime,
) -> ChoiceRecord:
    """Record a victim's no as witness care passes it on; the latest choice stands.

    No liaison officer spoke to the victim, so first contact stays owed until one says otherwise.
    """
    require(actor, Role.WITNESS_CARE)
    victim, referral = find_victim(session, victim_reference, actor)
    _check_told("said_on", said_on, "how", how, date.min, today)
    record = ChoiceRecord(
        victim_id=victim.id,
        choice=Choice.OPT_OUT,
        chosen_on=said_on,
        how=f"{how.strip()}, passed on by witness care",
        recorded_at=now,
        recorded_by=actor.account_id,
    )
    session.add(record)
    detail = f"{victim.reference} {Choice.OPT_OUT}"
    audit.note(session, now, actor.who, "choice.passed_on", referral.reference, detail)
    return record


def record_contact(
    session: Session,
    victim_reference: str,
    actor: Actor,
    contacted_on: date,
    how: str,
    today: date,
    now: datetime,
) -> Victim:
    """Record that a victim was contacted: the first time discharges the duty of first contact."""
    require(actor, Role.VLO, Role.MANAGER)
    victim, referral = find_victim(session, victim_reference, actor)
    _check_told("contacted_on", contacted_on, "how", how, victim.referred_on, today)
    meet_first_contact(session, victim, contacted_on)
    audit.note(session, now, actor.who, "contact.recorded", referral.reference, victim.reference)
    return victim


def meet_first_contact(session: Session, victim: Victim, day: date) -> None:
    """Mark a victim as contacted on a day, and what was owed for it as met."""
    if victim.contacted_on is None or day < victim.contacted_on:
        victim.contacted_on = day
        session.add(victim)
    meet(session, victim.referral_id, victim.id, duties.FIRST_CONTACT, day)


def reveal_address(
    session: Session,
    sealer: Sealer,
    victim_reference: str,
    actor: Actor,
    reason: str,
    now: datetime,
) -> Address:
    """Open where a victim can be found. Who looked, and why they said they did, is kept first.

    ``reason`` goes into the trail: the door offers set phrases, none of which names anybody.
    """
    require(actor, Role.VLO, Role.MANAGER)
    victim, referral = find_victim(session, victim_reference, actor)
    if not reason.strip() or len(reason) > _LONGEST_WORDS:
        raise NotValid("Say why you need the address.", {"reason": "Enter why you need it"})
    detail = f"{victim.reference}: {reason.strip()}"
    audit.note(session, now, actor.who, "address.revealed", referral.reference, detail)
    return opened(sealer, victim)


def _refuse_closed(referral: Referral) -> None:
    if referral.status == ReferralStatus.CLOSED:
        raise Conflict("This referral is closed. Load the page again to see why.")


def _check_told(
    day_field: str, day: date, words_field: str, words: str, earliest: date, today: date
) -> None:
    fields = {}
    if not earliest <= day <= today:
        fields[day_field] = "The day must lie between the day of referral and today"
    if not words.strip() or len(words) > _LONGEST_WORDS:
        fields[words_field] = f"Enter how, in {_LONGEST_WORDS} characters or fewer"
    if fields:
        raise NotValid("Some of what was entered must be mended.", fields)


def meet(session: Session, referral_id: int, victim_id: int | None, duty: str, day: date) -> None:
    """Mark what is open of a duty as met; one that names no victim is owed to all of them."""
    query = select(DeadlineRecord).where(
        DeadlineRecord.referral_id == referral_id,
        DeadlineRecord.duty == duty,
        col(DeadlineRecord.met_on).is_(None),
        col(DeadlineRecord.victim_id).is_(None) | (col(DeadlineRecord.victim_id) == victim_id),
    )
    for deadline in session.exec(query.with_for_update()):
        deadline.met_on = day
        session.add(deadline)
