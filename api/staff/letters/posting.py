"""Recording that an approved letter was posted."""

from __future__ import annotations

from fastapi import APIRouter

from api.guards.session import Visit
from api.staff import forms, pages
from api.staff.fields import Entry, Field
from api.staff.forms import Form, FormPage
from vcs.access.work import Work
from vcs.post import posting
from vcs.post.reads import LetterPage, letter_page
from vcs.terms import LetterFormat

router = APIRouter()

POSTED = (
    Field(
        "posted_on",
        "When was the letter posted?",
        "date",
        hint="The day on which it left the office, for example 20 3 2026",
        required="Enter the day on which the letter was posted",
    ),
    Field(
        "already_left",
        "Can it still be stopped?",
        "checkboxes",
        hint="A letter that may not leave any more is not recorded as posted while it can be",
        options={"yes": "No, it is in the post already"},
    ),
)


def letter_to_see(visit: Visit, reference: str) -> LetterPage:
    """Return a letter that this person may see. Raises NotFound."""
    with visit.app.db.reading() as session:
        return letter_page(session, visit.app.sealer, visit.officer, reference)


def _page(visit: Visit, reference: str) -> FormPage:
    letter = letter_to_see(visit, reference)
    is_text = letter.letter.format == LetterFormat.TEXT
    return FormPage(
        "Record that this letter was sent or read out"
        if is_text
        else "Record that this letter was posted",
        action=f"/letters/{reference}/posted",
        button="Record it",
        back=f"/referrals/{letter.referral_reference}",
        caption=f"{reference}, to {letter.victim.name}",
        lead=(
            "Only a letter that was approved can be posted. Posting the first letter counts as "
            "first contact; approving it does not.",
        ),
        more={"rules": letter.victim.rules},
    )


POSTED_ON = Form(POSTED, _page, check=letter_to_see)


@forms.serve(router, "/letters/{reference}/posted", POSTED_ON)
def posted(work: Work, entry: Entry, reference: str) -> str:
    """Record the day, and go back to the referral."""
    letter = letter_page(work.session, work.sealer, work.actor, reference)
    gone = entry.typed["already_left"] == "yes"
    posting.record_posted(work, reference, entry.day("posted_on"), already_left=gone)
    return pages.after(f"/referrals/{letter.referral_reference}", "posted")
