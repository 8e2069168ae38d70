"""Lists that were matched, each with how its lines ended. No page here names anybody."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.guards.session import Visiting
from api.staff import forms, pages, words
from api.staff.fields import Entry
from api.staff.files import csv_file
from api.staff.files.csv_file import Row
from api.staff.forms import Form, FormPage
from api.staff.lists import ListPage
from vcs.access.work import Work
from vcs.lists import reads
from vcs.lists.answered.check_reason import confirm_reason
from vcs.lists.ended_lines import (
    MOST_LINES,
    LineRow,
    LinesAsked,
    line_page,
    line_rows,
    require_list,
)
from vcs.lists.endings import Ends, Reason

router = APIRouter()

_HEAD = (
    "Row",
    "How it ended",
    "Why",
    "Rule",
    "Weight",
    "Our sentence",
    "Case",
    "Region",
    "Task",
    "Owner",
    "Answer by",
)

ReasonAsked = Annotated[Reason | None, Query()]


@router.get("/lists")
def lists(visit: Visiting, page: ListPage) -> Response:
    """List what was matched, the newest first."""
    with visit.app.db.reading() as session:
        found = reads.list_runs(session, visit.officer, page)
        unknown = reads.unknown_count(session, visit.officer)
        checked = reads.coverage(session)
    return pages.render(
        visit.request,
        "lists/lists.html",
        title="Lists of other systems",
        found=found,
        unknown=unknown,
        checked=checked,
    )


@router.get("/lists/{reference}")
def one_list(
    visit: Visiting,
    reference: str,
    page: ListPage,
    ended: Ends | None = None,
    why: ReasonAsked = None,
) -> Response:
    """Show how the lines of a list ended, and those that are asked for."""
    asked = LinesAsked(ended, why or "", page)
    with visit.app.db.reading() as session:
        view = reads.run_view(session, visit.officer, reference)
        found = line_page(session, visit.officer, reference, asked)
    return pages.render(
        visit.request,
        "lists/list.html",
        title=words.LISTS[view.run.kind],
        view=view,
        found=found,
        asked=asked,
        today=visit.app.today,
    )


@router.get("/lists/{reference}/lines.csv")
def lines_csv(visit: Visiting, reference: str) -> Response:
    """Return how every line of a list ended, for a spreadsheet."""
    with visit.app.db.reading() as session:
        require_list(session, visit.officer, reference)

    def rows() -> Iterator[Row]:
        with visit.app.db.reading() as session:
            yield from map(_line, line_rows(session, visit.officer, reference))

    return csv_file.answer(f"list-{reference}", _HEAD, rows, most=MOST_LINES)


def _line(row: LineRow) -> Row:
    return (
        row.row,
        words.ENDS[row.ends_as],
        words.ENDING_REASONS[row.reason],
        row.rule,
        row.weight,
        row.sentence_reference,
        row.case_reference,
        row.region_code,
        row.task_reference,
        words.owner_of_question(row.owner_region) if row.is_asked else None,
        row.due_on if row.is_asked else None,
    )


def _page(visit: object, reference: str, reason: str) -> FormPage:
    return FormPage(
        "Confirm what was explained",
        action=f"/lists/{reference}/explained/{reason}",
        button="I have looked at them",
        back=f"/lists/{reference}?ended=explained&why={reason}",
        caption=words.ENDING_REASONS.get(reason, ""),
        lead=(
            "More than 20 rows were explained with this reason, so a second person looks at "
            "them. Look at some of them first: a wrong reason hides victims many at a time.",
        ),
    )


CHECK_REASON = Form((), _page)


@forms.serve(router, "/lists/{reference}/explained/{reason}", CHECK_REASON)
def check_reason(work: Work, entry: Entry, reference: str, reason: str) -> str:
    """Record that a second person looked."""
    del entry
    confirm_reason(work, reference, reason)
    return pages.after(f"/lists/{reference}", "reason-checked")
