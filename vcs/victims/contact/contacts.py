"""Contacts with a victim, and attempts that reached nobody: kept as rows that never change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from vcs.access.rules import Act
from vcs.access.work import Work
from vcs.errors import NotValid
from vcs.victims.contact.contact_reads import ContactRules, rules_for
from vcs.victims.contact.first_contact import meet_first_contact
from vcs.victims.contact.spoken_to import Called, was_spoken_to
from vcs.victims.contact.why_this_way import WAYS, AskWhy, asks_why
from vcs.victims.find import find_victim
from vcs.victims.needs_clock import spoke_with
from vcs.victims.person import Talk, shown_person
from vcs.victims.records import LONGEST_WORDS, ContactRecord, ContactWay, Victim

LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class ContactEntry:
    """One contact, or one attempt where ``reached`` is false.

    ``spoke_to`` says who answered, and must be filled for a contact. ``how`` is a ContactWay.
    ``emergency`` says why a way was used that the person had forbidden or not allowed, and must be
    filled then. ``is_of_event`` is for what was told of a key event, whose ways are decided there;
    whether it was they who were spoken to is asked here all the same.
    """

    happened_on: date
    how: str
    reached: bool
    spoke_to: str = ""
    words: str = ""
    emergency: str = ""
    is_of_event: bool = False


def record_contact(work: Work, victim_reference: str, entry: ContactEntry) -> ContactRecord:
    """Keep a contact or an attempt. Only a contact meets the duty of first contact.

    By a way that the person has forbidden or not allowed it is kept only with the reason: what has
    happened is never refused silently. Somebody else who was spoken to, or may have been, is an
    attempt, unless they are recorded as speaking for the person. Raises NotValid naming each
    field to correct.
    """
    work.require_may(Act.RECORD_CONTACT)
    victim, referral = find_victim(work.session, victim_reference, work.actor)
    rules = rules_for(work.session, work.sealer, work.actor, victim)
    why = asks_why(rules, entry.how)
    forbidden = why is AskWhy.FORBIDDEN
    asked = why if forbidden or not entry.is_of_event else None
    fields = dict(_problems(entry, victim.referred_on, work.today)) | dict(_why(entry, asked))
    fields |= dict(_not_reached(work, victim, entry, rules)) if "spoke_to" not in fields else {}
    if not entry.words.strip() and rules.has_died:
        fields["words"] = "It is on record that this person has died. Enter why and with whom"
    if fields:
        raise NotValid("Some details need correcting.", fields)
    record = ContactRecord(
        victim_id=victim.id,
        reached=entry.reached,
        happened_on=entry.happened_on,
        how=entry.how,
        sealed=_talk(entry, asked).sealed(work.sealer),
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


def _not_reached(
    work: Work, victim: Victim, entry: ContactEntry, rules: ContactRules
) -> Iterator[tuple[str, str]]:
    """Yield why a contact that is said to have reached somebody may not have."""
    if not entry.reached:
        return
    if is_somebody_else(work, victim, entry.spoke_to, rules):
        yield "spoke_to", _SOMEBODY_ELSE
    if entry.how == ContactWay.EMAIL and not shown_person(work.sealer, victim.person).email:
        yield "how", _NO_EMAIL


def is_somebody_else(
    work: Work, victim: Victim, spoke_to: str, rules: ContactRules | None = None
) -> bool:
    """Say whether words for who was spoken to are not surely for a victim, or who speaks for them.

    Of somebody who has died others are spoken to.
    """
    rules = rules or rules_for(work.session, work.sealer, work.actor, victim)
    if rules.has_died:
        return False
    person = shown_person(work.sealer, victim.person)
    names = (person.name, person.salutation, person.name_in_latin)
    return not was_spoken_to(spoke_to, Called(names, rules.speaker))


def _talk(entry: ContactEntry, asked: AskWhy | None) -> Talk:
    emergency = entry.emergency.strip() if asked else ""
    return Talk(entry.spoke_to.strip(), entry.words.strip(), emergency)


_WHY: Final[Mapping[AskWhy, str]] = {
    AskWhy.FORBIDDEN: "They have forbidden this way. Enter why it was used all the same",
    AskWhy.NO_CONTACT: "They do not want contact. Enter why this way was used all the same",
    AskWhy.NOTE: "They have not allowed this way, and their note comes first. Enter why it was "
    "used all the same, or record first that they allow it, under ‘How to reach them’",
}

_SOMEBODY_ELSE: Final = (
    "This may not be this person, nor somebody who is recorded as speaking for them. Select ‘No, "
    "this was an attempt’, or enter their own first name and surname if they were reached"
)

_NO_EMAIL: Final = (
    "No email address of theirs is on record. Add it to their details first, or select how they "
    "were reached"
)


def _why(entry: ContactEntry, asked: AskWhy | None) -> Iterator[tuple[str, str]]:
    if asked and not entry.emergency.strip():
        yield "emergency", _WHY[asked]
    if len(entry.emergency) > LONGEST_WORDS:
        yield "emergency", f"Enter {LONGEST_WORDS} characters or fewer"


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
