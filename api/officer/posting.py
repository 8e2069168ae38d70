"""Recording that an approved letter was posted."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from api.door import Door
from api.officer import forms, pages
from api.officer.forms import Entry, Field
from api.security import Posted, TheDoor, Who
from vcs import worklists
from vcs.casework import posting
from vcs.casework.actors import Actor, Work

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
def posted_page(request: Request, reference: str, here: TheDoor, who: Who) -> Response:
    """Ask when a letter was posted."""
    return _form(request, _page(here, who, reference))


@router.post("/letters/{reference}/posted")
def posted(request: Request, reference: str, here: TheDoor, who: Who, form: Posted) -> Response:
    """Record the day, and go back to the referral."""
    entry = forms.read(POSTED, form)
    page = _page(here, who, reference)

    def act(session: Session) -> str:
        work = Work(session, here.sealer, who, here.now())
        posting.record_posted(work, reference, entry.day("posted_on"))
        return pages.after(f"/referrals/{page.referral_reference}", "posted")

    return forms.submit(here, entry, act, lambda e: _form(request, page, entry, e))


def _page(here: Door, who: Actor, reference: str) -> worklists.LetterPage:
    with here.db.reading() as session:
        return worklists.letter_page(session, here.sealer, who, reference)


def _form(
    request: Request,
    page: worklists.LetterPage,
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
