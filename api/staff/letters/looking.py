"""Looking at a letter: its page shows no address; the letter, preview and PDF need a reason."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from api.guards.session import Posted, Visiting
from api.staff import forms
from api.staff.fields import read
from api.staff.letters import opened
from api.staff.letters.making import previewed
from api.staff.letters.view import LOOK, Looked, letter_page, letter_shown, look_at
from vcs.access.reading.looks import told_about
from vcs.errors import NeedsReason
from vcs.post import opening
from vcs.post.drafts.beside import beside
from vcs.post.records import LetterStatus

router = APIRouter()

_SAY_WHY = (
    "This address shows where a victim lives, so it opens only from the page of the letter. Open "
    "that page, say why you need the letter, and open it from there."
)


TO_VICTIMS = opened.Opener(
    LOOK, letter_page, look_at, opening.open_for_printing, opening.note_look, previewed
)


@router.get("/letters/{reference}.pdf")
@router.get("/letters/{reference}/preview.pdf")
def without_a_reason(reference: str) -> Response:
    """Refuse: a GET writes nothing, and nobody sees an address unrecorded."""
    del reference
    raise NeedsReason(_SAY_WHY)


@router.post("/letters/{reference}.pdf")
def letter_pdf(visit: Visiting, reference: str, form: Posted) -> Response:
    """Return the PDF of an approved letter, if it may still be posted."""
    return opened.pdf(TO_VICTIMS, visit, reference, form)


@router.post("/letters/{reference}/preview.pdf")
def preview(visit: Visiting, reference: str, form: Posted) -> Response:
    """Return the PDF as it would be printed today. Only the look is recorded."""
    return opened.preview(TO_VICTIMS, visit, reference, form)


@router.get("/letters/{reference}")
def letter(visit: Visiting, reference: str) -> Response:
    """Show a letter's status and what stops it, without its address."""
    at = f"/letters/{reference}"
    before = forms.given_back(visit, LOOK, at, f"{at}.pdf", f"{at}/preview.pdf")
    return letter_page(visit, reference, before)


@router.post("/letters/{reference}")
def look(visit: Visiting, reference: str, form: Posted) -> Response:
    """Show the letter beside its facts; the reason is recorded first."""
    entry = read(LOOK, form)
    if entry.errors:
        return letter_page(visit, reference, entry)
    reason = entry.typed["reason"]
    with visit.app.db.writing() as session:
        work = visit.work(session)
        opening.note_look(work, reference, reason)
        looked, told = look_at(visit, session, reference), told_about(work)
        is_draft = looked.status is LetterStatus.DRAFT
        seen = Looked(reason, told, beside(work, reference) if is_draft else None)
    forms.forget_shown(visit)
    return letter_shown(visit, looked, seen)
