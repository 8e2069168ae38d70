"""What a unit is asked when an offender manager consults it: which conditions may be sent."""

from __future__ import annotations

from dataclasses import replace

from api.guards.session import Visit
from api.staff.fields import Entry, Field
from api.staff.tasks.questions import NOTE
from api.staff.words.text import short_day
from vcs.access.work import Work
from vcs.consultations.answer import UnitAnswer, answer_consultation
from vcs.consultations.reads import RequestWaiting, requests_of_task
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
)

_NOTE = replace(NOTE, label="How do you know?", required="Enter how you know what they agreed to")


def fields(visit: Visit, reference: str) -> tuple[Field, ...]:
    """Return what is asked: each condition that waits may be selected, and none is beforehand."""
    with visit.app.db.reading() as session:
        waiting = requests_of_task(session, visit.app.sealer, visit.officer, reference)
    free = {one.reference: _in_words(one) for one in waiting if not one.is_held}
    hint = _REQUESTS.hint
    if held := [one for one in waiting if one.is_held]:
        of = ", ".join(dict.fromkeys(one.victim for one in held))
        hint = f"{hint}. {len(held)} held back, of {of}: see their page of licence conditions"
    which = replace(_REQUESTS, options=free, hint=hint)
    return (_ANSWER, which, _NOTE) if waiting else (_ANSWER, _NOTE)


def _in_words(one: RequestWaiting) -> str:
    return f"{one.condition}, asked for by {one.victim} on {short_day(one.asked_on)}"


def answer(work: Work, reference: str, entry: Entry) -> None:
    """Record what the unit answers."""
    typed = entry.typed
    agreed = frozenset(typed.get("requests", "").split())
    answer_consultation(work, reference, UnitAnswer(typed["answer"], typed["note"], agreed))
