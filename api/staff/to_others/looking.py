"""Looking at letters to partners: the list, one letter, its preview and its PDF."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from api.guards.session import Posted, Visit, Visiting
from api.staff import forms, pages
from api.staff.fields import read
from api.staff.letters import opened
from api.staff.lists import ListPage
from api.staff.to_others.view import LOOK, look_at_other, other_shown, other_whole
from letters.catalogue import Contents
from letters.render import RenderedLetter
from vcs.errors import NeedsReason
from vcs.post.others.opening import note_look_at_other, open_other
from vcs.post.others.reads import LATELY, letters_to_others, withdrawn_lately

router = APIRouter()

_SAY_WHY = (
    "This letter opens only from its page, for a reason that is kept. Open that page, say why you "
    "need the letter, and open it from there."
)


def _previewed(visit: Visit, reference: str, contents: Contents) -> RenderedLetter:
    del reference
    return visit.app.renderer.preview(contents)


TO_OTHERS = opened.Opener(
    LOOK,
    other_shown,
    look_at_other,
    open_other,
    note_look_at_other,
    _previewed,
)


@router.get("/letters-to-others")
def waiting(visit: Visiting, page: ListPage) -> Response:
    """List the letters to partners that have not left, and those withdrawn of late."""
    app = visit.app
    with app.db.reading() as session:
        found = letters_to_others(session, app.sealer, visit.officer, app.now(), page)
        gone = withdrawn_lately(session, app.sealer, visit.officer, app.now())
    return pages.render(
        visit.request,
        "to_others/list.html",
        title="Letters to partners",
        found=found,
        gone=gone,
        days=LATELY.days,
    )


@router.get("/letters-to-others/{reference}.pdf")
@router.get("/letters-to-others/{reference}/preview.pdf")
def without_a_reason(reference: str) -> Response:
    """Refuse: a GET writes nothing, and a letter may hold an address."""
    del reference
    raise NeedsReason(_SAY_WHY)


@router.post("/letters-to-others/{reference}.pdf")
def letter_pdf(visit: Visiting, reference: str, form: Posted) -> Response:
    """Return the PDF of an approved letter, if it may still be posted."""
    return opened.pdf(TO_OTHERS, visit, reference, form)


@router.post("/letters-to-others/{reference}/preview.pdf")
def preview(visit: Visiting, reference: str, form: Posted) -> Response:
    """Return the PDF as it would be printed today, marked as a preview on each page."""
    return opened.preview(TO_OTHERS, visit, reference, form)


@router.get("/letters-to-others/{reference}")
def letter(visit: Visiting, reference: str) -> Response:
    """Show a letter's status and what stops it, without what it says."""
    at = f"/letters-to-others/{reference}"
    before = forms.given_back(visit, LOOK, at, f"{at}.pdf", f"{at}/preview.pdf")
    return other_shown(visit, reference, before)


@router.post("/letters-to-others/{reference}")
def look(visit: Visiting, reference: str, form: Posted) -> Response:
    """Show what the letter says; the reason is recorded first."""
    entry = read(LOOK, form)
    if entry.errors:
        return other_shown(visit, reference, entry)
    with visit.app.db.writing() as session:
        note_look_at_other(visit.work(session), reference, entry.typed["reason"])
    forms.forget_shown(visit)
    return other_whole(visit, reference, entry.typed["reason"])
