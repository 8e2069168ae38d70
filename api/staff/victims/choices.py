"""What a victim chose."""

from __future__ import annotations

from fastapi import APIRouter

from api.staff import forms, pages, words
from api.staff.fields import Entry, Field
from api.staff.victims.heading import about_victim
from vcs.access.work import Work
from vcs.terms import Choice
from vcs.victims import choices

router = APIRouter()

_HOW = {
    "by phone": "By phone",
    "by letter": "By letter",
    "by email": "By email",
    "in person": "In person",
}


CHOICE = about_victim(
    "choice",
    "Record what the victim chose",
    "Record it",
    (
        Field(
            "choice",
            "What did they choose?",
            "radios",
            required="Select what they chose",
            options=words.CHOICES,
        ),
        Field(
            "chosen_on",
            "When did they say so?",
            "date",
            hint="For example, 20 3 2026",
            required="Enter the day on which they said so",
        ),
        Field("how", "How did they say so?", "radios", required="Select how", options=_HOW),
    ),
    ("They may change their mind at any time. The latest choice stands.",),
)


@forms.serve(router, "/referrals/{reference}/victims/{victim}/choice", CHOICE)
def record_choice(work: Work, entry: Entry, reference: str, victim: str) -> str:
    """Record a choice; the latest is the one that counts."""
    choice, how = Choice(entry.typed["choice"]), entry.typed["how"]
    choices.record_choice(work, victim, choice, entry.day("chosen_on"), how)
    return pages.after(f"/referrals/{reference}", "choice")
