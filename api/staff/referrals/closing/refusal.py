"""A victim refused to be referred: proposed with the evidence; the unit decides."""

from __future__ import annotations

from fastapi import APIRouter

from api.staff import forms, pages
from api.staff.fields import Entry, Field
from api.staff.referrals.heading import about_referral, page_of
from vcs.access.work import Work
from vcs.consequences.closing import refusing
from vcs.referrals.closure.refusal import Refusal
from vcs.victims.places.numbers import number_in

router = APIRouter()

REFUSED = about_referral(
    "refused",
    "The victim refused to be referred",
    "Ask the unit to close the referral",
    (
        Field(
            "refused_on",
            "When did they say so?",
            "date",
            hint="For example, 20 3 2026",
            required="Enter the day on which they said so",
        ),
        Field(
            "how",
            "How did they say so?",
            "radios",
            required="Select how they said so",
            options=refusing.HOW_SAID,
        ),
        Field(
            "told_by",
            "Who told you?",
            hint="Name and role of the person who spoke with the victim",
            required="Enter who told you",
        ),
        Field(
            "words",
            "What did the victim say?",
            "lines",
            hint="Do not enter an address or a telephone number",
            required="Enter what the victim said",
            longest=1000,
            leave_out=number_in,
        ),
    ),
    (
        "Use this only where the victim was asked and said no. No reply is not a refusal.",
        "This closes nothing by itself. A manager of the victim liaison unit, other than you, "
        "reads what the victim said and decides. Until then the deadline still runs, and the "
        "sentence still counts as not accounted for.",
    ),
)


@forms.serve(router, "/referrals/{reference}/refused", REFUSED)
def refused(work: Work, entry: Entry, reference: str) -> str:
    """Propose to close the referral, with the evidence."""
    evidence = {name: entry.typed[name] for name in ("how", "told_by", "words")}
    refusing.refuse(work, reference, Refusal(entry.day("refused_on"), **evidence))
    return pages.after(page_of(work.actor, reference), "refused")
