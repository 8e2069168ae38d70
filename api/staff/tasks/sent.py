"""What witness care sent in a message to the unit: shown for a reason, which is kept."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi import APIRouter
from starlette.responses import Response

from api.guards.session import Visit
from api.staff import forms, pages, words
from api.staff.fields import Entry, Field
from api.staff.forms import Form, FormPage
from vcs.access.reading.looks import told_about
from vcs.errors import NotFound
from vcs.intake.regions import POLICE_AREAS
from vcs.partners.people.messages.reveal import OpenedMessage, reveal_message
from vcs.referrals.questions.task_reads import kind_of_task
from vcs.tasks.records import TaskKind

router = APIRouter()

_FIELDS = (
    Field(
        "reason",
        "Why do you need to see it?",
        "radios",
        required="Select why you need to see it",
        options={
            "to answer witness care": "To answer witness care",
            "to ask witness care": "To ask witness care about it",
            "to check an earlier answer": "To check what was answered before",
        },
    ),
)


def _page(visit: Visit, reference: str) -> FormPage:
    with visit.app.db.reading() as session:
        kind = kind_of_task(session, visit.officer, reference)
    if kind != TaskKind.WITNESS_CARE_ASKS:
        raise NotFound("There is no such message.")
    return FormPage(
        "Show what witness care sent",
        action=f"/tasks/{reference}/sent",
        button="Show it",
        back=f"/tasks/{reference}",
        caption=words.TASKS[TaskKind.WITNESS_CARE_ASKS],
        lead=(
            "It may say where a victim can be found, which must not reach the offender.",
            "That you looked, when, and why is kept.",
        ),
    )


LOOK = Form(_FIELDS, _page, check=_page)


@forms.serve_look(router, "/tasks/{reference}/sent", LOOK)
def show_sent(visit: Visit, entry: Entry, reference: str) -> Response:
    """Show what witness care sent, a correction beside what is held now."""
    reason = entry.typed["reason"]
    with visit.app.db.writing() as session:
        work = visit.work(session)
        found, told = reveal_message(work, reference, reason), told_about(work)
    return pages.render(
        visit.request,
        "tasks/sent.html",
        title="What witness care sent",
        task=reference,
        found=found,
        area=POLICE_AREAS.get(found.content.get("area", ""), ""),
        rows=[*_rows(found)],
        told_about=told,
    )


def _rows(found: OpenedMessage) -> Iterator[tuple[str, str, str]]:
    """Yield each detail that would change, as it is held and as it is asked for."""
    for name, label in words.FIELDS_SENT.items():
        held, wanted = getattr(found.held, name, None), getattr(found.wanted, name, None)
        if found.held is not None and held != wanted:
            yield label, _in_words(name, held), _in_words(name, wanted)


def _in_words(name: str, value: object) -> str:
    if name == "safe_to_post":
        return words.SAFE_TO_POST[value]  # type: ignore[index]  # yes, no or not known
    if isinstance(value, tuple):
        return "\n".join(value)
    return str(value)
