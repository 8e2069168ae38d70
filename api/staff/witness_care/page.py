"""The short page of one sentence: what is wanted, what to say on the telephone, what to do."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from api.guards.session import Visiting
from api.staff import pages
from vcs.access.kept_forms import drafts_of
from vcs.partners.people.page_reads import short_page

router = APIRouter()


@router.get("/witness-care/{reference}")
def sentence_in_short(visit: Visiting, reference: str) -> Response:
    """Show one sentence, without addresses: a mail may lead here, and its address names nobody."""
    app = visit.app
    with app.db.reading() as session:
        view = short_page(session, app.sealer, visit.officer, reference, app.today)
        drafts = drafts_of(session, visit.officer.account_id, app.now())
    return pages.render(
        visit.request,
        "witness_care/page.html",
        title=f"Sentence of {view.sentence.offender_name}",
        view=view,
        draft_at=drafts.get(f"/referrals/{view.reference}/victims/new"),
    )
