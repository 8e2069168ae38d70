"""The letters that wait to be looked at."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from api.guards.session import Visiting
from api.staff import pages
from api.staff.lists import ListPage
from vcs.post.batches.unprinted import unprinted
from vcs.post.drafts.waiting import waiting_letters
from vcs.post.others.reads import how_many_to_others

router = APIRouter()


@router.get("/letters")
def waiting(visit: Visiting, page: ListPage) -> Response:
    """List the drafts of an officer's referrals, or of a region, each with what it is for."""
    with visit.app.db.reading() as session:
        who, now = visit.officer, visit.app.now()
        found = waiting_letters(session, visit.app.sealer, who, now, page)
        no_print = unprinted(session, who, who.region_code)
        to_partners = how_many_to_others(session, who)
    return pages.render(
        visit.request,
        "letters/waiting.html",
        title="Letters to look at",
        found=found,
        no_print=no_print,
        to_partners=to_partners,
    )
