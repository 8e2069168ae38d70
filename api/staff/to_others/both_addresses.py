"""Both addresses, shown to the manager who decides whether a letter may hand one of them over."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from api.guards.session import Visit
from api.staff import forms, pages
from api.staff.fields import Entry
from api.staff.forms import Form, FormPage
from api.staff.letters.both_addresses import LEAD, WHY_BOTH
from vcs.access.reading.looks import told_about
from vcs.post.others.find import visible_letter
from vcs.post.others.opening import reveal_for_other

router = APIRouter()


def _check(visit: Visit, reference: str) -> None:
    with visit.app.db.reading() as session:
        visible_letter(session, visit.officer, reference)


def _page(visit: Visit, reference: str) -> FormPage:
    _check(visit, reference)
    return FormPage(
        "Show both addresses",
        action=f"/letters-to-others/{reference}/addresses",
        button="Show both addresses",
        back=f"/letters-to-others/{reference}",
        caption=reference,
        lead=LEAD,
    )


LOOK_FOR_OTHER = Form(WHY_BOTH, _page, check=_check)


@forms.serve_look(router, "/letters-to-others/{reference}/addresses", LOOK_FOR_OTHER)
def show_both(visit: Visit, entry: Entry, reference: str) -> Response:
    """Show a victim's address and the court's side by side, with the reason kept in the trail."""
    with visit.app.db.writing() as session:
        work = visit.work(session)
        found = reveal_for_other(work, reference, entry.typed["reason"])
        told = told_about(work)
    return pages.render(
        visit.request,
        "letters/addresses.html",
        title="Both addresses",
        at=f"/letters-to-others/{reference}",
        found=found,
        reason=entry.typed["reason"],
        told_about=told,
    )
