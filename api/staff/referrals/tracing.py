"""A victim’s details are being traced: recorded, with the day of the next look."""

from __future__ import annotations

from fastapi import APIRouter

from api.staff import forms, pages
from api.staff.fields import Entry, Field
from api.staff.referrals.heading import about_referral
from vcs.access.work import Work
from vcs.consequences import before_referral

router = APIRouter()

TRACE = about_referral(
    "trace",
    "The victim’s details are being traced",
    "Record it",
    (
        Field(
            "look_again_on",
            "When will somebody look again?",
            "date",
            hint="Within the next 28 days, for example 20 3 2026",
            required="Enter the day of the next look",
        ),
    ),
    (
        "Use this where a victim is owed contact and cannot be reached yet.",
        "The deadline still runs, and the sentence still counts as not accounted for.",
    ),
)


@forms.serve(router, "/referrals/{reference}/trace", TRACE)
def trace(work: Work, entry: Entry, reference: str) -> str:
    """Record that the details are being traced."""
    before_referral.trace(work, reference, entry.day("look_again_on"))
    return pages.after(f"/referrals/{reference}", "traced")
