"""Letters that two people read, by the same four lines."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter
from starlette.responses import Response

from api.guards.session import Visit, Visiting
from api.staff import forms, pages
from api.staff.fields import Entry, Field
from api.staff.forms import Form, FormPage
from vcs.access.rules import Act, may
from vcs.access.work import Work
from vcs.errors import NotFound, NotValid
from vcs.quality.dip import LARGEST, DipEntry, draw_dip, read_letter
from vcs.quality.dip_reads import DipRow, dip_samples, dip_view
from vcs.quality.rubric import AGREE_ENOUGH, RUBRIC

router = APIRouter()


@router.get("/dip-samples")
def dips(visit: Visiting) -> Response:
    """List the samples of letters of one's region."""
    with visit.app.db.reading() as session:
        found = dip_samples(session, visit.officer)
    return pages.render(
        visit.request,
        "quality/dips.html",
        title="Letters read twice",
        found=found,
        may_draw=may(visit.officer, Act.DRAW_DIP),
    )


_DRAW: Final = (
    Field(
        "size",
        "How many letters?",
        required=f"Enter a number from 1 to {LARGEST}",
        longest=3,
        width="govuk-input--width-3",
    ),
    Field("from_on", "First day on which they were approved", "date", required="Enter the day"),
    Field("to_on", "Last day", "date", required="Enter the day"),
)


def _draw_page(visit: Visit) -> FormPage:
    del visit
    return FormPage(
        "Draw letters to be read twice",
        action="/dip-samples/new",
        button="Draw them",
        back="/dip-samples",
        lead=(
            "Letters of your region are drawn at random by a seed that is kept. Two people read "
            "each by the same four lines, and neither sees the other’s answer before.",
        ),
    )


DRAW_DIP: Final = Form(_DRAW, _draw_page)


@forms.serve(router, "/dip-samples/new", DRAW_DIP)
def new_dip(work: Work, entry: Entry) -> str:
    """Draw a sample of letters."""
    size = entry.typed["size"]
    if not (size.isascii() and size.isdigit()):
        raise NotValid("Not a number.", {"size": f"Enter a number from 1 to {LARGEST}"})
    asked = DipEntry(int(size), entry.day("from_on"), entry.day("to_on"))
    return pages.after(f"/dip-samples/{draw_dip(work, asked).reference}", "dip-drawn")


@router.get("/dip-samples/{dip}")
def one_dip(visit: Visiting, dip: str) -> Response:
    """Show a sample: what waits to be read, and what two readers found."""
    with visit.app.db.reading() as session:
        view = dip_view(session, visit.officer, dip)
    return pages.render(
        visit.request,
        "quality/dip.html",
        title="Letters read twice",
        view=view,
        enough=AGREE_ENOUGH,
    )


def _letter(visit: Visit, dip: str, place: str) -> DipRow:
    with visit.app.db.reading() as session:
        view = dip_view(session, visit.officer, dip)
    for row in view.rows:
        if row.letter_reference == place and row.may_read:
            return row
    raise NotFound("There is no such letter for you to read.")


def _read_page(visit: Visit, dip: str, place: str) -> FormPage:
    row = _letter(visit, dip, place)
    return FormPage(
        "Read a letter as a second person",
        action=f"/dip-samples/{dip}/{place}",
        button="Keep my reading",
        back=f"/dip-samples/{dip}",
        caption=row.letter_reference,
        template="quality/read.html",
        more={"row": row},
    )


_LINES: Final = tuple(
    Field(name, line, "radios", required="Select yes or no", options={"yes": "Yes", "no": "No"})
    for name, line in RUBRIC.items()
)

READ: Final = Form(_LINES, _read_page, check=_letter)


@forms.serve(router, "/dip-samples/{dip}/{place}", READ)
def read(work: Work, entry: Entry, dip: str, place: str) -> str:
    """Keep what one reader found."""
    met = frozenset(name for name in RUBRIC if entry.typed[name] == "yes")
    read_letter(work, dip, place, met)
    return pages.after(f"/dip-samples/{dip}", "dip-read")
