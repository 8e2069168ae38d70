"""What a unit is asked when an offender manager consults it: which conditions may be sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from api.guards.session import Visit
from api.staff.fields import Entry, Field
from api.staff.tasks.questions import NOTE
from api.staff.words.text import short_day
from vcs.access.work import Work
from vcs.consultations.answer import UnitAnswer, answer_consultation
from vcs.consultations.reads import (
    QuestionView,
    RequestWaiting,
    question_of_task,
    requests_of_task,
)
from vcs.consultations.records import PartAnswer

_ANSWER = Field(
    "answer",
    "What is the offender manager sent?",
    "radios",
    hint="They never learn who asks, or how many",
    required="Select what the offender manager is sent",
    options={
        PartAnswer.REQUESTS.value: "Conditions that were asked for, where the person agreed that "
        "they are sent",
        PartAnswer.NO_ANSWER.value: "Nothing: it stays “no answer”, as where nobody exists",
    },
)

_REQUESTS = Field(
    "requests",
    "Which conditions did the person agree to send?",
    "checkboxes",
    hint="Leave out what another person of the referral asks for, unless they agreed too",
    longest=2000,
    needed="you choose to send conditions",
)

_WHOSE = Field(
    "is_theirs",
    "Whom does the offender manager ask about?",
    "checkboxes",
    hint="The number of a case may mean more than one person. Ring the offender manager first",
    longest=10,
)

_NOTE = replace(NOTE, label="How do you know?", required="Enter how you know what they agreed to")


def fields(visit: Visit, reference: str) -> tuple[Field, ...]:
    """Return what is asked: each condition that waits may be selected, and none is beforehand."""
    with visit.app.db.reading() as session:
        waiting = requests_of_task(session, visit.app.sealer, visit.officer, reference)
        question = question_of_task(session, visit.app.sealer, visit.officer, reference)
    asked = () if question is None or question.is_certain else (_confirmed(question),)
    return (_ANSWER, *asked, _which(waiting), _NOTE) if waiting else (_ANSWER, _NOTE)


def _which(waiting: Sequence[RequestWaiting]) -> Field:
    free = {one.reference: _in_words(one) for one in waiting if not one.is_held}
    hint = _REQUESTS.hint
    if held := [one for one in waiting if one.is_held]:
        of = ", ".join(dict.fromkeys(one.victim for one in held))
        hint = f"{hint}. {len(held)} held back, of {of}: see their page of licence conditions"
    return replace(_REQUESTS, options=free, hint=hint)


def _confirmed(question: QuestionView) -> Field:
    words = f"{question.offender}, case {question.case_reference}: the offender manager said so"
    return replace(_WHOSE, options={"yes": words})


def _in_words(one: RequestWaiting) -> str:
    return f"{one.condition}, asked for by {one.victim} on {short_day(one.asked_on)}"


def answer(work: Work, reference: str, entry: Entry) -> None:
    """Record what the unit answers."""
    typed = entry.typed
    agreed = frozenset(typed.get("requests", "").split())
    is_theirs = bool(typed.get("is_theirs"))
    said = UnitAnswer(typed["answer"], typed["note"], agreed, is_theirs)
    answer_consultation(work, reference, said)
