"""*Never contact me about anything*, and a change of mind in one click."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from api.guards.session import Posted, Visiting
from api.staff import forms, pages, words
from api.staff.fields import Entry, Field
from api.staff.victims.heading import about_victim
from vcs.access.work import Work
from vcs.victims.places.numbers import number_in
from vcs.victims.preferences.anything import NeverContact, change_of_mind, record_never
from vcs.victims.preferences.records import LONGEST_WORDS, HowKnown

router = APIRouter()

NEVER = about_victim(
    "never",
    "They never want to be contacted about anything",
    "Stop all contact",
    (
        Field(
            "words",
            "What did they say, in their own words?",
            "lines",
            hint="Do not enter an address or a telephone number",
            required="Enter what they said, in their own words",
            longest=LONGEST_WORDS,
            leave_out=number_in,
        ),
        Field(
            "said_on",
            "When did they say so?",
            "date",
            hint="For example, 20 3 2026",
            required="Enter the day on which they said so",
            is_past=True,
        ),
        Field(
            "how_known",
            "How do you know?",
            "radios",
            required="Select how you know",
            options=words.HOW_KNOWN,
        ),
    ),
    (
        "Use this only where they mean all contact, about every offender, now and later. If they "
        "mean one offender, record their choice instead.",
        "No letter can go to them from any referral, and nobody can overrule that. Where first "
        "contact is still owed, a manager is asked how the offer is met.",
        "They may change their mind at any time: one click on the referral.",
    ),
)


@forms.serve(router, "/referrals/{reference}/victims/{victim}/never", NEVER)
def never_contact(work: Work, entry: Entry, reference: str, victim: str) -> str:
    """Record that they never want contact about anything."""
    how_known = HowKnown(entry.typed["how_known"])
    never = NeverContact(entry.day("said_on"), how_known, entry.typed["words"])
    record_never(work, victim, never)
    return pages.after(f"/referrals/{reference}", "never")


@router.post("/referrals/{reference}/victims/{victim}/changed-mind")
def changed_mind(visit: Visiting, posted: Posted, reference: str, victim: str) -> Response:
    """Record that they may be contacted again. Pressed twice it changes nothing more."""
    drawn_from = str(posted.get("drawn_from", ""))
    with visit.app.db.writing() as session:
        change_of_mind(visit.work(session), victim, drawn_from)
    return pages.go(pages.after(f"/referrals/{reference}", "changed-mind"))
