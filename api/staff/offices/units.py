"""The victim liaison units, as letters name them."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.guards.session import App, Visit
from api.staff import forms, pages
from api.staff.fields import Entry, Field
from api.staff.forms import Form, FormPage
from vcs.access import accounts
from vcs.access.accounts import UnitEntry
from vcs.access.records import Unit
from vcs.access.work import Work
from vcs.errors import NotFound
from vcs.intake.regions import REGIONS

router = APIRouter()

_REGIONS = {region.code: region.name for region in REGIONS}

UNIT = (
    Field("name", "Name of the unit", required="Enter the name of the unit"),
    Field("email", "Email address", "email", required="Enter the unit's email", longest=254),
    Field("phone", "Telephone number", "tel", longest=40, width="govuk-input--width-20"),
    Field("address", "Address for replies", "lines", hint="One line for each part", longest=500),
)


@router.get("/units")
def list_units(request: Request, app: App) -> Response:
    """List the regions, each with its unit as letters name it."""
    with app.db.reading() as session:
        units = {code: session.get(Unit, code) for code in _REGIONS}
    return pages.render(request, "units/units.html", title="Units", regions=_REGIONS, units=units)


def _page(visit: Visit, region_code: str) -> FormPage:
    if region_code not in _REGIONS:
        raise NotFound("There is no such region.")
    with visit.app.db.reading() as session:
        unit = session.get(Unit, region_code)
    return FormPage(
        f"The victim liaison unit of {_REGIONS[region_code]}",
        action=f"/units/{region_code}",
        button="Save the unit",
        back="/units",
        lead=("Letters to victims name the unit in these words.",),
        typed={field.name: getattr(unit, field.name) for field in UNIT} if unit else {},
    )


UNIT_OF_A_REGION = Form(UNIT, _page)


@forms.serve(router, "/units/{region_code}", UNIT_OF_A_REGION)
def save_unit(work: Work, entry: Entry, region_code: str) -> str:
    """Save how letters name a unit."""
    unit = UnitEntry(region_code=region_code, **entry.typed)
    accounts.save_unit(work.session, work.actor, unit, work.now)
    return pages.after("/units", "unit-saved")
