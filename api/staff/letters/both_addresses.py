"""Both addresses, shown for a reason to the manager who decides whether a letter may go there."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from api.guards.session import Visit
from api.staff import forms, pages
from api.staff.fields import Entry, Field
from api.staff.forms import Form, FormPage
from vcs.access.reading.looks import told_about
from vcs.post.addresses.both_addresses import REASON, reveal_for_letter
from vcs.post.reads import visible_letter

router = APIRouter()

WHY_BOTH = (
    Field(
        "reason",
        "Why do you need to see both addresses?",
        "radios",
        required="Select why you need to see them",
        options={REASON: "To decide whether this letter may go there"},
    ),
)

LEAD = (
    "Where a victim can be found must not reach the offender.",
    "That you looked, when, and why is kept.",
)


def _check(visit: Visit, reference: str) -> None:
    with visit.app.db.reading() as session:
        visible_letter(session, reference, visit.officer)


def _page(visit: Visit, reference: str) -> FormPage:
    _check(visit, reference)
    return FormPage(
        "Show both addresses",
        action=f"/letters/{reference}/addresses",
        button="Show both addresses",
        back=f"/letters/{reference}",
        caption=reference,
        lead=LEAD,
    )


LOOK = Form(WHY_BOTH, _page, check=_check)


@forms.serve_look(router, "/letters/{reference}/addresses", LOOK)
def show_both(visit: Visit, entry: Entry, reference: str) -> Response:
    """Show a victim's address and the court's side by side, with the reason kept in the trail."""
    with visit.app.db.writing() as session:
        work = visit.work(session)
        found = reveal_for_letter(work, reference, entry.typed["reason"])
        told = told_about(work)
    return pages.render(
        visit.request,
        "letters/addresses.html",
        title="Both addresses",
        at=f"/letters/{reference}",
        found=found,
        reason=entry.typed["reason"],
        told_about=told,
    )
