"""Contacts with a victim, and attempts that reached nobody."""

from __future__ import annotations

from fastapi import APIRouter

from api.staff import forms, pages, words
from api.staff.fields import Entry, Field
from api.staff.victims.heading import about_victim
from vcs.access.work import Work
from vcs.victims import contacts
from vcs.victims.contacts import ContactEntry
from vcs.victims.records import LONGEST_WORDS

router = APIRouter()

CONTACT = about_victim(
    "contact",
    "Record a contact or an attempt",
    "Record it",
    (
        Field(
            "how",
            "How?",
            "radios",
            hint="A letter that we posted is recorded on the page of the letter",
            required="Select how",
            options=words.CONTACT_WAYS,
        ),
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
        ),
        Field("spoke_to", "Who did you speak to?", hint="Needed if you reached them"),
        Field(
            "words",
            "What was said or happened?",
            "lines",
            hint="Do not enter an address or a telephone number",
            longest=LONGEST_WORDS,
        ),
    ),
    ("An attempt is kept and shown. It does not count as first contact.",),
)


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
    )
