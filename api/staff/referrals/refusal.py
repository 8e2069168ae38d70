"""A victim refused to be referred: the referral is closed with the evidence."""

from __future__ import annotations

from fastapi import APIRouter

from api.staff import forms, pages
from api.staff.fields import Entry, Field
from api.staff.referrals.heading import about_referral, page_of
from vcs.access.work import Work
from vcs.consequences import before_referral
from vcs.referrals.refusal import Refusal

router = APIRouter()

REFUSED = about_referral(
    "refused",
    "The victim refused to be referred",
    "Close the referral",
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
            options=before_referral.HOW_SAID,
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
        ),
    ),
    (
        "Use this only where the victim was asked and said no. No reply is not a refusal.",
        "The referral is closed with this evidence, and the sentence counts as accounted for.",
    ),
)


@forms.serve(router, "/referrals/{reference}/refused", REFUSED)
def refused(work: Work, entry: Entry, reference: str) -> str:
    """Close the referral with the evidence."""
    evidence = {name: entry.typed[name] for name in ("how", "told_by", "words")}
    before_referral.refuse(work, reference, Refusal(entry.day("refused_on"), **evidence))
    return pages.after(page_of(work.actor, reference), "refused")
