"""Samples for an inspector: drawn by a manager or head, read one referral at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from fastapi import APIRouter
from sqlmodel import Session
from starlette.responses import Response

from api.guards.session import Visit, Visiting
from api.staff import checked, forms, pages, words
from api.staff.fields import Entry, Field
from api.staff.forms import Form, FormPage
from api.staff.referrals.timeline import timeline
from api.staff.referrals.view import ReferralView, referral_page
from vcs.access.rules import Act, may, require_may
from vcs.access.work import Work
from vcs.errors import NotValid
from vcs.referrals.inspection.draw import LARGEST, SampleEntry, draw_sample, inspectors
from vcs.referrals.inspection.look import note_inspected
from vcs.referrals.inspection.reads import sample_page, samples
from vcs.referrals.reads import visible_referral
from vcs.victims.contact_reads import contacts_with
from vcs.victims.reads import victims_of

router = APIRouter()


@router.get("/inspections")
def inspections(visit: Visiting) -> Response:
    """List the samples drawn for an inspector, or in a region."""
    return list_samples(visit)


def list_samples(visit: Visit) -> Response:
    """Show the samples: an inspector's first page."""
    with visit.app.db.reading() as session:
        found = samples(session, visit.officer, visit.app.today)
    return pages.render(
        visit.request,
        "inspections/list.html",
        title="Inspection samples",
        found=found,
        may_draw=may(visit.officer, Act.DRAW_SAMPLE),
    )


def _fields(visit: Visit) -> tuple[Field, ...]:
    require_may(visit.officer, Act.DRAW_SAMPLE)
    with visit.app.db.reading() as session:
        people = {str(one): name for one, name in inspectors(session).items()}
    return (
        Field(
            "account_id",
            "Which inspector?",
            "select",
            required="Select an inspector",
            options=people,
        ),
        Field(
            "size",
            "How many referrals?",
            required=f"Enter a number from 1 to {LARGEST}",
            longest=3,
            width="govuk-input--width-3",
            hint=f"At most {LARGEST}",
        ),
        Field(
            "from_on", "First day on which they were opened", "date", required="Enter the first day"
        ),
        Field("to_on", "Last day", "date", required="Enter the last day"),
    )


def _page(visit: Visit) -> FormPage:
    del visit
    return FormPage(
        "Draw a sample for an inspector",
        action="/inspections/new",
        back="/inspections",
        lead=(
            "Referrals of your region are drawn at random, once. A sample cannot be drawn again "
            "or changed: you can only draw a further one, and the inspector sees both.",
        ),
    )


def _means(visit: Visit, entry: Entry) -> list[str]:
    del visit, entry
    return [
        "The referrals are drawn when you send this. The inspector reads them for 90 days, without "
        "names or addresses, and each that they open is recorded.",
    ]


DRAW = Form(_fields, _page)


@checked.serve(router, "/inspections/new", DRAW, "Draw the sample", _means)
def draw(work: Work, entry: Entry) -> str:
    """Draw a sample."""
    size = entry.typed["size"]
    if not (size.isascii() and size.isdigit()):
        words_of_size = f"Enter a number from 1 to {LARGEST}"
        raise NotValid(words_of_size + ".", {"size": words_of_size})
    asked = SampleEntry(
        int(entry.typed["account_id"]), int(size), entry.day("from_on"), entry.day("to_on")
    )
    sample = draw_sample(work, asked)
    return pages.after(f"/inspections/{sample.reference}", "sample-drawn")


@router.get("/inspections/{sample}")
def one_sample(visit: Visiting, sample: str) -> Response:
    """List the referrals of one sample."""
    with visit.app.db.reading() as session:
        found = sample_page(session, visit.officer, sample, visit.app.today)
    return pages.render(
        visit.request,
        "inspections/sample.html",
        title="Sample",
        found=found,
        may_inspect=may(visit.officer, Act.INSPECT),
    )


def _open_page(visit: Visit, sample: str, reference: str) -> FormPage:
    with visit.app.db.reading() as session:
        sample_page(session, visit.officer, sample, visit.app.today)
    return FormPage(
        "Read a referral of the sample",
        action=f"/inspections/{sample}/{reference}",
        button="Open it",
        back=f"/inspections/{sample}",
        caption=reference,
        lead=("That you opened it, and when, is recorded. It has no names and no addresses.",),
    )


OPEN = Form((), _open_page)


@forms.serve_look(router, "/inspections/{sample}/{reference}", OPEN)
def read_referral(visit: Visit, entry: Entry, sample: str, reference: str) -> Response:
    """Show the chronology of a referral, once the look is kept."""
    del entry
    with visit.app.db.writing() as session:
        note_inspected(visit.work(session), sample, reference)
        view = _without_names(visit, session, reference)
    return pages.render(
        visit.request,
        "inspections/chronology.html",
        title=f"Referral {reference}",
        sample=sample,
        view=view,
        events=[*_events(view)],
        line=timeline(view, visit.app.today),
    )


def _without_names(visit: Visit, session: Session, reference: str) -> ReferralView:
    """Return a referral with a number for each person, and nothing of what anybody said."""
    app = visit.app
    view = referral_page(session, app.sealer, visit.officer, reference, app.today)
    victims = victims_of(session, visible_referral(session, visit.officer, reference).id)
    contacts = contacts_with(session, app.sealer, [one.id for one in victims], {})
    numbered = (
        replace(one, name=f"Person {n}", contacts=tuple(contacts.get(victims[n - 1].id, ())))
        for n, one in enumerate(view.victims, start=1)
    )
    return replace(view, victims=tuple(numbered), notes=(), proposal=None, refusal=None)


def _events(view: ReferralView) -> Iterator[tuple[str, str]]:
    """Yield what the trail has of a referral, the earliest first: when, and what."""
    for line in reversed(view.history):
        yield words.moment(line.at), words.EVENTS.get(line.event, line.event)
