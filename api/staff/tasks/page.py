"""Tasks: the list of questions for a person, and one page for each question."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import groupby

from fastapi import APIRouter
from starlette.responses import Response

from api.guards.session import Visit, Visiting
from api.staff import forms, pages, words
from api.staff.fields import Entry, Field
from api.staff.forms import Form, FormPage
from api.staff.lists import ListPage
from api.staff.referrals import transferring
from api.staff.tasks import consulted
from api.staff.tasks.answers import ANSWERS
from api.staff.tasks.deciding import fields_for
from api.staff.tasks.questions import FORMS
from vcs.access.work import Work
from vcs.alerts.digest.recipients.acts_reads import disputed_in
from vcs.consequences.people.address_answers import there_to_see
from vcs.consultations.reads import question_of_task
from vcs.custody.reads import facts_of_task, held_of_task
from vcs.referrals.questions import task_reads
from vcs.referrals.questions.task_reads import TaskRow, TaskView, task_page, waiting_within_reach
from vcs.sentences.decisions import other_sentence_of
from vcs.sentences.declines.reads import waits_for_second
from vcs.tasks.kinds import POLICIES, AskedFor
from vcs.tasks.records import TaskKind
from vcs.victims.contact.contact_reads import rules_of_task

router = APIRouter()


@router.get("/tasks")
def tasks(visit: Visiting, page: ListPage) -> Response:
    """List what needs a person's decision, case by case, the earliest due first."""
    with visit.app.db.reading() as session:
        found = task_reads.tasks(session, visit.officer, visit.app.today, asked=page)
        waiting = waiting_within_reach(session, visit.officer)
        for_second = waits_for_second(session, (row.reference for row in found.rows))
    cases = [tuple(rows) for _, rows in groupby(found.rows, key=_case_of)]
    return pages.render(
        visit.request,
        "tasks/tasks.html",
        title="Tasks",
        found=found,
        cases=cases,
        waiting=waiting,
        for_second=for_second,
    )


def _case_of(row: TaskRow) -> str:
    return row.case_key or row.reference


def _kind(visit: Visit, reference: str) -> str:
    with visit.app.db.reading() as session:
        return task_reads.kind_of_task(session, visit.officer, reference)


def _asked_for(kind: str) -> AskedFor:
    return POLICIES[TaskKind(kind)].asks_for


FORMS_OF_EACH: Mapping[AskedFor, Callable[[Visit, str], tuple[Field, ...]]] = {
    AskedFor.TRANSFER: transferring.answer_fields,
    AskedFor.CONSULTATION: consulted.fields,
}
"""Where what is asked depends on the task itself, and not on its kind alone."""


def _fields(visit: Visit, reference: str) -> tuple[Field, ...]:
    asked = _asked_for(_kind(visit, reference))
    if asked in FORMS_OF_EACH:
        return FORMS_OF_EACH[asked](visit, reference)
    if asked in FORMS:
        return FORMS[asked]
    return fields_for(_view(visit, reference))


def _view(visit: Visit, reference: str) -> TaskView:
    with visit.app.db.reading() as session:
        return task_page(session, visit.app.sealer, visit.officer, reference, visit.app.today)


def _page(visit: Visit, reference: str) -> FormPage:
    with visit.app.db.reading() as session:
        view = task_page(session, visit.app.sealer, visit.officer, reference, visit.app.today)
        rules = rules_of_task(session, visit.app.sealer, visit.officer, reference)
        question = question_of_task(session, visit.app.sealer, visit.officer, reference)
        custody = facts_of_task(session, visit.app.sealer, visit.officer, reference)
        other = other_sentence_of(session, visit.app.sealer, view.task.reference)
        held = held_of_task(session, visit.officer, reference)
        matter = disputed_in(session, reference) if view.task.kind == TaskKind.DISPUTED else None
    is_offer = view.task.kind == TaskKind.TRANSFER_OFFERED
    return FormPage(
        words.TASKS.get(view.task.kind, "A task"),
        action=f"/tasks/{reference}",
        button="Keep this answer",
        back="/set-aside" if view.task.kind == TaskKind.SET_ASIDE else "/tasks",
        typed=_seen(visit, view),
        template="tasks/task.html",
        more={
            "view": view,
            "rules": rules,
            "custody": custody,
            "held": held,
            "other": other,
            "consulted": question,
            "decides": _asked_for(view.task.kind) is AskedFor.DECISION,
            "matter": (matter or "").replace(":", "-"),
            "may_answer": words.may_answer(visit.officer.role, view.task.kind)
            and view.task.kind != TaskKind.LIST_LINE,
            "offered": transferring.offered(visit, reference) if is_offer else None,
        },
    )


def _seen(visit: Visit, view: TaskView) -> dict[str, str]:
    """Return what the form carries of what there was to see: an answer, or what is compared."""
    if view.decline and view.second_wanted:
        return {"seen": str(view.decline.id)}
    if _asked_for(view.task.kind) not in (AskedFor.ADDRESS, AskedFor.NUMBER):
        return {}
    with visit.app.db.reading() as session:
        marks = there_to_see(session, visit.app.sealer, visit.officer, view.task.reference)
    # Whoever comes from the page of both addresses answers about what stood there.
    looked = visit.request.query_params.get("seen")
    return {"seen": " ".join(one for one in marks if looked is None or one in looked.split())}


TASK = Form(_fields, _page)


@forms.serve(router, "/tasks/{reference}", TASK)
def answer_task(work: Work, entry: Entry, reference: str) -> str:
    """Record the answer; what it does depends on the kind of task."""
    kind = task_reads.kind_of_task(work.session, work.actor, reference)
    said = ANSWERS[_asked_for(kind)](work, reference, entry)
    return pages.after("/set-aside" if kind == TaskKind.SET_ASIDE else "/tasks", said or "decided")
