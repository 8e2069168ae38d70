"""Early referrals for our own people: which wait, since when, and what was sent, with a reason."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.guards.session import Posted, Visiting
from api.staff import forms, pages
from api.staff.forms import Entry, Field
from api.staff.worklist import PAGE_SIZE, PageNumber
from vcs.partners.deciding import reveal_request
from vcs.partners.early_reads import early_counts, early_requests
from vcs.partners.keeping import LONGEST_WAIT

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
def early_referrals(visit: Visiting, page: PageNumber = 1) -> Response:
    """List the requests that wait for a sentence or a person, the oldest first."""
    with visit.app.db.reading() as session:
        counts = early_counts(session, visit.officer, visit.app.today)
        found = early_requests(session, visit.officer, visit.app.today, page=page, size=PAGE_SIZE)
    return pages.render(
        visit.request,
        "worklists/early.html",
        title="Early referrals",
        counts=counts,
        found=found,
        longest=LONGEST_WAIT,
    )


@router.get("/early-referrals/{receipt}")
def ask_why(request: Request, receipt: str) -> Response:
    """Ask why what was sent is needed."""
    return _reason_form(request, receipt)


@router.post("/early-referrals/{receipt}")
def show_request(visit: Visiting, receipt: str, form: Posted) -> Response:
    """Show what was sent, with the reason kept in the trail."""
    entry = forms.read(_REASON, form)
    if entry.errors:
        return _reason_form(visit.request, receipt, entry, entry.errors)
    with visit.app.db.writing() as session:
        asked = reveal_request(visit.work(session), receipt, entry.typed["reason"])
    told = asked.model_dump(mode="json", exclude_unset=True, exclude={"kind", "request_id"})
    return pages.render(
        visit.request,
        "worklists/request.html",
        title="What witness care sent",
        receipt=receipt,
        kind=asked.kind,
        told=told,
    )


def _reason_form(
    request: Request,
    receipt: str,
    entry: Entry | None = None,
    errors: Mapping[str, str] | None = None,
) -> Response:
    return forms.show(
        request,
        "Show what witness care sent",
        _REASON,
        entry=entry,
        errors=errors,
        lead=(
            "It may say where a victim can be found, which must not reach the offender.",
            "That you looked, when, and why is kept.",
        ),
        action=f"/early-referrals/{receipt}",
        button="Show it",
        back="/early-referrals",
    )
