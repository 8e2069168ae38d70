"""Finding a sentence by its case reference. What is typed is in no address."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from api.guards.session import Visit
from api.staff import forms
from api.staff.fields import Entry, Field
from api.staff.forms import Form, FormPage
from vcs.referrals.of_case import SentenceOfCase, sentences_of_case

router = APIRouter()

_CASE = Field(
    "case",
    "Case reference",
    hint="The police reference (URN) or the court’s own, for example 13EX0000126",
    required="Enter the case reference",
    longest=60,
    width="govuk-input--width-20",
)


def _page(visit: Visit) -> FormPage:
    return _with(None)


def _with(found: tuple[SentenceOfCase, ...] | None) -> FormPage:
    return FormPage(
        "Find a sentence",
        action="/sentences",
        button="Find",
        lead=(
            "Any sentence of a case in your region that a court has told us of, referred or not.",
        ),
        template="sentences/find.html",
        more={"found": found},
    )


FIND = Form((_CASE,), _page)


@forms.serve_look(router, "/sentences", FIND)
def find(visit: Visit, entry: Entry) -> Response:
    """List the sentences of a case."""
    app = visit.app
    with app.db.reading() as session:
        found = sentences_of_case(session, app.sealer, visit.officer, entry.typed["case"])
    return _with(found).show(visit.request, (_CASE,), entry)
