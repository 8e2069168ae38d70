"""How a probation practitioner consults a victim liaison unit: one answer, for every case.

Whether there is a victim is nobody's to learn here. The question is kept and its reference looked
up later by the scheduler, so that neither the page nor the time it takes can differ from case to
case. What may be used of a victim's requests follows on a page of its own, once a unit sent it.
"""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from api.guards.session import Visit, Visiting
from api.staff import forms, pages
from api.staff.fields import Entry, Field
from api.staff.forms import Form, FormPage
from vcs.access.reads import units_to_consult
from vcs.consultations.ask import LONGEST_NAME, LONGEST_WORDS, Asked, ask_as_person
from vcs.consultations.kinds import KIND_WORDS, LEAD, NO_ANSWER, STEPS
from vcs.consultations.reads import own_answer, own_questions

router = APIRouter()

_QUESTION = (
    Field(
        "reference",
        "The offender’s CRN, PNC or URN",
        hint="For example X123456, 2020/1234567A or 13AB1234526",
        required="Enter the offender’s CRN, PNC or URN",
        longest=40,
        width="govuk-input--width-20",
    ),
    Field(
        "offender",
        "The offender’s name",
        hint="With a URN: whom do you mean of those who were sentenced in that case?",
        longest=LONGEST_NAME,
    ),
    Field("born_on", "The offender’s date of birth", "date"),
    Field(
        "kind",
        "What is to be decided?",
        "select",
        required="Select what is to be decided",
        options={str(kind): text.capitalize() for kind, text in KIND_WORDS.items()},
    ),
    Field(
        "about",
        "What should the unit know?",
        "lines",
        hint="Say nothing that names a victim",
        longest=LONGEST_WORDS,
    ),
    Field("decision_on", "When will it be decided?", "date"),
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


ASK = Form(_QUESTION, _page)


def ask_how_to_consult(visit: Visit) -> Response:
    """Show the form: a practitioner's first page."""
    return forms.ask(visit, ASK)


@forms.serve_look(router, "/consult", ASK)
def how_to_consult(visit: Visit, entry: Entry) -> Response:
    """Keep the question, and say how a unit is consulted: the same words for every reference."""
    typed = entry.typed
    asked = Asked(
        typed["reference"],
        typed["kind"],
        typed["about"],
        entry.day_if_any("decision_on"),
        typed["offender"],
        entry.day_if_any("born_on"),
    )
    with visit.app.db.writing() as session:
        kept = ask_as_person(visit.work(session), asked)
        units = units_to_consult(session, visit.officer)
    return pages.render(
        visit.request,
        "consult/units.html",
        title="How to consult the unit",
        units=units,
        lead=LEAD,
        steps=STEPS,
        answer_by=kept.answer_by,
    )


@router.get("/consult/asked")
def asked_before(visit: Visiting) -> Response:
    """List what this person asked. Whether there was an answer is on the page of each."""
    with visit.app.db.reading() as session:
        found = own_questions(session, visit.app.sealer, visit.officer)
    return pages.render(visit.request, "consult/asked.html", title="What you asked", found=found)


@router.get("/consult/asked/{receipt}")
def answer(visit: Visiting, receipt: str) -> Response:
    """Show what may be used of what victims ask for; without it, the words for no answer."""
    with visit.app.db.reading() as session:
        question, found = own_answer(session, visit.app.sealer, visit.officer, receipt)
    return pages.render(
        visit.request,
        "consult/answer.html",
        title="What the unit answered",
        question=question,
        requests=found.requests,
        no_answer=NO_ANSWER,
    )
