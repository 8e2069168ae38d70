"""Try another law, length or time over all that is stored: asked for here, done by the scheduler.

The page of a trial shows how far it is and is opened again by its address: nothing needs to stay
open meanwhile. Counts name nobody; the file of sentences is for those who may open them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from fastapi import APIRouter
from starlette.responses import Response

from api.guards.session import Visit, Visiting
from api.staff import forms, pages, words
from api.staff.fields import Entry, Field
from api.staff.files import csv_file
from api.staff.files.csv_file import Row
from api.staff.forms import Form, FormPage
from vcs.access.rules import Act, require_may
from vcs.access.work import Work
from vcs.consequences.wind_tunnel.ask import TrialEntry, ask_trial
from vcs.consequences.wind_tunnel.clocks import DUTIES_TO_TRY
from vcs.consequences.wind_tunnel.reads import list_trials, may_see_moves, moves, trial_view
from vcs.consequences.wind_tunnel.records import MOST_MOVES
from vcs.errors import NotValid
from vcs.law.rule_sets import RULE_SETS

router = APIRouter()

_HEAD: Final = ("Sentence", "Answer now", "Answer then", "Which way")


def _fields(visit: Visit) -> tuple[Field, ...]:
    require_may(visit.officer, Act.TRY_LAW)
    return (
        Field(
            "rule_set",
            "Rules to try",
            "select",
            hint="As if they had applied on the day of every sentence",
            options={one.id: one.title for one in RULE_SETS},
        ),
        _number("least_months", "Least length of custody, in months"),
        Field(
            "duty",
            "Duty to give another time",
            "select",
            options={one: one.replace("-", " ").capitalize() for one in DUTIES_TO_TRY},
        ),
        _number("working_days", "Its time, in working days"),
    )


def _number(name: str, label: str) -> Field:
    return Field(name, label, longest=4, width="govuk-input--width-4")


def _page(visit: Visit) -> FormPage:
    with visit.app.db.reading() as session:
        found = list_trials(session, visit.officer)
    return FormPage(
        "Try another law",
        action="/wind-tunnel",
        button="Try it",
        template="wind_tunnel/trials.html",
        lead=(
            "Every sentence that you answer for is decided as if other rules, another length or "
            "another time applied. Nothing that is stored changes, and nobody is told.",
            "A million sentences take some minutes. You can leave this page and come back.",
        ),
        more={"found": found},
    )


TRY: Final = Form(_fields, _page)


@forms.serve(router, "/wind-tunnel", TRY)
def new_trial(work: Work, entry: Entry) -> str:
    """Ask for a trial, and lead to its page."""
    typed = entry.typed
    tried = TrialEntry(
        typed["rule_set"] or None,
        _whole(entry, "least_months"),
        typed["duty"] or None,
        _whole(entry, "working_days"),
    )
    return pages.after(f"/wind-tunnel/{ask_trial(work, tried).reference}", "trial-asked")


def _whole(entry: Entry, name: str) -> int | None:
    typed = entry.typed[name]
    if typed and not (typed.isascii() and typed.isdecimal()):
        raise NotValid("Enter a whole number.", {name: "Enter a whole number, like 12"})
    return int(typed) if typed else None


@router.get("/wind-tunnel/{reference}.json")
def trial_as_json(visit: Visiting, reference: str) -> Response:
    """Give what a trial came to: the same bytes each time, and as the command prints it."""
    with visit.app.db.reading() as session:
        view = trial_view(session, visit.officer, reference)
    if view.found is None:
        raise NotValid("This trial is not finished. Open its page to see how far it is.")
    headers = {"Content-Disposition": f'attachment; filename="trial-{reference}.json"'}
    written = json.dumps(view.found, indent=2) + "\n"
    return Response(written, media_type="application/json", headers=headers)


@router.get("/wind-tunnel/{reference}.csv")
def moves_as_csv(visit: Visiting, reference: str) -> Response:
    """Give the sentences whose answer would change, by reference, to those who may open them."""
    with visit.app.db.reading() as session:
        trial_view(session, visit.officer, reference)

    def rows() -> Iterator[Row]:
        with visit.app.db.reading() as session:
            for one in moves(session, visit.officer, reference):
                yield one.reference, words.OUTCOMES[one.was], words.OUTCOMES[one.would_be], one.way

    return csv_file.answer(f"trial-{reference}", _HEAD, rows)


@router.get("/wind-tunnel/{reference}")
def trial(visit: Visiting, reference: str) -> Response:
    """Show how far a trial is, and what it came to."""
    with visit.app.db.reading() as session:
        view = trial_view(session, visit.officer, reference)
    return pages.render(
        visit.request,
        "wind_tunnel/trial.html",
        title="What would change",
        view=view,
        opens=may_see_moves(visit.officer),
        most=MOST_MOVES,
    )
