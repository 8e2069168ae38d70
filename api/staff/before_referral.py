"""Before anybody is referred: the details are being traced, or the victim refused."""

from __future__ import annotations

from fastapi import APIRouter
from sqlmodel import Session
from starlette.responses import Response

from api.guards.session import Posted, Visiting
from api.staff import forms, pages
from api.staff.forms import Field
from api.staff.victims.about import ask_about_referral
from api.staff.victims.questions import Question
from vcs.consequences import before_referral
from vcs.referrals.refusal import Refusal

router = APIRouter()

TRACE = Question(
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

REFUSED = Question(
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


@router.get("/referrals/{reference}/trace")
def trace_page(visit: Visiting, reference: str) -> Response:
    """Ask when somebody looks again."""
    return ask_about_referral(visit, reference, TRACE)


@router.post("/referrals/{reference}/trace")
def trace(visit: Visiting, reference: str, form: Posted) -> Response:
    """Record that the details are being traced."""
    entry = forms.read(TRACE.fields, form)

    def act(session: Session) -> str:
        day = entry.day("look_again_on")
        before_referral.trace(visit.work(session), reference, day)
        return pages.after(f"/referrals/{reference}", "traced")

    return forms.submit(
        visit.app,
        entry,
        act,
        lambda e: ask_about_referral(visit, reference, TRACE, entry, e),
    )


@router.get("/referrals/{reference}/refused")
def refused_page(visit: Visiting, reference: str) -> Response:
    """Ask for the evidence of a refusal."""
    return ask_about_referral(visit, reference, REFUSED)


@router.post("/referrals/{reference}/refused")
def refused(visit: Visiting, reference: str, form: Posted) -> Response:
    """Close the referral with the evidence."""
    entry = forms.read(REFUSED.fields, form)

    def act(session: Session) -> str:
        given = {name: entry.typed[name] for name in ("how", "told_by", "words")}
        refusal = Refusal(entry.day("refused_on"), **given)
        before_referral.refuse(visit.work(session), reference, refusal)
        return pages.after(f"/referrals/{reference}", "refused")

    return forms.submit(
        visit.app,
        entry,
        act,
        lambda e: ask_about_referral(visit, reference, REFUSED, entry, e),
    )
