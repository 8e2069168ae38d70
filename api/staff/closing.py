"""Proposing to close a referral that has no victim to refer, and opening a closed one again."""

from __future__ import annotations

from fastapi import APIRouter
from sqlmodel import Session
from starlette.responses import Response

from api.guards.session import Posted, Visiting
from api.staff import forms, pages
from api.staff.forms import Field
from api.staff.victims.about import ask_about_referral
from api.staff.victims.questions import Question
from vcs.consequences import propose
from vcs.consequences.reopen import LONGEST_REASON, reopen_referral

router = APIRouter()

NO_VICTIM = Question(
    "no-victim",
    "No victim to refer",
    "Ask the unit to close the referral",
    (
        Field(
            "reason",
            "Why is there no victim to refer?",
            "radios",
            required="Select why there is no victim to refer",
            options=propose.PROPOSED_REASONS,
        ),
        Field(
            "words",
            "How do you know?",
            "lines",
            hint="What was done to find a victim, and who was asked. Do not enter an address or a "
            "telephone number",
            required="Enter how you know",
            longest=LONGEST_REASON,
        ),
    ),
    (
        "Use this only where nobody can be referred.",
        "This closes nothing by itself. A manager of the victim liaison unit, other than you, "
        "decides. Until then the deadline still runs, and the sentence still counts as not "
        "accounted for.",
    ),
)

REOPEN = Question(
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
        ),
    ),
    (
        "What was owed is owed again, from its original date. It may be overdue at once.",
        "Why it was closed stays in the history.",
    ),
)


@router.get("/referrals/{reference}/no-victim")
def no_victim_page(visit: Visiting, reference: str) -> Response:
    """Ask why there is no victim to refer."""
    return ask_about_referral(visit, reference, NO_VICTIM)


@router.post("/referrals/{reference}/no-victim")
def no_victim(visit: Visiting, reference: str, form: Posted) -> Response:
    """Propose to close a referral that has no victim to refer."""
    entry = forms.read(NO_VICTIM.fields, form)

    def act(session: Session) -> str:
        proposed = propose.Proposed(entry.typed["reason"], entry.typed["words"])
        propose.propose(visit.work(session), reference, proposed)
        return pages.after(f"/referrals/{reference}", "proposed")

    return forms.submit(
        visit.app,
        entry,
        act,
        lambda e: ask_about_referral(visit, reference, NO_VICTIM, entry, e),
    )


@router.get("/referrals/{reference}/reopen")
def reopen_page(visit: Visiting, reference: str) -> Response:
    """Ask why a closed referral should be opened again."""
    return ask_about_referral(visit, reference, REOPEN)


@router.post("/referrals/{reference}/reopen")
def reopen(visit: Visiting, reference: str, form: Posted) -> Response:
    """Open a closed referral again."""
    entry = forms.read(REOPEN.fields, form)

    def act(session: Session) -> str:
        why = entry.typed["why"]
        reopen_referral(visit.work(session), reference, why)
        return pages.after(f"/referrals/{reference}", "reopened")

    return forms.submit(
        visit.app,
        entry,
        act,
        lambda e: ask_about_referral(visit, reference, REOPEN, entry, e),
    )
