"""The list of sentences that one telephone call would make eligible."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from api.guards.session import Visiting
from api.staff import pages
from api.staff.lists import ListPage
from vcs.referrals.questions.one_call import one_call_away

router = APIRouter(include_in_schema=False)


@router.get("/tasks/one-call")
def one_call(visit: Visiting, page: ListPage) -> Response:
    """List what one answered question would settle, the earliest due first."""
    with visit.app.db.reading() as session:
        found = one_call_away(session, visit.officer, visit.app.today, page)
    return pages.render(
        visit.request, "tasks/one_call.html", title="One call from eligible", found=found
    )
