"""Send a list: the file, then what its columns hold, then it is matched."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.datastructures import FormData, UploadFile
from starlette.responses import Response

from api.guards.session import Posted, Visit, Visiting
from api.staff import forms, pages, words
from api.staff.fields import Entry, Field, read
from api.staff.forms import FormPage
from vcs.access.rules import Act, require_may
from vcs.access.work import Work
from vcs.errors import NotValid
from vcs.lists.prepare import Asked, Covers
from vcs.lists.reading.columns import Cell, ListKind
from vcs.lists.reading.days import Order
from vcs.lists.records import ListRun
from vcs.lists.runs.run import Sender, run_list
from vcs.lists.runs.uploads import (
    MOST_BYTES,
    Preview,
    Said,
    forget_upload,
    keep_upload,
    preview,
    uploaded,
    with_said,
)

router = APIRouter()

FILE = (
    Field(
        "kind",
        "Whose list is it?",
        "radios",
        required="Select whose list it is",
        options=dict(words.LISTS),
    ),
    Field(
        "source",
        "Who drew it?",
        hint="The team or system, so that its columns are asked about once. Name no person",
        longest=80,
    ),
    Field("drawn_on", "On which day was it drawn?", "date"),
    Field(
        "query", "What was asked for?", "lines", hint="The query or its description", longest=500
    ),
)

COVERS = (
    Field(
        "from_on",
        "What does this list cover? First day of sentence",
        "date",
        hint="The days that were asked for, and not those that stand in it. Sentences of ours from "
        "these days that it lacks are asked about. Left blank, it is the earliest day in it",
    ),
    Field(
        "to_on",
        "Last day of sentence that it covers",
        "date",
        hint="Left blank, it is the day on which the list was drawn",
    ),
)

ORDER = Field(
    "order",
    "Which number of a day comes first?",
    "radios",
    hint="Only where the file does not show it. It is kept for this source",
    options={
        Order.DAY_FIRST.value: "The day: 02/11/1995 is 2 November",
        Order.MONTH_FIRST.value: "The month: 02/11/1995 is 11 February",
    },
)


def _file_page(visit: Visit) -> FormPage:
    require_may(visit.officer, Act.RECONCILE)
    return FormPage(
        "Send a list of another system",
        action="/lists/new",
        button="Continue",
        back="/lists",
        template="lists/new.html",
        lead=(
            "A file as the system exports it or a spreadsheet saves it: CSV, or JSON with one "
            f"object a line. At most {MOST_BYTES // (1024 * 1024)} MB. It names people: it is kept "
            "sealed, and removed when it has been matched or after a day.",
        ),
    )


@router.get("/lists/new")
def new_list(visit: Visiting) -> Response:
    """Ask for a file."""
    return _file_page(visit).show(visit.request, FILE, forms.given_back(visit, FILE))


@router.post("/lists/new")
def send_list(visit: Visiting, form: Posted) -> Response:
    """Keep a file, sealed, and lead to how it would be read."""
    content = _content(form)
    entry = read(FILE, form, visit.app.today)
    if not content:
        entry = entry.refused({**entry.errors, "file": "Choose the file to send"})

    def act(work: Work) -> str:
        asked = Asked(
            ListKind(entry.typed["kind"]),
            content,
            entry.typed["source"],
            entry.day_if_any("drawn_on"),
            entry.typed["query"],
        )
        return f"/lists/uploads/{keep_upload(work, asked).reference}"

    def again(refused: Entry) -> Response:
        return _file_page(visit).show(visit.request, FILE, refused)

    return forms.submit(visit, entry, act, again)


def _content(form: FormData) -> bytes:
    sent = form.get("file")
    if not isinstance(sent, UploadFile):
        return b""
    with sent.file as opened:
        return opened.read()


ASKED: tuple[Cell, ...] = (
    Cell.SURNAME,
    Cell.FORENAME,
    Cell.WHOLE_NAME,
    Cell.BORN_ON,
    Cell.SENTENCED_ON,
    Cell.COURT,
    Cell.PNC,
    Cell.NOMS,
    Cell.CRO,
    Cell.OFFENCE_CODE,
    Cell.HOME_OFFICE_CODE,
    Cell.OFFENCE_TITLE,
    Cell.SENTENCE_WORDS,
    Cell.LENGTH,
    Cell.LENGTH_UNIT,
)
"""What a person may say the column of; all else is known by its name or not read."""


def _columns(found: Preview) -> tuple[Field, ...]:
    # Columns are chosen by their number: a name may hold anything.
    options = {str(at): one.name[:60] for at, one in enumerate(found.columns)}
    return (
        *COVERS,
        ORDER,
        *(Field(cell, words.cell_called(cell), "select", options=options) for cell in ASKED),
    )


def _preview(visit: Visit, reference: str) -> tuple[Asked, Preview]:
    with visit.app.db.reading() as session:
        asked = uploaded(session, visit.app.sealer, visit.officer, reference)
        return asked, preview(session, asked)


def _columns_page(reference: str, asked: Asked, found: Preview) -> FormPage:
    at = {one.cell: str(place) for place, one in enumerate(found.columns) if one.cell}
    return FormPage(
        "Check how the list is read",
        action=f"/lists/uploads/{reference}",
        button="Match the list",
        back="/lists/new",
        caption=words.LISTS[asked.kind],
        template="lists/columns.html",
        typed={cell: at[cell] for cell in ASKED if cell in at},
        more={"found": found},
    )


@router.get("/lists/uploads/{reference}")
def check_columns(visit: Visiting, reference: str) -> Response:
    """Show what each column of a file is read as."""
    asked, found = _preview(visit, reference)
    fields = _columns(found)
    before = forms.given_back(visit, fields)
    return _columns_page(reference, asked, found).show(visit.request, fields, before)


@router.post("/lists/uploads/{reference}")
def match_list(visit: Visiting, reference: str, form: Posted) -> Response:
    """Match the list, and show how its lines ended."""
    asked, found = _preview(visit, reference)
    fields = _columns(found)
    entry = read(fields, form, visit.app.today)
    page = _columns_page(reference, asked, found)
    if entry.errors:
        return page.show(visit.request, fields, entry)
    try:
        run = _match(visit, reference, with_said(asked, _said(entry, found)))
    except NotValid as problem:
        wrong = problem.fields or {"": str(problem)}
        return page.show(visit.request, fields, entry.refused(wrong))
    forms.forget_shown(visit)
    return pages.go(pages.after(f"/lists/{run.reference}", "list-matched"))


def _said(entry: Entry, found: Preview) -> Said:
    order = Order(entry.typed["order"]) if entry.typed["order"] else None
    covers = Covers(entry.day_if_any("from_on"), entry.day_if_any("to_on"))
    return Said(_chosen(entry, found), order, covers)


def _chosen(entry: Entry, found: Preview) -> dict[Cell, str]:
    """Return the columns that a person chose otherwise than they are known."""
    known = {one.cell: one.name for one in found.columns if one.cell}
    chosen = {
        cell: found.columns[int(entry.typed[cell])].name for cell in ASKED if entry.typed[cell]
    }
    return {cell: name for cell, name in chosen.items() if known.get(cell) != name}


def _match(visit: Visit, reference: str, asked: Asked) -> ListRun:
    app = visit.app
    _, run = run_list(app.db, Sender(app.sealer, visit.officer, app.now()), asked)
    with app.db.writing() as session:
        forget_upload(session, reference)
    return run
