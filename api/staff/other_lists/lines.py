"""What a list asks: its lines beside the sentence of ours, and a person's answer."""

from __future__ import annotations

from fastapi import APIRouter

from api.guards.session import Visit
from api.staff import forms, pages, words
from api.staff.fields import Entry, Field
from api.staff.forms import Form, FormPage
from vcs.access.work import Work
from vcs.errors import NotValid
from vcs.lists.answered.answer import LONGEST_NOTE, LineEntry, answer_lines
from vcs.lists.answered.answering import EXPLANATIONS, Explanation, LineAnswer
from vcs.lists.answered.take_back import take_back
from vcs.lists.line_reads import LinesView, lines_view
from vcs.referrals.questions.task_reads import kind_of_task
from vcs.tasks.records import TaskTopic

router = APIRouter()

_OFFERED = {
    TaskTopic.UNKNOWN_TO_US: (LineAnswer.ACTED, LineAnswer.SAME, LineAnswer.EXPLAINED),
    TaskTopic.UNKNOWN_UNDECIDED: (LineAnswer.ACTED, LineAnswer.SAME, LineAnswer.EXPLAINED),
    TaskTopic.LIST_UNSURE: (
        LineAnswer.SAME,
        LineAnswer.NOT_SAME,
        LineAnswer.ACTED,
        LineAnswer.EXPLAINED,
    ),
    TaskTopic.LIST_DIFFERS: (LineAnswer.ACTED, LineAnswer.EXPLAINED),
    TaskTopic.LIST_LACKS: (LineAnswer.EXPLAINED,),
}
"""What can be answered to each sort of question."""

_SENTENCE = Field(
    "sentence",
    "Which sentence of ours is it?",
    hint="Only to join it with a sentence that we hold. Its reference, like VCS-7K3M-9QTD",
    longest=20,
    width="govuk-input--width-20",
    needed="you join it with a sentence that we hold",
)

_REASON = Field(
    "reason",
    "The reason, where nothing more is owed",
    "select",
    options={one.value: text for one, text in EXPLANATIONS.items()},
    needed="nothing more is owed",
)

_NOTE = Field(
    "note",
    "How do you know?",
    "lines",
    hint="What you looked at, whom you asked, and when. Do not name a victim here",
    required="Enter how you know",
    longest=LONGEST_NOTE,
)


_TWO = (
    "That it is a sentence that we hold, or that nothing is owed, takes two people here: a second "
    "one gives the same answer"
)


def _view(visit: Visit, reference: str) -> LinesView:
    with visit.app.db.reading() as session:
        return lines_view(session, visit.app.sealer, visit.officer, reference)


def _fields(visit: Visit, reference: str) -> tuple[Field, ...]:
    view = _view(visit, reference)
    offered = _OFFERED[TaskTopic(view.topic)]
    what = Field(
        "answer",
        "What is it?",
        "radios",
        required="Select what it is",
        options={one.value: words.LINE_ANSWERS[one] for one in offered},
        hint=_TWO if view.takes_two else "",
    )
    asks_which = LineAnswer.SAME in offered and view.ours is None
    return (what, *((_SENTENCE,) if asks_which else ()), _REASON, _NOTE)


def _page(visit: Visit, reference: str) -> FormPage:
    view = _view(visit, reference)
    return FormPage(
        words.LINE_TOPICS[view.topic],
        action=f"/tasks/{reference}/lines",
        button="Keep this answer",
        back="/tasks",
        caption=reference,
        template="lists/lines.html",
        more={"view": view, "may_enter": "/set-aside/{receipt}/by-hand"},
    )


LINES = Form(_fields, _page, check=_view)


@forms.serve(router, "/tasks/{reference}/lines", LINES)
def answer_for_lines(work: Work, entry: Entry, reference: str) -> str:
    """Keep the answer, for these lines and for later lists."""
    typed = entry.typed
    reason = typed.get("reason", "")
    if typed["answer"] == LineAnswer.EXPLAINED and not reason:
        raise NotValid("Select the reason.", {"reason": "Select the reason"})
    said = LineEntry(
        LineAnswer(typed["answer"]),
        typed["note"],
        Explanation(reason) if typed["answer"] == LineAnswer.EXPLAINED else None,
        typed.get("sentence", ""),
    )
    answered = answer_lines(work, reference, said)
    if answered.second_wanted:
        return pages.after(f"/tasks/{reference}/lines", "line-proposed")
    if answered.receipt:
        return pages.after(f"/tasks/{reference}/lines", "line-to-enter")
    return pages.after("/tasks", "line-answered")


def _take_back_page(visit: Visit, reference: str) -> FormPage:
    with visit.app.db.reading() as session:
        kind_of_task(session, visit.officer, reference)
    return FormPage(
        "Take an answer back",
        action=f"/tasks/{reference}/lines/take-back",
        button="Take it back and ask again",
        back=f"/tasks/{reference}/lines",
        caption=reference,
        lead=(
            "What was said of these rows counts no more, for this list and for later ones. They "
            "are asked about again, as a new task. Numbers that lists taught us by a wrong join "
            "are forgotten.",
            "The old answer stays beside the rows, with who gave it and when.",
        ),
    )


TAKE_BACK = Form((), _take_back_page, check=_take_back_page)


@forms.serve(router, "/tasks/{reference}/lines/take-back", TAKE_BACK)
def take_an_answer_back(work: Work, entry: Entry, reference: str) -> str:
    """Take back what was said of these lines, and ask again."""
    take_back(work, reference)
    return pages.after("/tasks", "line-taken-back")
