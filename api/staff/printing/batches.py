"""Print batches: made step by step, opened for the printer, recorded as left."""

from __future__ import annotations

import re
import shutil
import tempfile
import time
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import IO, Final

from fastapi import APIRouter
from starlette.responses import Response, StreamingResponse

from api.guards.session import Posted, Visit, Visiting
from api.print_batches import NOTHING_WAITS, Making, close_if_empty, fill_batch, write_to
from api.staff import forms, pages
from api.staff.fields import Entry, Field
from api.staff.forms import Form, FormPage
from vcs.access.rules import Act, require_may
from vcs.access.work import Work
from vcs.errors import Conflict
from vcs.post.batches import despatch, fill, reads
from vcs.post.batches.despatch import But, Left
from vcs.post.batches.kept import FOR_A_COLLEAGUE
from vcs.post.batches.made import note_opened
from vcs.post.batches.reads import BatchView, RowState
from vcs.post.batches.unprinted import unprinted
from vcs.post.posting import Despatch
from vcs.post.returned.near import tidy

router = APIRouter()

_SECONDS_OF_A_STEP: Final = 5.0

_MOST_ROWS: Final = 200

_CHUNK: Final = 1 << 20

_SEVERAL = re.compile(r"[\s,;]+")

LEFT = (
    Field(
        "left_on",
        "When did they leave?",
        "date",
        hint="The day on which they were handed to the post, for example 20 3 2026",
        required="Enter the day on which they left",
    ),
    Field(
        "stayed",
        "Which letters of the batch did not leave?",
        "lines",
        hint="Their references, one on each line. Leave blank if all of them left",
        longest=20_000,
    ),
    Field(
        "already_left",
        "Can they still be stopped?",
        "checkboxes",
        hint="If a letter may not leave any more, it is named, and not recorded as left",
        options={"yes": "No, they are in the post already"},
    ),
)

_ONE_ON_EACH_LINE: Final = "One on each line. Leave blank if all of them were taken out"

PULLED_AND_LEFT = Field(
    "pulled_and_left",
    "Which of the pulled letters left all the same?",
    "lines",
    longest=20_000,
)

NONE: tuple[Field, ...] = ()


@router.get("/print-batches")
def batches(visit: Visiting) -> Response:
    """List the batches of the region, and say how many letters wait for one."""
    who = visit.officer
    with visit.app.db.reading() as session:
        found = reads.batches(session, who)
        waiting = fill.waiting(session, who, who.region_code)
        by_email = unprinted(session, who, who.region_code)
    return pages.render(
        visit.request,
        "batches/list.html",
        by_email=by_email,
        title="Print batches",
        found=found,
        waiting=waiting,
        is_open=any(one.closed_at is None for one in found),
        by_notify=bool(visit.app.settings.notify_api_key),
        can_email=visit.app.settings.can_email,
        form_token=forms.new_token(),
    )


def _new_page(visit: Visit) -> FormPage:
    require_may(visit.officer, Act.PRINT_BATCH)
    return FormPage(
        "Make a print batch",
        action="/print-batches/new",
        button="Make the batch",
        back="/print-batches",
        lead=(
            "Every approved letter of your region that has not left is looked at again. Those "
            "that may leave are put into one file for the printer.",
            "Print on both sides. Each letter begins on the front of a sheet.",
        ),
    )


NEW = Form(NONE, _new_page)


@forms.serve(router, "/print-batches/new", NEW)
def new_batch(work: Work, entry: Entry) -> str:
    """Begin a batch, or go to the one that is open."""
    del entry
    return f"/print-batches/{fill.begin(work, work.actor.region_code).reference}"


@router.get("/print-batches/{batch}")
def batch(visit: Visiting, batch: str) -> Response:
    """Show how far a batch is, and what became of its letters."""
    with visit.app.db.reading() as session:
        view = reads.batch_named(session, visit.officer, batch)
        rows = reads.batch_rows(session, view.id, visit.officer)
        waiting = fill.waiting(session, visit.officer, view.region_code)
    return pages.render(
        visit.request,
        "batches/batch.html",
        title="Print batch",
        view=view,
        others=waiting,
        pulled=[row for row in rows if row.state is RowState.PULLED],
        rows=[row for row in rows if row.state is not RowState.PULLED][:_MOST_ROWS],
        count=len(rows),
        sheets=sum(row.sheets for row in rows if row.state is RowState.WAITS),
        states=_STATES,
        for_a_colleague=FOR_A_COLLEAGUE if view.is_kept else "",
        form_token=forms.new_token(),
    )


_STATES: Final = {
    RowState.WAITS: "Not recorded as left",
    RowState.LEFT: "Left",
    RowState.PULLED: "Pulled",
    RowState.STAYED: "Stayed, for the next batch",
}


@router.post("/print-batches/{batch}/continue")
def go_on(visit: Visiting, batch: str, form: Posted) -> Response:
    """Put letters into a batch for a few seconds, and show how far it is."""
    del form
    making, until = _making(visit), time.monotonic() + _SECONDS_OF_A_STEP
    making.in_steps, making.stop = True, lambda: time.monotonic() > until
    fill_batch(making, batch)
    view = making.batch(batch)
    if view.is_filled and view.closed_at is None:
        close_if_empty(making, batch)
    return pages.go(f"/print-batches/{batch}")


@router.post("/print-batches/{batch}.zip")
def files(visit: Visiting, batch: str, form: Posted) -> Response:
    """Return the file for the printer with its manifest, after it was recorded who opens them."""
    del form
    making = _making(visit)
    if not making.batch(batch).is_filled:
        raise Conflict("This batch is not finished yet. Go on with it first.")
    fill_batch(making, batch)
    close_if_empty(making, batch)
    if not making.batch(batch).waits:
        raise Conflict(NOTHING_WAITS)
    with visit.app.db.writing() as session:
        note_opened(visit.work(session), batch)
    headers = {"Content-Disposition": f'attachment; filename="{batch}.zip"'}
    return StreamingResponse(_sent(_zipped(making, batch)), 200, headers, "application/zip")


def _left_page(visit: Visit, batch: str) -> FormPage:
    view = _printed_batch(visit, batch)
    return FormPage(
        "Record that this batch left",
        action=f"/print-batches/{batch}/left",
        button="Record it",
        back=f"/print-batches/{batch}",
        caption=f"{batch}, {view.waits} letter{'' if view.waits == 1 else 's'}",
        lead=(
            "Only a letter that left meets a duty. Each letter is looked at once more: one that "
            "may not leave now is named, so that you can pull it before the rest goes.",
        ),
    )


def _printed_batch(visit: Visit, batch: str) -> BatchView:
    with visit.app.db.reading() as session:
        view = reads.batch_named(session, visit.officer, batch)
    view.check_recordable()
    return view


def _left_fields(visit: Visit, batch: str) -> tuple[Field, ...]:
    """Ask about letters that were pulled after they were printed, where there are any."""
    with visit.app.db.reading() as session:
        view = reads.batch_named(session, visit.officer, batch)
        rows = reads.batch_rows(session, view.id, visit.officer)
    pulled = [one.reference for one in rows if one.state is RowState.PULLED and one.is_held]
    hint = f"Printed before they were to be pulled: {', '.join(pulled)}. {_ONE_ON_EACH_LINE}"
    return (*LEFT, replace(PULLED_AND_LEFT, hint=hint)) if pulled else LEFT


BATCH_LEFT = Form(_left_fields, _left_page, check=_printed_batch)


@forms.serve(router, "/print-batches/{batch}/left", BATCH_LEFT)
def left(work: Work, entry: Entry, batch: str) -> str:
    """Record that a batch left, but for the letters that are named."""
    but = But(_references(entry, "stayed"), _references(entry, "pulled_and_left"))
    gone = Despatch(entry.day("left_on"), entry.typed["already_left"] == "yes")
    done = despatch.batch_left(work, batch, gone, but)
    pull = any(one.became is Left.PULL for one in done)
    return pages.after(f"/print-batches/{batch}", "batch-pull" if pull else "batch-left")


def _references(entry: Entry, name: str) -> frozenset[str]:
    return frozenset(tidy(one) for one in _SEVERAL.split(entry.typed.get(name, "")) if one)


def _making(visit: Visit) -> Making:
    app = visit.app
    return Making(app.db, app.sealer, visit.officer, app.now, lambda *_: None)


def _zipped(making: Making, batch: str) -> IO[bytes]:
    """Return both files of a batch in one.

    Neither has a name in any folder: whatever ends this program, no address stays behind.
    """
    to = tempfile.TemporaryFile()  # noqa: SIM115 - whoever sends it closes it
    with tempfile.TemporaryFile() as letters:
        manifest = write_to(making, batch, letters)
        letters.seek(0)
        with zipfile.ZipFile(to, "w", zipfile.ZIP_STORED) as packed:
            with packed.open("letters.pdf", "w", force_zip64=True) as inside:
                shutil.copyfileobj(letters, inside, _CHUNK)
            packed.writestr("manifest.csv", manifest)
    to.seek(0)
    return to


def _sent(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while part := file.read(_CHUNK):
            yield part
