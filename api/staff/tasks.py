"""What only a person can decide: the list, and one page for each question."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from fastapi import APIRouter
from sqlmodel import Session
from starlette.responses import Response

from api.guards.session import Posted, Visit, Visiting
from api.staff import forms, pages, words
from api.staff.forms import Entry, Field
from api.staff.worklist import PAGE_SIZE, PageNumber
from vcs.consequences.answers import dealt_with, decide_by_hand, route_referral
from vcs.consequences.propose import ProposalAnswer, decide_proposal
from vcs.consequences.reopen import LONGEST_REASON
from vcs.intake.regions import REGIONS
from vcs.partners.deciding import decide_request
from vcs.referrals import task_reads
from vcs.referrals.records import ProposalDecision
from vcs.referrals.task_reads import task_page
from vcs.tasks.records import TaskKind
from vcs.terms import Outcome

router = APIRouter()

_OUTCOMES = {
    outcome.value: words.OUTCOMES[outcome]
    for outcome in Outcome
    if outcome is not Outcome.CANNOT_TELL
}

_NOTE = Field(
    "note",
    "What you found, and where",
    "lines",
    hint="Do not name the victim here. Another person must be able to follow your reason",
    required="Say what you found",
    longest=2000,
)

_DECIDE = (
    Field("outcome", "What do you decide?", "radios", required="Select one", options=_OUTCOMES),
    _NOTE,
)

_ROUTE = (
    Field(
        "region",
        "Which probation region is this for?",
        "select",
        required="Choose the region",
        options={region.code: region.name for region in REGIONS},
    ),
)

_DEALT_WITH = (_NOTE,)

_PROPOSAL = (
    Field(
        "answer",
        "Do you agree that there is nobody to refer?",
        "radios",
        required="Select whether you agree",
        options={
            ProposalDecision.CONFIRMED.value: "Yes: close the referral",
            ProposalDecision.REFUSED.value: "No: a victim must still be referred",
        },
    ),
    Field(
        "words",
        "Why?",
        "lines",
        hint="Witness care sees your reason. Do not enter an address or a telephone number",
        required="Enter why",
        longest=LONGEST_REASON,
    ),
)

_MATCH = (
    Field(
        "referral",
        "Which referral is it for?",
        hint="Its reference, like VCS-7K3M-9QTD. Leave blank if it does not match a referral",
        longest=20,
        width="govuk-input--width-20",
    ),
    _NOTE,
)

_FORMS: Mapping[str, tuple[Field, ...]] = {
    TaskKind.ROUTE: _ROUTE,
    TaskKind.SET_ASIDE: _DEALT_WITH,
    TaskKind.ALERT_NOT_SENT: _DEALT_WITH,
    TaskKind.QUESTION: _DEALT_WITH,
    TaskKind.WITNESS_CARE_SAYS: _DEALT_WITH,
    TaskKind.ADDRESS_TO_CHECK: _DEALT_WITH,
    TaskKind.CANNOT_OPEN: _DEALT_WITH,
    TaskKind.CALENDAR: _DEALT_WITH,
    TaskKind.FOUND_LATE: _DEALT_WITH,
    TaskKind.REFERRAL_TO_MATCH: _MATCH,
    TaskKind.CLOSING_PROPOSED: _PROPOSAL,
}


@router.get("/tasks")
def tasks(visit: Visiting, page: PageNumber = 1) -> Response:
    """List what needs a person's decision, the earliest due first."""
    with visit.app.db.reading() as session:
        found = task_reads.tasks(session, visit.officer, visit.app.today, page=page, size=PAGE_SIZE)
    return pages.render(visit.request, "worklists/tasks.html", title="Tasks", found=found)


@router.get("/tasks/{reference}")
def task(visit: Visiting, reference: str) -> Response:
    """Show one question with the decision it comes from."""
    return _page(visit, reference)


@router.post("/tasks/{reference}")
def answer_task(visit: Visiting, reference: str, form: Posted) -> Response:
    """Keep a person's answer."""
    with visit.app.db.reading() as session:
        kind = task_page(
            session, visit.app.sealer, visit.officer, reference, visit.app.today
        ).task.kind
    entry = forms.read(_FORMS.get(kind, _DECIDE), form)

    def act(session: Session) -> str:
        _ANSWERS.get(kind, _decide)(visit, session, reference, entry)
        done = "/set-aside" if kind == TaskKind.SET_ASIDE else "/tasks"
        return pages.after(done, "decided")

    return forms.submit(
        visit.app, entry, act, lambda errors: _page(visit, reference, entry, errors)
    )


def _decide(visit: Visit, session: Session, reference: str, entry: Entry) -> None:
    outcome, note = Outcome(entry.typed["outcome"]), entry.typed["note"]
    decide_by_hand(visit.work(session), reference, outcome, note)


def _route(visit: Visit, session: Session, reference: str, entry: Entry) -> None:
    region = entry.typed["region"]
    route_referral(visit.work(session), reference, region)


def _dealt_with(visit: Visit, session: Session, reference: str, entry: Entry) -> None:
    dealt_with(visit.work(session), reference, entry.typed["note"])


def _match(visit: Visit, session: Session, reference: str, entry: Entry) -> None:
    referral, note = entry.typed["referral"], entry.typed["note"]
    decide_request(visit.work(session), reference, referral, note)


def _answer_proposal(visit: Visit, session: Session, reference: str, entry: Entry) -> None:
    answer = ProposalAnswer(entry.typed["answer"], entry.typed["words"])
    decide_proposal(visit.work(session), reference, answer)


_ANSWERS: Mapping[str, Callable[[Visit, Session, str, Entry], None]] = {
    TaskKind.ROUTE: _route,
    TaskKind.SET_ASIDE: _dealt_with,
    TaskKind.ALERT_NOT_SENT: _dealt_with,
    TaskKind.QUESTION: _dealt_with,
    TaskKind.WITNESS_CARE_SAYS: _dealt_with,
    TaskKind.ADDRESS_TO_CHECK: _dealt_with,
    TaskKind.CANNOT_OPEN: _dealt_with,
    TaskKind.CALENDAR: _dealt_with,
    TaskKind.FOUND_LATE: _dealt_with,
    TaskKind.REFERRAL_TO_MATCH: _match,
    TaskKind.CLOSING_PROPOSED: _answer_proposal,
}


def _page(
    visit: Visit,
    reference: str,
    entry: Entry | None = None,
    errors: Mapping[str, str] | None = None,
) -> Response:
    with visit.app.db.reading() as session:
        view = task_page(session, visit.app.sealer, visit.officer, reference, visit.app.today)
    return forms.show(
        visit.request,
        words.TASKS.get(view.task.kind, "A task"),
        _FORMS.get(view.task.kind, _DECIDE),
        template="worklists/task.html",
        entry=entry,
        errors=errors,
        view=view,
        action=f"/tasks/{reference}",
        button="Keep this answer",
        back="/set-aside" if view.task.kind == TaskKind.SET_ASIDE else "/tasks",
    )
