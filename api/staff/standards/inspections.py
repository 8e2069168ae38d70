"""Samples for an inspector: drawn by a manager or head, read one case at a time."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter
from starlette.responses import Response

from api.guards.session import Visit, Visiting
from api.inspection_pack import ELIGIBLE_HEAD, Asked, eligible_row, is_gap, packed
from api.staff import checking, forms, pages
from api.staff.checking import Checked
from api.staff.fields import Entry, Field
from api.staff.files import csv_file
from api.staff.forms import Form, FormPage
from vcs.access.rules import Act, may, require_may
from vcs.access.work import Work
from vcs.errors import NotValid
from vcs.inspection.chronology import chronology
from vcs.inspection.look import note_inspected, note_listed, note_packed
from vcs.inspection.manual import KINDS, QUESTIONS
from vcs.inspection.reads import sample_page, samples, strata_of
from vcs.inspection.sample import LARGEST, LONGEST_SEED, SampleEntry, check, draw_sample, inspectors
from vcs.lists.certificate.signing import signer_of
from vcs.sentences.decisions import decision_card

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
        may_inspect=may(visit.officer, Act.INSPECT),
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
            "How many sentences?",
            required=f"Enter a number from 1 to {LARGEST}",
            width="govuk-input--width-3",
            hint=f"At most {LARGEST}",
        ),
        Field(
            "from_on", "First day on which they were passed", "date", required="Enter the first day"
        ),
        Field("to_on", "Last day", "date", required="Enter the last day"),
        Field(
            "seed",
            "Which seed did the inspector give?",
            hint="A word or number: the same one draws the same again. Leave blank if they gave "
            "none, and one is made up. The inspector sees it",
            longest=LONGEST_SEED,
            width="govuk-input--width-20",
        ),
    )


def _page(visit: Visit) -> FormPage:
    del visit
    return FormPage(
        "Draw a sample for an inspector",
        action="/inspections/new",
        back="/inspections",
        lead=(
            "Every eligible sentence of your region can be drawn, whether or not anybody was ever "
            "referred. A sample is drawn once and cannot be changed: you can only draw a further "
            "one, and the inspector sees both.",
        ),
    )


def _means(visit: Visit, entry: Entry) -> list[str]:
    del visit, entry
    return [
        "The sentences are drawn when you send this. The inspector reads them for 90 days, without "
        "names or addresses, and each that they open is recorded.",
    ]


def _check(visit: Visit, entry: Entry) -> None:
    with visit.app.db.reading() as session:
        check(session, _asked(entry), visit.app.today)


def _asked(entry: Entry) -> SampleEntry:
    """Return what was asked for. Raises NotValid where the size is no number."""
    size = entry.typed["size"]
    if not (size.isascii() and size.isdigit() and len(size) <= len(str(LARGEST))):
        words_of_size = f"Enter a number from 1 to {LARGEST}"
        raise NotValid(words_of_size + ".", {"size": words_of_size})
    days = entry.day("from_on"), entry.day("to_on")
    return SampleEntry(int(entry.typed["account_id"] or 0), int(size), *days, entry.typed["seed"])


DRAW = Checked(Form(_fields, _page), "Draw the sample", _check, means=_means)


@checking.serve(router, "/inspections/new", DRAW)
def draw(work: Work, entry: Entry) -> str:
    """Draw a sample."""
    sample = draw_sample(work, _asked(entry))
    return pages.after(f"/inspections/{sample.reference}", "sample-drawn")


@router.post("/inspections/eligible.csv")
def all_eligible(visit: Visiting) -> Response:
    """Give the list that samples are drawn from, by reference, once that is kept."""
    with visit.app.db.writing() as session:
        listed = note_listed(visit.work(session))
    rows = [eligible_row(one)[:-1] for one in listed]
    return csv_file.answer("eligible", ELIGIBLE_HEAD[:-1], lambda: iter(rows), len(rows))


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
        questions=QUESTIONS,
    )


@router.post("/inspections/{sample}/pack.zip")
def take_away(visit: Visiting, sample: str) -> Response:
    """Give a whole sample as a signed zip that opens without a network, once that is kept."""
    app = visit.app
    with app.db.writing() as session:
        seed, drawn = note_packed(visit.work(session), sample)
        asked = Asked(
            len(drawn),
            seed or sample,
            app.today,
            signer_of(session, app.settings),
            app.settings.is_training,
        )
        counted = strata_of(session, visit.officer, sample)
        made = packed(session, replace(counted, sentences=drawn), asked)
    headers = {"Content-Disposition": f'attachment; filename="inspection-{sample}.zip"'}
    return Response(made, media_type="application/zip", headers=headers)


def _open_page(visit: Visit, sample: str, reference: str) -> FormPage:
    with visit.app.db.reading() as session:
        sample_page(session, visit.officer, sample, visit.app.today)
    return FormPage(
        "Read a case of the sample",
        action=f"/inspections/{sample}/{reference}",
        button="Open it",
        back=f"/inspections/{sample}",
        caption=reference,
        lead=("That you opened it, and when, is recorded. It has no names and no addresses.",),
    )


OPEN = Form((), _open_page)


@forms.serve_look(router, "/inspections/{sample}/{reference}", OPEN)
def read_case(visit: Visit, entry: Entry, sample: str, reference: str) -> Response:
    """Show the chronology of a sentence, once the look is kept."""
    del entry
    with visit.app.db.writing() as session:
        sentence = note_inspected(visit.work(session), sample, reference)
        case = chronology(session, sentence.id, visit.app.today)
        card = decision_card(session, sentence.id)
    return pages.render(
        visit.request,
        "inspections/chronology.html",
        title=f"Case {reference}",
        sample=sample,
        case=case,
        decision=card,
        gap=is_gap,
        kinds=KINDS,
        questions=QUESTIONS,
    )
