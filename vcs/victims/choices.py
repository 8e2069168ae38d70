"""Referrals: adding victims, assigning a liaison officer, first contact, choices."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Session

from vcs.access import trail
from vcs.access.actors import Actor
from vcs.access.rules import require
from vcs.terms import Choice, Role
from vcs.victims.checks import _check_told
from vcs.victims.find import find_victim
from vcs.victims.first_contact import meet_first_contact
from vcs.victims.records import ChoiceRecord


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
    trail.note(session, now, actor.who, "choice.recorded", referral.reference, detail)
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
    trail.note(session, now, actor.who, "choice.passed_on", referral.reference, detail)
    return record
