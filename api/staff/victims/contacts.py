"""Contacts with a victim, and attempts that reached nobody."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter

from api.guards.session import Visit
from api.staff import forms, pages, words
from api.staff.fields import Entry, Field
from api.staff.forms import Form, FormPage
from api.staff.victims.heading import about_victim, heading_of
from vcs.access.work import Work
from vcs.victims.contact import contacts
from vcs.victims.contact.contacts import ContactEntry
from vcs.victims.contact.why_this_way import asks_why
from vcs.victims.places.numbers import number_in
from vcs.victims.records import LONGEST_WORDS

router = APIRouter()

_HOW = Field(
    "how",
    "How?",
    "radios",
    hint="A letter that we posted is recorded on the page of the letter",
    required="Select how",
    options=words.CONTACT_WAYS,
)

_REST = (
    Field(
        "reached",
        "Did you reach them?",
        "radios",
        hint="A message left, or somebody else who answered, has not reached them",
        required="Select whether you reached them",
        options={"yes": "Yes, they were reached", "no": "No, this was an attempt"},
    ),
    Field(
        "happened_on",
        "When was it?",
        "date",
        hint="For example, 20 3 2026",
        required="Enter the day",
        is_past=True,
    ),
    Field(
        "spoke_to",
        "Who did you speak to?",
        needed="you reached them",
    ),
    Field(
        "words",
        "What was said or happened?",
        "lines",
        hint="Do not enter an address or a telephone number",
        longest=LONGEST_WORDS,
        leave_out=number_in,
    ),
)

_EMERGENCY = Field(
    "emergency",
    "Why was a way used that they have forbidden, or not allowed?",
    "lines",
    hint="Only if you used one: what the emergency was, or that it was they who rang",
    longest=LONGEST_WORDS,
    needed="the way that you used is marked above",
)

_ABOUT = about_victim(
    "contact",
    "Record a contact or an attempt",
    "Record it",
    (_HOW, *_REST),
    ("An attempt is kept and shown. It does not count as first contact.",),
)


def _fields(visit: Visit, reference: str, victim: str) -> tuple[Field, ...]:
    """Ask for a reason only where some way is forbidden or not allowed, and say which one."""
    rules = heading_of(visit, reference, victim).rules
    why = {way: asks_why(rules, way) for way in _HOW.options}
    if not any(why.values()):
        return (_HOW, *_REST)
    options = {way: text + words.why_asked(rules, way) for way, text in _HOW.options.items()}
    return (replace(_HOW, options=options), _EMERGENCY, *_REST)


def _page(visit: Visit, reference: str, victim: str) -> FormPage:
    page = _ABOUT.page(visit, reference=reference, victim=victim)
    return replace(page, typed=forms.day_typed("happened_on", visit.app.today))


CONTACT = Form(_fields, _page, check=heading_of)


@forms.serve(router, "/referrals/{reference}/victims/{victim}/contact", CONTACT)
def record_contact(work: Work, entry: Entry, reference: str, victim: str) -> str:
    """Record a contact, or an attempt that reached nobody."""
    record = contacts.record_contact(work, victim, _contact(entry))
    return pages.after(f"/referrals/{reference}", "contact" if record.reached else "attempt")


def _contact(entry: Entry) -> ContactEntry:
    typed = entry.typed
    return ContactEntry(
        entry.day("happened_on"),
        typed["how"],
        typed["reached"] == "yes",
        typed["spoke_to"],
        typed["words"],
        typed.get("emergency", ""),
    )
