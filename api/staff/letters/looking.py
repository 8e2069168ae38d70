"""Looking at a letter: its page shows no address; the letter, preview and PDF need a reason."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from api.guards.session import Posted, Visiting
from api.staff import forms
from api.staff.fields import read
from api.staff.letters.view import LOOK, Looked, letter_page, letter_shown, look_at
from letters import LetterRefused
from vcs.access.reading.looks import told_about
from vcs.errors import Conflict, NeedsReason
from vcs.post import opening
from vcs.post.gate import LetterHeld

router = APIRouter()

_SAY_WHY = (
    "This address shows where a victim lives, so it opens only from the page of the letter. Open "
    "that page, say why you need the letter, and open it from there."
)


class MustNotBePrinted(Conflict):
    """An approved letter that may not be posted now."""

    title = "This letter must not be printed or posted"


@router.get("/letters/{reference}.pdf")
@router.get("/letters/{reference}/preview.pdf")
def without_a_reason(reference: str) -> Response:
    """Refuse: a GET writes nothing, and nobody sees an address unrecorded."""
    del reference
    raise NeedsReason(_SAY_WHY)


@router.post("/letters/{reference}.pdf")
def letter_pdf(visit: Visiting, reference: str, form: Posted) -> Response:
    """Return the PDF of an approved letter, if it may still be posted."""
    entry = read(LOOK, form)
    if entry.errors:
        return letter_page(visit, reference, entry)
    with visit.app.db.writing() as session:
        opened = opening.open_for_printing(visit.work(session), reference, entry.typed["reason"])
    forms.forget_shown(visit)
    if opened.pdf is None:
        raise MustNotBePrinted(" ".join(opened.why_not))
    return _pdf(opened.pdf, reference)


@router.post("/letters/{reference}/preview.pdf")
def preview(visit: Visiting, reference: str, form: Posted) -> Response:
    """Return the PDF as it would be printed today. Only the look is recorded."""
    entry = read(LOOK, form)
    if entry.errors:
        return letter_page(visit, reference, entry)
    with visit.app.db.writing() as session:
        look = look_at(visit, session, reference)
        if look.page.letter.approved_at is not None:
            raise Conflict("This letter was approved already. Open its PDF from its page.")
        if look.holds:
            raise LetterHeld(look.holds)
        if look.contents is None:
            raise LetterRefused(look.refused)
        opening.note_look(visit.work(session), reference, entry.typed["reason"])
    forms.forget_shown(visit)
    return _pdf(visit.app.renderer.letter(look.contents).pdf, f"{reference}-preview")


@router.get("/letters/{reference}")
def letter(visit: Visiting, reference: str) -> Response:
    """Show a letter's status and what stops it, without its address."""
    at = f"/letters/{reference}"
    kept = (forms.given_back(visit, LOOK, path) for path in (at, f"{at}.pdf", f"{at}/preview.pdf"))
    return letter_page(visit, reference, next(filter(None, kept), None))


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
    forms.forget_shown(visit)
    return letter_shown(visit, looked, Looked(reason, told))


def _pdf(pdf: bytes, name: str) -> Response:
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"'}
    return Response(pdf, media_type="application/pdf", headers=headers)
