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
    is_officer = visit.officer.role is Role.VLO
    host = urlsplit(visit.app.settings.base_url).hostname
    asked = WorklistAsked("mine" if is_officer else "open")
    base = visit.app.settings.base_url
    days = [
        DueDay(
            f"{row.reference}-{row.next_duty}@{host}",
            row.due_on,
            f"{row.reference}: {words.DUTY_NAMES[row.next_duty]}",
            f"{base}/referrals/{row.reference}",
        )
        for row in islice(_worklist(visit, asked), MOST_DAYS)
        if row.due_on and row.next_duty
    ]
    if visit.officer.role in MANAGING:
        days += [
            DueDay(
                f"{row.reference}@{host}",
                row.due_on,
                f"{row.reference}: {words.TASKS[row.kind]}",
                f"{base}/tasks/{row.reference}",
            )
            for row in islice(_tasks(visit), MOST_DAYS)
            if row.due_on
        ]
    return calendar_file.answer(days, visit.app.now())


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
