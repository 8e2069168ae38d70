"""Contacts with a victim, and attempts that reached nobody: kept as rows that never change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from vcs.access.rules import Act
from vcs.access.work import Work
from vcs.errors import NotValid
from vcs.victims.contact.first_contact import meet_first_contact
from vcs.victims.find import find_victim
from vcs.victims.needs_clock import spoke_with
from vcs.victims.person import Talk, life_of
from vcs.victims.preferences.allowed import WAY_OF_CONTACT
from vcs.victims.preferences.reads import standing_preferences
from vcs.victims.records import LONGEST_WORDS, ContactRecord, ContactWay, Victim

WAYS = tuple(str(way) for way in ContactWay)

LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class ContactEntry:
    """One contact, or one attempt where ``reached`` is false.

    ``spoke_to`` says who answered, and must be filled for a contact. ``how`` is a ContactWay.
    ``emergency`` says why a way was used that the person had forbidden, and must be filled then.
    """

    happened_on: date
    how: str
    reached: bool
    spoke_to: str = ""
    words: str = ""
    emergency: str = ""


def record_contact(work: Work, victim_reference: str, entry: ContactEntry) -> ContactRecord:
    """Keep a contact or an attempt. Only a contact meets the duty of first contact.

    By a way that the person has forbidden it is kept only with the reason: what has happened is
    never refused silently. Raises NotValid naming each field to correct.
    """
    work.require_may(Act.RECORD_CONTACT)
    victim, referral = find_victim(work.session, victim_reference, work.actor)
    forbidden = _is_forbidden(work, victim, entry.how)
    fields = dict(_problems(entry, victim.referred_on, work.today)) | dict(_why(entry, forbidden))
    if not entry.words.strip() and _has_died(work, victim):
        fields["words"] = "It is on record that this person has died. Enter why and with whom"
    if fields:
        raise NotValid("Some details need correcting.", fields)
    record = ContactRecord(
        victim_id=victim.id,
        reached=entry.reached,
        happened_on=entry.happened_on,
        how=entry.how,
        sealed=_talk(entry, forbidden).sealed(work.sealer),
        recorded_at=work.now,
        recorded_by=work.actor.account_id,
        against_wishes=forbidden,
    )
    work.session.add(record)
    if entry.reached:
        meet_first_contact(work, victim, entry.happened_on)
        spoke_with(work, victim, entry.how, entry.happened_on)
    event = "contact.recorded" if entry.reached else "contact.attempted"
    work.note(event, referral.reference, victim.reference)
    if forbidden:
        work.note("contact.against_wishes", referral.reference, victim.reference)
    return record


def _is_forbidden(work: Work, victim: Victim, how: str) -> bool:
    """Say whether the person has forbidden a way of reaching them."""
    way = WAY_OF_CONTACT.get(ContactWay(how)) if how in WAYS else None
    if way is None:
        return False
    said = standing_preferences(work.session, work.sealer, victim.person_id)
    return said.bar(way) is not None


def _talk(entry: ContactEntry, forbidden: bool) -> Talk:
    emergency = entry.emergency.strip() if forbidden else ""
    return Talk(entry.spoke_to.strip(), entry.words.strip(), emergency)


def _why(entry: ContactEntry, forbidden: bool) -> Iterator[tuple[str, str]]:
    if forbidden and not entry.emergency.strip():
        yield "emergency", "They have forbidden this way. Enter why it was used all the same"
    if len(entry.emergency) > LONGEST_WORDS:
        yield "emergency", f"Enter {LONGEST_WORDS} characters or fewer"


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
