"""Opening a closed referral again."""

from __future__ import annotations

from fastapi import APIRouter

from api.staff import forms, pages
from api.staff.fields import Entry, Field
from api.staff.referrals.heading import about_referral
from vcs.access.work import Work
from vcs.consequences.closing.reopen import LONGEST_REASON, reopen_referral
from vcs.victims.places.numbers import number_in

router = APIRouter()

REOPEN = about_referral(
    "reopen",
    "Open the referral again",
    "Open the referral again",
    (
        Field(
            "why",
            "Why should it be opened again?",
            "lines",
            hint="Do not enter an address or a telephone number",
            required="Enter why it should be opened again",
            longest=LONGEST_REASON,
            leave_out=number_in,
        ),
    ),
    (
        "What was owed is owed again, from its original date. It may be overdue at once.",
        "Why it was closed stays in the history.",
    ),
)


@forms.serve(router, "/referrals/{reference}/reopen", REOPEN)
def reopen(work: Work, entry: Entry, reference: str) -> str:
    """Open a closed referral again."""
    reopen_referral(work, reference, entry.typed["why"])
    return pages.after(f"/referrals/{reference}", "reopened")
