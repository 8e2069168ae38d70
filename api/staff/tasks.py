"""Tasks: the list of questions for a person, and one page for each question."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import groupby

from fastapi import APIRouter
from starlette.responses import Response

from api.guards.session import Visit, Visiting
from api.staff import forms, pages, words
from api.staff.fields import Entry, Field
from api.staff.forms import Form, FormPage
from api.staff.lists import ListPage
from api.staff.referrals import transferring
from vcs.access.work import Work
from vcs.consequences.address_answers import LONGEST_REASON as LONGEST_FINDING
from vcs.consequences.address_answers import answer_about_address
from vcs.consequences.answers import (
    dealt_with,
    decide_by_hand,
    route_referral,
    say_what_a_code_means,
)
from vcs.consequences.offers_owed import LONGEST_REASON as LONGEST_WHY
from vcs.consequences.offers_owed import OfferAnswer, decide_offer_owed
from vcs.consequences.propose import ProposalAnswer, decide_proposal
from vcs.consequences.reopen import LONGEST_REASON
from vcs.consequences.sameness import LONGEST_NOTE, Sameness, decide_same_person
from vcs.intake.regions import REGIONS
from vcs.partners.deciding import decide_request
from vcs.referrals import task_reads
from vcs.referrals.records import ProposalDecision
from vcs.referrals.task_reads import TaskRow, task_page, waiting_within_reach
from vcs.sentences.meanings import CAN_MEAN
from vcs.tasks.records import TaskKind
from vcs.terms import Outcome
from vcs.victims.contact_reads import rules_of_task
from vcs.victims.records import AddressFinding

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

_ADDRESS = (
    Field(
        "finding",
        "What did you find?",
        "radios",
        required="Select what you found",
        options={one.value: words.ADDRESS_FINDINGS[one] for one in AddressFinding},
    ),
    Field(
        "note",
        "How do you know?",
        "lines",
        hint="Look at both addresses first. Who lives there now, who told you, and when?",
        required="Say how you know",
        longest=LONGEST_FINDING,
    ),
)

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

_CODE = (
    Field(
        "kind",
        "What does the code mean?",
        "select",
        hint="Choose the kind that protects the victim most where two fit",
        required="Select what the code means",
        options={kind.name: kind[:1].upper() + kind[1:] for kind in CAN_MEAN},
    ),
    Field(
        "note",
        "How do you know?",
        "lines",
        hint="Name the list or the person that says so. Do not name an offender or a victim",
        required="Enter how you know what it means",
        longest=2000,
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

_SAME_PERSON = (
    Field(
        "answer",
        "Are they one person?",
        "radios",
        required="Select whether they are one person",
        options={
            Sameness.ONE.value: "Yes, one person: what is known of one counts for both",
            Sameness.TWO.value: "No, two people: do not ask again",
        },
    ),
    replace(_NOTE, longest=LONGEST_NOTE),
)

_OFFER = (
    Field(
        "answer",
        "How is the offer met?",
        "radios",
        required="Select how the offer is met",
        options=words.OFFER_ANSWERS,
    ),
    replace(_NOTE, label="Why?", required="Enter why", longest=LONGEST_WHY),
)

_FORMS: Mapping[str, tuple[Field, ...]] = {
    TaskKind.ROUTE: _ROUTE,
    TaskKind.SET_ASIDE: _DEALT_WITH,
    TaskKind.ALERT_NOT_SENT: _DEALT_WITH,
    TaskKind.QUESTION: _DEALT_WITH,
    TaskKind.WITNESS_CARE_SAYS: _DEALT_WITH,
    TaskKind.ADDRESS_TO_CHECK: _ADDRESS,
    TaskKind.CANNOT_OPEN: _DEALT_WITH,
    TaskKind.CALENDAR: _DEALT_WITH,
    TaskKind.FOUND_LATE: _DEALT_WITH,
    TaskKind.REFERRAL_TO_MATCH: _MATCH,
    TaskKind.CLOSING_PROPOSED: _PROPOSAL,
    TaskKind.RESULT_CODE: _CODE,
    TaskKind.SAME_PERSON: _SAME_PERSON,
    TaskKind.OFFER_OWED: _OFFER,
    TaskKind.ASK_AGAIN: _DEALT_WITH,
    TaskKind.INTRODUCE_OFFICER: transferring.INTRODUCTION,
    TaskKind.NEEDS_AGAIN: _DEALT_WITH,
    TaskKind.TURNING_18: _DEALT_WITH,
    TaskKind.ALSO_OFFENDER: _DEALT_WITH,
    TaskKind.FAMILY_DOUBT: _DEALT_WITH,
}


@router.get("/tasks")
def tasks(visit: Visiting, page: ListPage) -> Response:
    """List what needs a person's decision, case by case, the earliest due first."""
    with visit.app.db.reading() as session:
        found = task_reads.tasks(session, visit.officer, visit.app.today, asked=page)
        waiting = waiting_within_reach(session, visit.officer)
    cases = [tuple(rows) for _, rows in groupby(found.rows, key=_case_of)]
    return pages.render(
        visit.request, "tasks/tasks.html", title="Tasks", found=found, cases=cases, waiting=waiting
    )


def _case_of(row: TaskRow) -> str:
    return row.case_key or row.reference


def _kind(visit: Visit, reference: str) -> str:
    with visit.app.db.reading() as session:
        return task_reads.kind_of_task(session, visit.officer, reference)


def _fields(visit: Visit, reference: str) -> tuple[Field, ...]:
    kind = _kind(visit, reference)
    if kind == TaskKind.TRANSFER_OFFERED:
        return transferring.answer_fields(visit, reference)
    return _FORMS.get(kind, _DECIDE)


def _page(visit: Visit, reference: str) -> FormPage:
    with visit.app.db.reading() as session:
        view = task_page(session, visit.app.sealer, visit.officer, reference, visit.app.today)
        rules = rules_of_task(session, visit.app.sealer, visit.officer, reference)
    is_offer = view.task.kind == TaskKind.TRANSFER_OFFERED
    return FormPage(
        words.TASKS.get(view.task.kind, "A task"),
        action=f"/tasks/{reference}",
        button="Keep this answer",
        back="/set-aside" if view.task.kind == TaskKind.SET_ASIDE else "/tasks",
        template="tasks/task.html",
        more={
            "view": view,
            "rules": rules,
            "may_answer": words.may_answer(visit.officer.role, view.task.kind),
            "offered": transferring.offered(visit, reference) if is_offer else None,
        },
    )


TASK = Form(_fields, _page)


@forms.serve(router, "/tasks/{reference}", TASK)
def answer_task(work: Work, entry: Entry, reference: str) -> str:
    """Record the answer; what it does depends on the kind of task."""
    kind = task_reads.kind_of_task(work.session, work.actor, reference)
    _ANSWERS.get(kind, _decide)(work, reference, entry)
    return pages.after("/set-aside" if kind == TaskKind.SET_ASIDE else "/tasks", "decided")


def _decide(work: Work, reference: str, entry: Entry) -> None:
    outcome, note = Outcome(entry.typed["outcome"]), entry.typed["note"]
    decide_by_hand(work, reference, outcome, note)


def _route(work: Work, reference: str, entry: Entry) -> None:
    region = entry.typed["region"]
    route_referral(work, reference, region)


def _dealt_with(work: Work, reference: str, entry: Entry) -> None:
    dealt_with(work, reference, entry.typed["note"])


def _answer_about_address(work: Work, reference: str, entry: Entry) -> None:
    finding, note = AddressFinding(entry.typed["finding"]), entry.typed["note"]
    answer_about_address(work, reference, finding, note)


def _match(work: Work, reference: str, entry: Entry) -> None:
    referral, note = entry.typed["referral"], entry.typed["note"]
    decide_request(work, reference, referral, note)


def _say_what_a_code_means(work: Work, reference: str, entry: Entry) -> None:
    say_what_a_code_means(work, reference, entry.typed["kind"], entry.typed["note"])


def _answer_proposal(work: Work, reference: str, entry: Entry) -> None:
    answer = ProposalAnswer(entry.typed["answer"], entry.typed["words"])
    decide_proposal(work, reference, answer)


def _same_person(work: Work, reference: str, entry: Entry) -> None:
    decide_same_person(work, reference, entry.typed["answer"], entry.typed["note"])


def _decide_offer(work: Work, reference: str, entry: Entry) -> None:
    answer = OfferAnswer(entry.typed["answer"])
    decide_offer_owed(work, reference, answer, entry.typed["note"])


_ANSWERS: Mapping[str, Callable[[Work, str, Entry], None]] = {
    TaskKind.ROUTE: _route,
    TaskKind.SET_ASIDE: _dealt_with,
    TaskKind.ALERT_NOT_SENT: _dealt_with,
    TaskKind.QUESTION: _dealt_with,
    TaskKind.WITNESS_CARE_SAYS: _dealt_with,
    TaskKind.ADDRESS_TO_CHECK: _answer_about_address,
    TaskKind.CANNOT_OPEN: _dealt_with,
    TaskKind.CALENDAR: _dealt_with,
    TaskKind.FOUND_LATE: _dealt_with,
    TaskKind.REFERRAL_TO_MATCH: _match,
    TaskKind.CLOSING_PROPOSED: _answer_proposal,
    TaskKind.RESULT_CODE: _say_what_a_code_means,
    TaskKind.SAME_PERSON: _same_person,
    TaskKind.OFFER_OWED: _decide_offer,
    TaskKind.ASK_AGAIN: _dealt_with,
    TaskKind.TRANSFER_OFFERED: transferring.answer_offer,
    TaskKind.INTRODUCE_OFFICER: transferring.answer_introduction,
    TaskKind.NEEDS_AGAIN: _dealt_with,
    TaskKind.TURNING_18: _dealt_with,
    TaskKind.ALSO_OFFENDER: _dealt_with,
    TaskKind.FAMILY_DOUBT: _dealt_with,
}
