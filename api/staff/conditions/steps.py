"""What became of a request: sent, answered, told back."""

from __future__ import annotations

from fastapi import APIRouter

from api.guards.session import Visit
from api.staff import forms, pages, words
from api.staff.fields import Entry, Field
from api.staff.forms import Subject
from vcs.access.work import Work
from vcs.consequences.drafts import after
from vcs.needs.conditions import requests
from vcs.needs.conditions.reads import RequestView, request_view
from vcs.needs.conditions.records import ConditionAnswer
from vcs.victims.records import LONGEST_WORDS, Victim

router = APIRouter()

_LIKE = "For example, 20 3 2026"


def _day(name: str, label: str) -> Field:
    return Field(name, label, "date", hint=_LIKE, required="Enter the day")


def _request(visit: Visit, request: str) -> tuple[RequestView, Victim]:
    with visit.app.db.reading() as session:
        return request_view(session, visit.app.sealer, visit.officer, request)


_ABOUT = Subject(
    at="/condition-requests/{request}",
    back="/victims/{found[1].reference}/conditions",
    caption="{found[0].condition.title}",
    find=_request,
)

_ANSWER = (
    Field(
        "answer",
        "What was decided?",
        "radios",
        required="Select what was decided",
        options=words.CONDITION_ANSWERS,
    ),
    Field(
        "words",
        "Which reason was given?",
        "lines",
        hint="A refusal without a reason: ask for it",
        longest=LONGEST_WORDS,
        needed="it was not granted as asked",
    ),
    _day("answered_on", "When was it decided?"),
)

_SENT = (_day("sent_on", "When was it sent?"),)

_TOLD = (_day("told_on", "When were they told the answer and its reason?"),)

_WHY = (
    Field(
        "why",
        "Why may the place be sent, although somebody may live there?",
        "lines",
        hint="The offender reads his licence. It holds for where people live today",
        required="Enter why it may be sent",
        longest=LONGEST_WORDS,
    ),
)

SENT = _ABOUT.form("sent", "Sent to the offender manager", "Record it", _SENT)
ANSWERED = _ABOUT.form("answer", "What was decided", "Record it", _ANSWER)
TOLD = _ABOUT.form("told", "Told back", "Record it", _TOLD)
PLACE = _ABOUT.form("place", "A place that may be somebody’s home", "It may be sent", _WHY)


@forms.serve(router, "/condition-requests/{request}/sent", SENT)
def sent(work: Work, entry: Entry, request: str) -> str:
    """Record that a request was sent."""
    requests.record_sent(work, request, entry.day("sent_on"))
    return _back(work, request)


@forms.serve(router, "/condition-requests/{request}/answer", ANSWERED)
def answered(work: Work, entry: Entry, request: str) -> str:
    """Record what was decided."""
    answer, day = ConditionAnswer(entry.typed["answer"]), entry.day("answered_on")
    after.record_answer(work, request, answer, entry.typed["words"], day)
    return _back(work, request)


@forms.serve(router, "/condition-requests/{request}/told", TOLD)
def told(work: Work, entry: Entry, request: str) -> str:
    """Record that they were told."""
    requests.record_told(work, request, entry.day("told_on"))
    return _back(work, request)


@forms.serve(router, "/condition-requests/{request}/place", PLACE)
def place(work: Work, entry: Entry, request: str) -> str:
    """Record why a place that is held may be sent."""
    requests.check_place(work, request, entry.typed["why"])
    return _back(work, request)


def _back(work: Work, request: str) -> str:
    _, victim = request_view(work.session, work.sealer, work.actor, request)
    return pages.after(f"/victims/{victim.reference}/conditions", "condition")
