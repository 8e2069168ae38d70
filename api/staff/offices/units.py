"""The victim liaison units, as letters name them."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.guards.session import App, Visit
from api.staff import forms, pages
from api.staff.both import SharedForm
from api.staff.fields import VERSION, Entry, Field
from api.staff.forms import FormPage
from vcs.access.accounts import UnitEntry, save_unit, unit_version
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
    VERSION,
)

_SHOWN = {field.name for field in UNIT if field is not VERSION}


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
    version = {VERSION.name: unit_version(unit)}
    return FormPage(
        f"The victim liaison unit of {_REGIONS[region_code]}",
        action=f"/units/{region_code}",
        button="Save the unit",
        back="/units",
        lead=("Letters to victims name the unit in these words.",),
        typed={**(unit.model_dump(include=_SHOWN) if unit else {}), **version},
    )


UNIT_OF_A_REGION = SharedForm(UNIT, _page)


@forms.serve(router, "/units/{region_code}", UNIT_OF_A_REGION)
def save(work: Work, entry: Entry, region_code: str) -> str:
    """Save how letters name a unit."""
    unit = UnitEntry(region_code, **{name: entry.typed[name] for name in _SHOWN})
    save_unit(work.session, work.actor, unit, work.now, entry.typed[VERSION.name])
    return pages.after("/units", "unit-saved")
