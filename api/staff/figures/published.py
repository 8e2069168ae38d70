"""Figures that leave the building: as a PDF, kept as shown, and packs for commissioners."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter
from starlette.responses import Response

from api.commissioner_pack import PACK_FILES
from api.guards.session import Posted, Visit, Visiting
from api.staff import forms
from api.staff.fields import Entry, Field, read
from api.staff.figures import measures
from api.staff.figures.long_counts import counted_of_many
from api.staff.forms import Form, FormPage
from letters.papers.figures_paper import on_paper
from vcs.access.rules import Act, require_may
from vcs.access.work import Work
from vcs.errors import NotValid
from vcs.intake.regions import POLICE_AREAS
from vcs.measures.commissioner import Quarter, pack_of, quarters_before
from vcs.measures.counted import count_by_every_axis, publish_counted
from vcs.measures.disclosure.tallies import Axis
from vcs.measures.shown_before import figures_shown, is_remembered

router = APIRouter()


@router.get("/measures.pdf")
def measures_pdf(visit: Visiting, chosen: measures.Chosen) -> Response:
    """Give the measures to read, as one tagged PDF, and keep what it shows."""
    asked, figures = measures.found_to_take(visit, chosen)
    is_training = visit.app.settings.is_training
    title = "Measures of the Victim Contact Scheme"
    made = on_paper(title, figures.found, asked, is_training=is_training)
    return _file(made.pdf, "application/pdf", f"measures-{asked.from_on}-{asked.to_on}.pdf")


@router.post("/measures")
def keep_as_shown(visit: Visiting, chosen: measures.Chosen, posted: Posted) -> Response:
    """Keep the figures of a period as shown, so that a later change says when and why."""
    asked, by = measures.asked_by(visit, chosen), chosen.by or Axis.REGION
    if not is_remembered(asked):
        raise NotValid("Only whole months that are over can be kept as shown.")
    # Of many sentences it takes too long to have everybody who writes wait for it.
    counted = counted_of_many(visit, lambda one: count_by_every_axis(one, asked))

    def keep(work: Work) -> str:
        if counted is None:
            figures_shown(work.session, asked, by)
        else:
            publish_counted(work.session, asked, by, counted, work.now)
        work.note("figures.kept", f"measures:{asked.from_on}", str(asked.to_on))
        days = f"from={asked.from_on}&to={asked.to_on}"
        return f"/measures?{days}&by={by}&done=figures-kept"

    return forms.submit(visit, read((), posted), keep, lambda refused: _refused(refused))


def _refused(entry: Entry) -> Response:
    raise NotValid("; ".join(entry.errors.values()))


def _asked(visit: Visit) -> tuple[Field, ...]:
    require_may(visit.officer, Act.SEE_FIGURES)
    quarters = {one.name: one.name for one in quarters_before(visit.app.today)}
    return (
        Field(
            "area",
            "Which police area?",
            "select",
            required="Select a police area",
            options=POLICE_AREAS,
        ),
        Field(
            "quarter",
            "Which quarter?",
            "select",
            hint="Only quarters that are over",
            required="Select a quarter",
            options=quarters,
        ),
        Field(
            "ending", "As what?", "radios", required="Select as what you want it", options=_ENDINGS
        ),
    )


_ENDINGS: Final = {
    "pdf": "PDF, to read",
    "csv": "CSV, for a spreadsheet",
    "json": "JSON, for a program",
}


def _page(visit: Visit) -> FormPage:
    del visit
    return FormPage(
        "Pack for a police and crime commissioner",
        action="/commissioner-packs",
        button="Download the pack",
        back="/measures",
        lead=(
            "Every measure of a police area for a quarter, each beside its quality partner.",
            "Counts from 1 to 4 are withheld, and so are others that would give them away, in this "
            "pack or in any other of the same quarter. The figures are kept as shown: a pack that "
            "is made again later says what has changed.",
        ),
    )


PACK: Final = Form(_asked, _page)


@forms.serve_look(router, "/commissioner-packs", PACK)
def pack(visit: Visit, entry: Entry) -> Response:
    """Give a pack, and keep what it shows."""
    area, ending = entry.typed["area"], entry.typed["ending"]
    quarter = Quarter.named(entry.typed["quarter"], visit.app.today)
    with visit.app.db.writing() as session:
        found = pack_of(session, area, quarter, visit.app.today)
        visit.work(session).note("pack.made", f"area:{area}", quarter.name)
    media_type, make = PACK_FILES[ending]
    content = make(found, is_training=visit.app.settings.is_training)
    return _file(content, media_type, f"commissioner-{area}-{quarter.name}.{ending}")


def _file(content: bytes, media_type: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=media_type, headers=headers)
