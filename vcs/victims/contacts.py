"""Contacts with a victim, and attempts that reached nobody: kept as rows that never change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from vcs.access.rules import Act
from vcs.access.work import Work
from vcs.errors import NotValid
from vcs.victims.find import find_victim
from vcs.victims.first_contact import meet_first_contact
from vcs.victims.needs_clock import spoke_with
from vcs.victims.person import Talk, life_of
from vcs.victims.records import LONGEST_WORDS, ContactRecord, ContactWay, Victim

WAYS = tuple(str(way) for way in ContactWay)

LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class ContactEntry:
    """One contact, or one attempt where ``reached`` is false.

    ``spoke_to`` says who answered, and must be filled for a contact. ``how`` is a ContactWay.
    """

    happened_on: date
    how: str
    reached: bool
    spoke_to: str = ""
    words: str = ""


def record_contact(work: Work, victim_reference: str, entry: ContactEntry) -> ContactRecord:
    """Keep a contact or an attempt. Only a contact meets the duty of first contact.

    Raises NotValid naming each field to correct.
    """
    work.require_may(Act.RECORD_CONTACT)
    victim, referral = find_victim(work.session, victim_reference, work.actor)
    fields = dict(_problems(entry, victim.referred_on, work.today))
    if not entry.words.strip() and _has_died(work, victim):
        fields["words"] = "It is on record that this person has died. Enter why and with whom"
    if fields:
        raise NotValid("Some details need correcting.", fields)
    record = ContactRecord(
        victim_id=victim.id,
        reached=entry.reached,
        happened_on=entry.happened_on,
        how=entry.how,
        sealed=Talk(entry.spoke_to.strip(), entry.words.strip()).sealed(work.sealer),
        recorded_at=work.now,
        recorded_by=work.actor.account_id,
    )
    work.session.add(record)
    if entry.reached:
        meet_first_contact(work, victim, entry.happened_on)
        spoke_with(work, victim, entry.how, entry.happened_on)
    event = "contact.recorded" if entry.reached else "contact.attempted"
    work.note(event, referral.reference, victim.reference)
    return record


def _has_died(work: Work, victim: Victim) -> bool:
    return life_of(work.session, work.sealer, victim.person_id).has_died


def _problems(entry: ContactEntry, earliest: date, today: date) -> Iterator[tuple[str, str]]:
    if not earliest <= entry.happened_on <= today:
        yield "happened_on", "The day must be between the day of referral and today"
    if entry.how not in WAYS:
        yield "how", "Select how"
    if entry.reached and not entry.spoke_to.strip():
        yield "spoke_to", "Enter who you spoke to"
    elif len(entry.spoke_to) > LONGEST_NAME:
        yield "spoke_to", f"Enter {LONGEST_NAME} characters or fewer"
    if len(entry.words) > LONGEST_WORDS:
        yield "words", f"Enter {LONGEST_WORDS} characters or fewer"
