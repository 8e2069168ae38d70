"""The people of a referral: who each is, what they chose, and who tells them."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from api.guards.session import Visiting
from api.staff import pages
from vcs.victims.family.reads import family_of

router = APIRouter()


@router.get("/referrals/{reference}/family")
def family(visit: Visiting, reference: str) -> Response:
    """Show everybody, with who tells them, so that nobody is left out."""
    today = visit.app.today
    with visit.app.db.reading() as session:
        view = family_of(session, visit.app.sealer, visit.officer, reference, today)
    return pages.render(visit.request, "families/family.html", title="Family", view=view)
