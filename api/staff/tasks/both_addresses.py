"""A victim's address beside the court's: shown for a reason, which is kept."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from api.guards.session import Visit
from api.staff import forms, pages, words
from api.staff.fields import Entry, Field
from api.staff.forms import Form, FormPage
from vcs.access.reading.looks import told_about
from vcs.referrals.questions.task_reads import victim_of_task
from vcs.tasks.records import TaskKind
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

_LEAD = (
    "Where a victim can be found must not reach the offender.",
    "That you looked, when, and why is kept.",
)


def _page(visit: Visit, reference: str) -> FormPage:
    _victim(visit, reference)
    return FormPage(
        "Show both addresses",
        action=f"/tasks/{reference}/addresses",
        button="Show both addresses",
        back=f"/tasks/{reference}",
        caption=words.TASKS[TaskKind.ADDRESS_TO_CHECK],
        lead=_LEAD,
    )


def _victim(visit: Visit, reference: str) -> int:
    with visit.app.db.reading() as session:
        return victim_of_task(session, visit.officer, reference)


LOOK = Form(_FIELDS, _page, check=_victim)


@forms.serve_look(router, "/tasks/{reference}/addresses", LOOK)
def show_both(visit: Visit, entry: Entry, reference: str) -> Response:
    """Show a victim's address and the court's side by side, with the reason kept in the trail."""
    victim_id = _victim(visit, reference)
    with visit.app.db.writing() as session:
        work = visit.work(session)
        found, told = reveal_both(work, victim_id, entry.typed["reason"]), told_about(work)
    return pages.render(
        visit.request,
        "tasks/addresses.html",
        title="Both addresses",
        task=reference,
        found=found,
        seen=" ".join(marks_of(visit.app.sealer, found.person, found.matches)),
        reason=entry.typed["reason"],
        told_about=told,
    )
