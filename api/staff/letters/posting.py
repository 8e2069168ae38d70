"""Recording that an approved letter was posted."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from api.guards.session import Posted, Visit, Visiting
from api.staff import forms, pages
from api.staff.forms import Entry, Field
from vcs.access.work import Work
from vcs.post import posting
from vcs.post.reads import LetterPage, letter_page

router = APIRouter()

POSTED = (
    Field(
        "posted_on",
        "When was the letter posted?",
        "date",
        hint="The day on which it left the office, for example 20 3 2026",
        required="Enter the day on which the letter was posted",
    ),
)


@router.get("/letters/{reference}/posted")
def posted_page(visit: Visiting, reference: str) -> Response:
    """Ask when a letter was posted."""
    return _form(visit.request, _page(visit, reference))


@router.post("/letters/{reference}/posted")
def posted(visit: Visiting, reference: str, form: Posted) -> Response:
    """Record the day, and go back to the referral."""
    entry = forms.read(POSTED, form)
    page = _page(visit, reference)

    def act(session: Session) -> str:
        work = Work(session, visit.app.sealer, visit.officer, visit.app.now())
        posting.record_posted(work, reference, entry.day("posted_on"))
        return pages.after(f"/referrals/{page.referral_reference}", "posted")

    return forms.submit(visit.app, entry, act, lambda e: _form(visit.request, page, entry, e))


def _page(visit: Visit, reference: str) -> LetterPage:
    with visit.app.db.reading() as session:
        return letter_page(session, visit.app.sealer, visit.officer, reference)


def _form(
    request: Request,
    page: LetterPage,
    entry: Entry | None = None,
    errors: Mapping[str, str] | None = None,
) -> Response:
    return forms.show(
        request,
        "Record that this letter was posted",
        POSTED,
        entry=entry,
        errors=errors,
        caption=f"{page.letter.reference}, to {page.victim.name}",
        lead=(
            "Only a letter that was approved can be posted. Posting the first letter counts as "
            "first contact; approving it does not.",
        ),
        action=f"/letters/{page.letter.reference}/posted",
        button="Record it",
        back=f"/referrals/{page.referral_reference}",
    )
