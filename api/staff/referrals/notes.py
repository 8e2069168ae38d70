"""Notes about a referral or a victim of it: neither a contact nor an attempt."""

from __future__ import annotations

from fastapi import APIRouter

from api.staff import forms, pages
from api.staff.fields import Entry, Field
from api.staff.referrals.heading import about_referral
from api.staff.victims.heading import about_victim
from vcs.access.work import Work
from vcs.victims.contact.notes import add_note
from vcs.victims.places.numbers import number_in
from vcs.victims.records import LONGEST_WORDS

router = APIRouter()

_NOTE = (
    Field(
        "words",
        "What should be noted?",
        "lines",
        hint="Do not enter an address or a telephone number",
        required="Enter the note",
        longest=LONGEST_WORDS,
        leave_out=number_in,
    ),
)

_LEAD = ("A note is kept with its day and your name, and is never changed. It counts as nothing.",)

OF_REFERRAL = about_referral("note", "Add a note to the referral", "Add the note", _NOTE, _LEAD)

OF_VICTIM = about_victim("note", "Add a note", "Add the note", _NOTE, _LEAD)


@forms.serve(router, "/referrals/{reference}/note", OF_REFERRAL)
def note_referral(work: Work, entry: Entry, reference: str) -> str:
    """Add a note to the referral."""
    add_note(work, reference, entry.typed["words"])
    return pages.after(f"/referrals/{reference}", "note")


@forms.serve(router, "/referrals/{reference}/victims/{victim}/note", OF_VICTIM)
def note_victim(work: Work, entry: Entry, reference: str, victim: str) -> str:
    """Add a note about a victim."""
    add_note(work, reference, entry.typed["words"], victim)
    return pages.after(f"/referrals/{reference}", "note")
