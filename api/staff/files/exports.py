"""Lists as files: the worklist and the tasks for a spreadsheet, what is due for a calendar."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from urllib.parse import urlsplit

from fastapi import APIRouter
from starlette.responses import Response

from api.guards.session import Visit, Visiting
from api.staff import words
from api.staff.files import calendar_file, csv_file
from api.staff.files.calendar_file import MOST_DAYS, DueDay
from api.staff.files.csv_file import Row
from api.staff.worklist import shown_to
from vcs.access.rules import MANAGING
from vcs.ledger.worklists.worklist import WorklistRow, worklist_rows
from vcs.ledger.worklists.worklist_asked import Filter, Sort, WorklistAsked
from vcs.referrals.questions.task_reads import TaskRow, task_rows
from vcs.terms import Role

router = APIRouter()

_WORKLIST = (
    "Referral",
    "Offender",
    "Case",
    "Court",
    "Sentenced on",
    "Status",
    "Next duty",
    "Due on",
    "How long",
    "Release may come before the deadline",
    "Officer",
)

_TASKS = ("Task", "Reference", "Case", "Referral", "Question", "Due on", "How long")


@router.get("/worklist.csv")
def worklist_csv(visit: Visiting, show: Filter | None = None, sort: Sort | None = None) -> Response:
    """Return the list that the worklist shows, all its pages, for a spreadsheet."""
    asked = WorklistAsked(shown_to(visit.officer, show), sort=sort)

    def rows() -> Iterator[Row]:
        return map(_worklist_line, _worklist(visit, asked))

    return csv_file.answer(f"worklist-{asked.show}-{visit.app.today}", _WORKLIST, rows)


@router.get("/tasks.csv")
def tasks_csv(visit: Visiting) -> Response:
    """Return the open tasks that somebody may see, for a spreadsheet."""

    def rows() -> Iterator[Row]:
        return map(_task_line, _tasks(visit))

    return csv_file.answer(f"tasks-open-{visit.app.today}", _TASKS, rows)


@router.get("/due.ics")
def due_days(visit: Visiting) -> Response:
    """Return what is due for somebody, for a calendar: an officer's own, or the region's."""
    days = _first(visit, _referrals_due(visit))
    if visit.officer.role in MANAGING:
        days += _first(visit, _tasks_due(visit))
    return calendar_file.answer(days, visit.app.now())


def _first(visit: Visit, days: Iterator[DueDay]) -> list[DueDay]:
    """Return as many days as a calendar holds, and a last one that says so where there are more."""
    found = list(islice(days, MOST_DAYS + 1))
    if len(found) <= MOST_DAYS:
        return found
    said = f"More than {MOST_DAYS} are due. The calendar ends here: see the list"
    more = DueDay(f"more-{found[0].key}", found[MOST_DAYS].due_on, said, _base(visit))
    return [*found[:MOST_DAYS], more]


def _referrals_due(visit: Visit) -> Iterator[DueDay]:
    asked = WorklistAsked("mine" if visit.officer.role is Role.VLO else "open")
    for row in _worklist(visit, asked):
        if row.due_on and row.next_duty:
            yield DueDay(
                f"{row.reference}-{row.next_duty}@{_host(visit)}",
                row.due_on,
                f"{row.reference}: {words.DUTY_NAMES[row.next_duty]}",
                f"{_base(visit)}/referrals/{row.reference}",
            )


def _tasks_due(visit: Visit) -> Iterator[DueDay]:
    for row in _tasks(visit):
        if row.due_on:
            yield DueDay(
                f"{row.reference}@{_host(visit)}",
                row.due_on,
                f"{row.reference}: {words.TASKS[row.kind]}",
                f"{_base(visit)}/tasks/{row.reference}",
            )


def _base(visit: Visit) -> str:
    return visit.app.settings.base_url


def _host(visit: Visit) -> str | None:
    return urlsplit(_base(visit)).hostname


def _worklist(visit: Visit, asked: WorklistAsked) -> Iterator[WorklistRow]:
    app = visit.app
    with app.db.reading() as session:
        yield from worklist_rows(session, app.sealer, visit.officer, app.today, asked)


def _tasks(visit: Visit) -> Iterator[TaskRow]:
    with visit.app.db.reading() as session:
        yield from task_rows(session, visit.officer, visit.app.today)


def _worklist_line(row: WorklistRow) -> Row:
    return (
        row.reference,
        row.offender_name,
        row.case_reference,
        row.court_name,
        row.sentenced_on,
        words.STATUSES[row.status][0],
        words.DUTY_NAMES[row.next_duty] if row.next_duty else "",
        row.due_on,
        words.how_long(row.state, row.due_on, row.working_days) if row.due_on else "",
        "yes" if row.urgent else "",
        row.vlo_name,
    )


def _task_line(row: TaskRow) -> Row:
    return (
        words.TASKS[row.kind],
        row.reference,
        row.case_reference,
        row.referral_reference,
        row.question,
        row.due_on,
        words.how_long(row.state, row.due_on, row.working_days) if row.due_on else "",
    )
