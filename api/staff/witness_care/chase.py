"""Where each witness care unit reads its mail, and when it was last written to."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from api.guards.session import Visit, Visiting
from api.staff import forms, pages
from api.staff.both import SharedForm
from api.staff.fields import VERSION, Entry, Field
from api.staff.forms import FormPage
from vcs.access.work import Work
from vcs.errors import NotFound
from vcs.ledger.kept.figures import missing_by_area
from vcs.partners.chase.owe import save_mailbox
from vcs.partners.chase.reads import DAYS_BEFORE, MailboxRow, mailboxes

router = APIRouter()

_FIELDS = (
    Field("name", "Name of the unit", required="Enter the name of the unit"),
    Field(
        "email",
        "Email address of its shared mailbox",
        "email",
        hint="Leave blank to send it no emails",
        longest=254,
    ),
    VERSION,
)


@router.get("/witness-care-units")
def list_mailboxes(visit: Visiting) -> Response:
    """List every police area with its unit's mailbox, or that it has none."""
    with visit.app.db.reading() as session:
        found = mailboxes(session, missing_by_area(session))
    return pages.render(
        visit.request,
        "units/witness_care.html",
        title="Witness care units",
        found=found,
        lacking=[one for one in found if one.awaited and not one.email],
        days_before=DAYS_BEFORE,
    )


def _page(visit: Visit, area: str) -> FormPage:
    with visit.app.db.reading() as session:
        one: MailboxRow | None = next(
            (one for one in mailboxes(session) if one.police_area == area), None
        )
    if one is None:
        raise NotFound("There is no such police area.")
    return FormPage(
        f"The witness care unit of {one.area}",
        action=f"/witness-care-units/{area}",
        button="Save the mailbox",
        back="/witness-care-units",
        lead=("The unit gets at most one email each working day, with references and no names.",),
        typed={"name": one.name, "email": one.email, VERSION.name: one.version},
    )


MAILBOX = SharedForm(_FIELDS, _page)


@forms.serve(router, "/witness-care-units/{area}", MAILBOX)
def save(work: Work, entry: Entry, area: str) -> str:
    """Save where a unit reads its mail."""
    typed = entry.typed
    save_mailbox(work, area, typed["name"], typed["email"], typed[VERSION.name])
    return pages.after("/witness-care-units", "mailbox-saved")
