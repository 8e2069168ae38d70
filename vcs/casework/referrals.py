"""Referrals: adding victims, assigning a liaison officer, first contact, choices."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Session, col, select

from vcs.casework import audit, closing, handover
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
    PostedLetter,
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
    "FIRST_LETTERS",
    "LONGEST_REASON",
    "Address",
    "VictimEntry",
    "add_victim",
    "assign_vlo",
    "find_referral",
    "find_victim",
    "meet",
    "meet_first_contact",
    "record_choice",
    "relay_opt_out",
    "reopen_referral",
    "reveal_address",
    "settle_first_contact",
]

FIRST_LETTERS = ("initial-contact", "initial_contact")
"""The kinds of letter whose posting meets the duty of first contact."""
LONGEST_REASON = 1000
_SAY_WHY = f"Enter why, in {LONGEST_REASON} characters or fewer"
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
    # Read again: another transaction may have changed the victim while this one waited.
    session.refresh(victim)
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
    closing.overtake_proposal(session, referral, now)
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


def assign_vlo(
    session: Session, referral_reference: str, actor: Actor, vlo_account_id: int, now: datetime
) -> Referral:
    """Give a referral to a victim liaison officer of its region."""
    require(actor, Role.MANAGER)
    referral = find_referral(session, referral_reference, actor)
    _refuse_closed(referral)
    # Locked, so that nobody is assigned an officer whose account is being disabled.
    vlo = session.get(Account, vlo_account_id, with_for_update=True)
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
        handover.close_question(session, referral, actor, now)
    return referral


def _may_work(vlo: Account, referral: Referral, actor: Actor) -> bool:
    region = referral.region_code or actor.region_code
    return vlo.active and vlo.role == Role.VLO and vlo.region_code == region


def reopen_referral(
    session: Session,
    sealer: Sealer,
    referral_reference: str,
    actor: Actor,
    why: str,
    now: datetime,
) -> Referral:
    """Open a closed referral again, with a manager's reason, which is kept sealed.

    What was owed is owed again from its original date. Raises Conflict unless it is closed.
    """
    require(actor, Role.MANAGER)
    referral = find_referral(session, referral_reference, actor)
    if referral.status != ReferralStatus.CLOSED or not closing.may_reopen(referral.closed_reason):
        raise Conflict("This referral is not closed. Load the page again to see how it is.")
    if not why.strip() or len(why) > LONGEST_REASON:
        raise NotValid("Say why it is opened again.", {"why": _SAY_WHY})
    closing.reopen(session, referral, actor, now, sealer.seal_text(why.strip()))
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
        meet_first_contact(session, victim, chosen_on, actor, now)
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


def meet_first_contact(
    session: Session, victim: Victim, day: date, actor: Actor, now: datetime
) -> None:
    """Record that a victim was reached on a day, which meets the duty of first contact."""
    if victim.contacted_on is None or day < victim.contacted_on:
        victim.contacted_on = day
        session.add(victim)
    settle_first_contact(session, victim, actor, now)


def settle_first_contact(session: Session, victim: Victim, actor: Actor, now: datetime) -> None:
    """Date the duty of first contact by the earliest contact or posted letter on record.

    A duty that was marked as met on another day, as the approval of a letter did before migration
    0011, gets the true day, and the trail says so.
    """
    posted = select(PostedLetter).where(PostedLetter.victim_id == victim.id)
    days = [victim.contacted_on, *(one.posted_on for one in session.exec(posted))]
    first = min(day for day in days if day)
    meet(session, victim.referral_id, victim.id, duties.FIRST_CONTACT, first)
    marked_otherwise = select(DeadlineRecord).where(
        DeadlineRecord.victim_id == victim.id,
        DeadlineRecord.duty == duties.FIRST_CONTACT,
        DeadlineRecord.met_on != first,
    )
    for deadline in session.exec(marked_otherwise.with_for_update()):
        subject = session.get_one(Referral, victim.referral_id).reference
        detail = f"{deadline.met_on} to {first}"
        audit.note(session, now, actor.who, "deadline.met_anew", subject, detail)
        deadline.met_on = first
        session.add(deadline)


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
