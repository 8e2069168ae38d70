"""Who opened many people's details, what they opened, and lifting the limit for somebody."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from api.guards.session import Visit, Visiting
from api.staff import forms, pages
from api.staff.fields import Entry, Field
from api.staff.forms import Form, FormPage
from vcs.access.reading.lifts import LONGEST_REASON, find_reader, lift_limit
from vcs.access.reading.reads import unusual_readings
from vcs.access.work import Work
from vcs.errors import NotFound
from vcs.referrals.looks import looks_of

router = APIRouter(include_in_schema=False)

Before = Annotated[int | None, Query(ge=1, le=2**53)]

_MOST = 2**31 - 1

_DIGITS = len(str(_MOST))

_REASON = (
    Field(
        "reason",
        "Why do they need to open more?",
        "lines",
        hint="Do not name a victim. Another manager must be able to follow your reason",
        required="Enter why they need to open more",
        longest=LONGEST_REASON,
    ),
)


@router.get("/reading")
def unusual_reading(visit: Visiting) -> Response:
    """List who opened the details of many people, the newest first."""
    with visit.app.db.reading() as session:
        found = unusual_readings(session, visit.officer, visit.app.now())
    return pages.render(visit.request, "reading/unusual.html", title="Unusual reading", found=found)


@router.get("/reading/{account_id}")
def looks_of_reader(
    visit: Visiting, account_id: Annotated[int, Path(ge=1, le=_MOST)], before: Before = None
) -> Response:
    """List what one member of staff opened, of the referrals that this person may see."""
    with visit.app.db.reading() as session:
        found = looks_of(session, visit.officer, account_id, before)
    return pages.render(
        visit.request,
        "reading/looks.html",
        title=f"What {found.name} opened",
        back="/reading",
        at=f"/reading/{account_id}",
        looks=found.looks,
        of_reader=True,
    )


def _page(visit: Visit, account_id: str) -> FormPage:
    with visit.app.db.reading() as session:
        reader = find_reader(session, visit.officer, _number(account_id))
    return FormPage(
        "Lift the limit for one day",
        action=f"/reading/{account_id}/lift",
        button="Lift the limit",
        back="/reading",
        caption=reader.name,
        lead=(
            "For one day from now they can open more people’s details in an hour than anyone may.",
            "Each look is still recorded, and managers are told of many looks as before.",
        ),
    )


LIFT = Form(_REASON, _page)


@forms.serve(router, "/reading/{account_id}/lift", LIFT)
def lift(work: Work, entry: Entry, account_id: str) -> str:
    """Lift the limit for somebody, with a reason."""
    lift_limit(work, _number(account_id), entry.typed["reason"])
    return pages.after("/reading", "limit-lifted")


def _number(account_id: str) -> int:
    is_number = account_id.isascii() and account_id.isdigit() and len(account_id) <= _DIGITS
    if not (is_number and int(account_id) <= _MOST):
        raise NotFound("There is nothing at this address.")
    return int(account_id)
