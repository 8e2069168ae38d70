"""What victims say of how they were treated, and what was done about it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from fastapi import APIRouter
from starlette.responses import Response

from api.guards.session import Visit, Visiting
from api.staff import forms, pages, words
from api.staff.fields import Entry, Field
from api.staff.forms import Form, FormPage, Subject
from vcs.access.work import Work
from vcs.errors import NotFound, NotValid
from vcs.quality.ask import FeedbackEntry, record_feedback
from vcs.quality.code import code_feedback
from vcs.quality.questions import BEST, MILESTONES, QUESTIONS, THEMES, Milestone, Theme
from vcs.quality.reads import FeedbackView, OfVictim, feedback_of, of_region
from vcs.victims.records import LONGEST_WORDS

router = APIRouter()

_YEAR: Final = timedelta(days=365)

_NOT_SAID: Final = "not_said"

_SCORES: Final = {
    **{str(n): str(n) for n in range(1, BEST + 1)},
    _NOT_SAID: "They prefer not to say",
}


@router.get("/victims/{victim}/feedback")
def feedback(visit: Visiting, victim: str) -> Response:
    """Show what a victim said of how they were treated."""
    return pages.render(
        visit.request,
        "quality/victim.html",
        title="What they say of how they were treated",
        view=_of_victim(visit, victim),
        milestones=MILESTONES,
        themes=THEMES,
    )


def _of_victim(visit: Visit, victim: str) -> OfVictim:
    with visit.app.db.reading() as session:
        return feedback_of(session, visit.app.sealer, visit.officer, victim)


_ASKED: Final = (
    Field(
        "milestone",
        "After what were they asked?",
        "radios",
        required="Select after what they were asked",
        options={str(key): name for key, name in MILESTONES.items()},
    ),
    Field(
        "asked_on",
        "On which day?",
        "date",
        hint="The day of a conversation that is recorded, or of their choice. Nobody is contacted "
        "in order to be asked",
        required="Enter the day",
    ),
    Field(
        "how",
        "In which conversation?",
        "radios",
        required="Select in which conversation they were asked",
        options=words.CONTACT_WAYS,
    ),
    *(
        Field(
            name,
            f"{question} 1 is not at all, {BEST} is completely",
            "radios",
            required="Select a number, or that they prefer not to say",
            options=_SCORES,
        )
        for name, question in QUESTIONS.items()
    ),
    Field(
        "words",
        "In their own words",
        "lines",
        hint="As they said it. Numbers without a word are a bare tick",
        longest=LONGEST_WORDS,
    ),
)

_ABOUT: Final = Subject(
    at="/victims/{victim}",
    back="/victims/{victim}/feedback",
    caption="{found.name}",
    find=_of_victim,
)

NEW_FEEDBACK: Final = _ABOUT.form(
    "feedback/new", "What they say of how they were treated", "Record it", _ASKED
)


@forms.serve(router, "/victims/{victim}/feedback/new", NEW_FEEDBACK)
def new_feedback(work: Work, entry: Entry, victim: str) -> str:
    """Record what somebody answered within a conversation."""
    typed = {name: entry.typed[name] for name in QUESTIONS}
    said = {name: int(score) for name, score in typed.items() if score != _NOT_SAID}
    if said and len(said) < len(typed):
        missing = next(name for name in typed if name not in said)
        raise NotValid("All or none.", {missing: "Select a number for all three, or for none"})
    asked = FeedbackEntry(
        Milestone(entry.typed["milestone"]),
        entry.day("asked_on"),
        entry.typed["how"],
        said,
        entry.typed["words"],
    )
    record_feedback(work, victim, asked)
    return pages.after(f"/victims/{victim}/feedback", "feedback")


@router.get("/quality")
def quality(visit: Visiting) -> Response:
    """Show what a region was told in a year: what was asked, and what was done."""
    today = visit.app.today
    with visit.app.db.reading() as session:
        found = of_region(session, visit.app.sealer, visit.officer, (today - _YEAR, today))
    return pages.render(
        visit.request,
        "quality/region.html",
        title="In their words",
        found=found,
        since=today - _YEAR,
        milestones=MILESTONES,
        themes=THEMES,
    )


def _answer(visit: Visit, feedback: str) -> FeedbackView:
    with visit.app.db.reading() as session:
        found = of_region(session, visit.app.sealer, visit.officer, (date.min, date.max))
    every = {one.reference: one for one in (*found.to_code, *found.to_do, *found.said_and_done)}
    if feedback not in every:
        raise NotFound("There is no such answer.")
    return every[feedback]


_CODED: Final = (
    Field(
        "theme",
        "What is it about?",
        "radios",
        required="Select what it is about",
        options={str(key): name for key, name in THEMES.items()},
    ),
    Field(
        "did",
        "What was done about it?",
        "lines",
        hint="Leave empty where nothing was done yet",
        longest=LONGEST_WORDS,
    ),
    Field("did_on", "On which day?", "date"),
)


def _code_page(visit: Visit, feedback: str) -> FormPage:
    found = _answer(visit, feedback)
    return FormPage(
        "What is it about?",
        action=f"/quality/{feedback}",
        button="Record it",
        back="/quality",
        caption=found.victim_reference,
        lead=(f"“{found.words}”",),
        typed={"theme": found.theme or ""},
    )


CODE: Final = Form(_CODED, _code_page, check=_answer)


@forms.serve(router, "/quality/{feedback}", CODE)
def code(work: Work, entry: Entry, feedback: str) -> str:
    """Record what an answer is about, and what was done."""
    theme, did = Theme(entry.typed["theme"]), entry.typed["did"]
    code_feedback(work, feedback, theme, did, entry.day_if_any("did_on"))
    return pages.after("/quality", "feedback-coded")
