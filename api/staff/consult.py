"""How a probation practitioner consults a victim liaison unit: one answer, for every case.

Whether there is a victim is nobody's to learn here. The reference is read for its form and never
looked up, so that neither the page nor the time it takes can differ from case to case.
"""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from api.guards.session import Visit
from api.staff import forms, pages
from api.staff.fields import Entry, Field
from api.staff.forms import Form, FormPage
from vcs.access.reads import units_to_consult
from vcs.consultations.ask import NOT_A_REFERENCE, is_reference
from vcs.consultations.kinds import LEAD, STEPS
from vcs.errors import NotValid

router = APIRouter()

_REFERENCE = (
    Field(
        "reference",
        "The offender’s CRN, PNC or URN",
        hint="For example X123456, 2020/1234567A or 13AB1234526",
        required="Enter the offender’s CRN, PNC or URN",
        longest=40,
        width="govuk-input--width-20",
    ),
)


def _page(visit: Visit) -> FormPage:
    del visit
    return FormPage(
        "Consult a victim liaison unit",
        action="/consult",
        button="Continue",
        lead=(
            "Before a decision about somebody in custody, or on licence, that a victim may want "
            "to be heard on.",
            "The answer is the same for everybody in custody. It says nothing about whether there "
            "is a victim.",
        ),
    )


ASK = Form(_REFERENCE, _page)


def ask_how_to_consult(visit: Visit) -> Response:
    """Show the form: a practitioner's first page."""
    return forms.ask(visit, ASK)


@forms.serve_look(router, "/consult", ASK)
def how_to_consult(visit: Visit, entry: Entry) -> Response:
    """Say how a unit is consulted: the same words for every reference."""
    if not is_reference(entry.typed["reference"]):
        raise NotValid("Check the reference.", {"reference": NOT_A_REFERENCE})
    with visit.app.db.reading() as session:
        units = units_to_consult(session, visit.officer)
    return pages.render(
        visit.request,
        "consult/units.html",
        title="How to consult the unit",
        units=units,
        lead=LEAD,
        steps=STEPS,
    )
