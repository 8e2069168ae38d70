"""Early referrals: which wait and since when; what witness care sent, shown for a reason."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from api.guards.session import Visit, Visiting
from api.staff import forms, pages
from api.staff.fields import Entry, Field
from api.staff.forms import Form, FormPage
from api.staff.lists import ListPage
from vcs.partners.deciding import reveal_request
from vcs.partners.early_reads import early_counts, early_requests
from vcs.partners.receiving.keeping import LONGEST_WAIT

router = APIRouter(include_in_schema=False)

_REASON = (
    Field(
        "reason",
        "Why do you need it?",
        "radios",
        required="Select why you need it",
        options={
            "to find the sentence": "To find the sentence that it is for",
            "to ask witness care": "To ask the witness care unit about it",
            "to check what was said": "To check what the victim is said to have said",
        },
    ),
)


@router.get("/early-referrals")
def early_referrals(visit: Visiting, page: ListPage) -> Response:
    """List the requests that wait for a sentence or a person, the oldest first."""
    with visit.app.db.reading() as session:
        counts = early_counts(session, visit.officer, visit.app.today)
        found = early_requests(session, visit.officer, visit.app.today, page)
    return pages.render(
        visit.request,
        "early_referrals/list.html",
        title="Early referrals",
        counts=counts,
        found=found,
        longest=LONGEST_WAIT,
    )


def _page(visit: Visit, receipt: str) -> FormPage:
    del visit
    return FormPage(
        "Show what witness care sent",
        action=f"/early-referrals/{receipt}",
        button="Show it",
        back="/early-referrals",
        lead=(
            "It may say where a victim can be found, which must not reach the offender.",
            "That you looked, when, and why is kept.",
        ),
    )


WHY = Form(_REASON, _page)


@forms.serve_look(router, "/early-referrals/{receipt}", WHY)
def show_request(visit: Visit, entry: Entry, receipt: str) -> Response:
    """Show what was sent, with the reason kept in the trail."""
    with visit.app.db.writing() as session:
        request = reveal_request(visit.work(session), receipt, entry.typed["reason"])
    details = request.model_dump(mode="json", exclude_unset=True, exclude={"kind", "request_id"})
    return pages.render(
        visit.request,
        "early_referrals/request.html",
        title="What witness care sent",
        receipt=receipt,
        kind=request.kind,
        details=details,
    )
