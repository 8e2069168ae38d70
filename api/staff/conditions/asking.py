"""Recording what a victim asks of a licence, and the steps of a personal statement."""

from __future__ import annotations

from fastapi import APIRouter

from api.guards.session import Visit
from api.staff import forms, pages, words
from api.staff.fields import Entry, Field
from api.staff.forms import Subject
from vcs.access.work import Work
from vcs.needs.conditions.catalogue import CONDITIONS
from vcs.needs.conditions.reads import ConditionsView, conditions_of
from vcs.needs.conditions.records import StatementStep
from vcs.needs.conditions.requests import RequestEntry, ask_for_condition
from vcs.needs.conditions.statement import record_step
from vcs.terms import Role
from vcs.victims.records import LONGEST_WORDS

router = APIRouter()

_ASKED = (
    Field(
        "code",
        "Which condition do they ask for?",
        "radios",
        required="Select a condition",
        options={row.code: f"{row.title}. {row.does}" for row in CONDITIONS},
    ),
    Field(
        "place",
        "Which place or area?",
        "lines",
        hint="Places as they live in them: the way to school, a shop, a bus stop. Never their home",
        longest=LONGEST_WORDS,
        needed="the condition has a place or an area",
    ),
    Field(
        "usable",
        "Which reasons may be used?",
        "lines",
        hint="They agree that those who decide read this. It may come to the offender",
        longest=LONGEST_WORDS,
    ),
    Field(
        "private",
        "Which reasons may not be disclosed?",
        "lines",
        hint="This stays in the unit, and is on no sheet",
        longest=LONGEST_WORDS,
    ),
    Field(
        "asked_on",
        "When did they ask?",
        "date",
        hint="For example, 20 3 2026",
        required="Enter the day on which they asked",
    ),
)

_CHECKED = Field(
    "checked",
    "If the place may be their home: why may it be sent?",
    "lines",
    hint="Leave empty otherwise",
    longest=LONGEST_WORDS,
)

_STEP = (
    Field(
        "step",
        "What happened?",
        "radios",
        required="Select what happened",
        options=words.STATEMENT_STEPS,
    ),
    Field(
        "happened_on",
        "When?",
        "date",
        hint="For example, 20 3 2026",
        required="Enter the day",
    ),
    Field("words", "Who read it, or how is it to be read?", longest=LONGEST_WORDS),
)


def _conditions(visit: Visit, victim: str) -> ConditionsView:
    with visit.app.db.reading() as session:
        return conditions_of(session, visit.app.sealer, visit.officer, victim)


_ABOUT = Subject(
    at="/victims/{victim}",
    back="/victims/{victim}/conditions",
    caption="{found.name}",
    find=_conditions,
)


def _fields(visit: Visit, victim: str) -> tuple[Field, ...]:
    return (*_ASKED, _CHECKED) if visit.officer.role is Role.MANAGER else _ASKED


ASK_FOR = _ABOUT.form("conditions/new", "Ask for a licence condition", "Record it", _fields)


@forms.serve(router, "/victims/{victim}/conditions/new", ASK_FOR)
def ask_for(work: Work, entry: Entry, victim: str) -> str:
    """Record what they ask for."""
    typed = entry.typed
    asked = RequestEntry(
        typed["code"],
        entry.day("asked_on"),
        typed["place"],
        typed["usable"],
        typed["private"],
        typed.get("checked", ""),
    )
    ask_for_condition(work, victim, asked)
    return pages.after(f"/victims/{victim}/conditions", "condition")


STATEMENT = _ABOUT.form("statement", "Personal statement", "Record it", _STEP)


@forms.serve(router, "/victims/{victim}/statement", STATEMENT)
def record_statement(work: Work, entry: Entry, victim: str) -> str:
    """Record a step of the statement."""
    step, day = StatementStep(entry.typed["step"]), entry.day("happened_on")
    record_step(work, victim, step, day, entry.typed["words"])
    return pages.after(f"/victims/{victim}/conditions", "condition")
