"""A victim's address or number beside the court's: shown for a reason, which is kept."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter
from starlette.responses import Response

from api.guards.session import Visit
from api.staff import forms, pages, words
from api.staff.fields import Entry, Field
from api.staff.forms import Form, FormPage
from vcs.access.reading.looks import told_about
from vcs.referrals.questions.task_reads import kind_of_task, victim_of_task
from vcs.tasks.records import TaskKind
from vcs.victims.whereabouts.numbers import ASKED_ABOUT
from vcs.victims.whereabouts.reveal import reveal_both
from vcs.victims.whereabouts.shared import marks_of

router = APIRouter()

_FIELDS = (
    Field(
        "reason",
        "Why do you need to see both addresses?",
        "radios",
        required="Select why you need to see them",
        options={
            "to compare the addresses": "To decide whether they are the same place",
            "to check the address": "To check the address with the victim",
            "to check an earlier answer": "To check what was answered before",
        },
    ),
)

_OF_A_NUMBER = (
    replace(
        _FIELDS[0],
        label="Why do you need to see both?",
        required="Select why you need to see them",
        options={
            "to compare the numbers": "To decide whether it may be used",
            "to check the number": "To check it with the victim",
            "to check an earlier answer": "To check what was answered before",
        },
    ),
)

_LEAD = (
    "Where a victim can be found must not reach the offender.",
    "That you looked, when, and why is kept.",
)


def _page(visit: Visit, reference: str) -> FormPage:
    kind = _kind(visit, reference)
    show = words.SHOW_BOTH[ASKED_ABOUT[kind]]
    return FormPage(
        show,
        action=f"/tasks/{reference}/addresses",
        button=show,
        back=f"/tasks/{reference}",
        caption=words.TASKS[kind],
        lead=_LEAD,
    )


def _fields(visit: Visit, reference: str) -> tuple[Field, ...]:
    is_address = _kind(visit, reference) is TaskKind.ADDRESS_TO_CHECK
    return _FIELDS if is_address else _OF_A_NUMBER


def _kind(visit: Visit, reference: str) -> TaskKind:
    _victim(visit, reference)
    with visit.app.db.reading() as session:
        return TaskKind(kind_of_task(session, visit.officer, reference))


def _victim(visit: Visit, reference: str) -> int:
    with visit.app.db.reading() as session:
        return victim_of_task(session, visit.officer, reference)


LOOK = Form(_fields, _page, check=_victim)


@forms.serve_look(router, "/tasks/{reference}/addresses", LOOK)
def show_both(visit: Visit, entry: Entry, reference: str) -> Response:
    """Show a victim's address and the court's side by side, with the reason kept in the trail."""
    victim_id, by = _victim(visit, reference), ASKED_ABOUT[_kind(visit, reference)]
    with visit.app.db.writing() as session:
        work = visit.work(session)
        found, told = reveal_both(work, victim_id, entry.typed["reason"], by), told_about(work)
    return pages.render(
        visit.request,
        "tasks/addresses.html",
        title=words.BOTH[by],
        task=reference,
        found=found,
        seen=" ".join(marks_of(visit.app.sealer, found.person, found.matches)),
        reason=entry.typed["reason"],
        told_about=told,
    )
