"""Record what a victim chose; the latest choice decides."""

from __future__ import annotations

from datetime import date

from vcs.access.rules import Act
from vcs.access.work import Work
from vcs.terms import Choice
from vcs.victims.checks import check_reported
from vcs.victims.find import find_victim
from vcs.victims.first_contact import meet_first_contact
from vcs.victims.needs_clock import settle_needs_clock, spoke_with
from vcs.victims.records import ChoiceRecord


def record_choice(
    work: Work, victim_reference: str, choice: Choice, chosen_on: date, how: str
) -> ChoiceRecord:
    """Record what a victim chose; earlier choices stay on record and the latest stands.

    A choice that was made, other than no reply, shows that contact was made.
    """
    work.require_may(Act.RECORD_CHOICE)
    victim, referral = find_victim(work.session, victim_reference, work.actor)
    check_reported("chosen_on", chosen_on, how, victim.referred_on, work.today)
    record = ChoiceRecord(
        victim_id=victim.id,
        choice=choice,
        chosen_on=chosen_on,
        how=how.strip(),
        recorded_at=work.now,
        recorded_by=work.actor.account_id,
    )
    work.session.add(record)
    if choice is not Choice.NO_REPLY:
        meet_first_contact(work, victim, chosen_on)
        spoke_with(work, victim, how.strip(), chosen_on)
    settle_needs_clock(work.session, victim, work.today)
    detail = f"{victim.reference} {choice}"
    work.note("choice.recorded", referral.reference, detail)
    return record


def relay_opt_out(work: Work, victim_reference: str, said_on: date, how: str) -> ChoiceRecord:
    """Record a victim's no as witness care passes it on; the latest choice stands.

    No liaison officer spoke to the victim, so first contact stays owed until one says otherwise.
    """
    work.require_may(Act.RELAY_CHOICE)
    victim, referral = find_victim(work.session, victim_reference, work.actor)
    check_reported("said_on", said_on, how, date.min, work.today)
    record = ChoiceRecord(
        victim_id=victim.id,
        choice=Choice.OPT_OUT,
        chosen_on=said_on,
        how=f"{how.strip()}, passed on by witness care",
        recorded_at=work.now,
        recorded_by=work.actor.account_id,
    )
    work.session.add(record)
    settle_needs_clock(work.session, victim, work.today)
    detail = f"{victim.reference} {Choice.OPT_OUT}"
    work.note("choice.passed_on", referral.reference, detail)
    return record
