"""Measures: each number with its quality partner, as a page, CSV and JSON, and its cases."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query
from starlette.responses import JSONResponse, Response

from api.guards.session import Visit, Visiting
from api.staff import pages
from api.staff.figures.drawings import steps_drawing, trend_drawing
from api.staff.figures.ledger import Day
from api.staff.figures.long_counts import show_again, shown, stands
from api.staff.files import csv_file
from api.staff.forms import new_token
from vcs.access.rules import Act, may, reach_of_counts, require_may
from vcs.errors import Busy
from vcs.ledger.counted.keep import Counting, Shown
from vcs.measures.cases import cases
from vcs.measures.counted import (
    Figures,
    counting_of_figures,
    counting_of_pictures,
    publish_as_counted,
)
from vcs.measures.disclosure.tallies import NOWHERE, WHOLE, Axis, name_of
from vcs.measures.facts import Asked, last_year
from vcs.measures.formulas.computed import OF_STAFF
from vcs.measures.shown import CSV_HEAD, as_json, csv_rows
from vcs.measures.shown_before import compared, is_kept, is_remembered
from vcs.measures.table import BY_ID

router = APIRouter()

AXES = {
    Axis.REGION: "Region",
    Axis.COURT: "Court",
    Axis.POLICE_AREA: "Police area",
    Axis.MONTH: "Month",
}


_TRIES = 3

_OTHERS_PUBLISH = "Figures are being published by others. Try again in a minute."


@dataclass(frozen=True, slots=True)
class Choice:
    """What the address asks for: a period, and what to count by."""

    from_on: date | None
    to_on: date | None
    by: Axis | None


def choice(
    from_day: Annotated[Day | None, Query(alias="from")] = None,
    to_day: Annotated[Day | None, Query(alias="to")] = None,
    by: Axis | None = None,
) -> Choice:
    """Read from the address which period is asked for."""
    return Choice(from_day, to_day, by)


Chosen = Annotated[Choice, Depends(choice)]

Group = Annotated[str, Query(pattern=r"^[A-Za-z0-9-]{0,10}$")]


def asked_by(visit: Visit, chosen: Choice) -> Asked:
    """Return what is asked for, within what a person answers for: by default the last year."""
    require_may(visit.officer, Act.SEE_FIGURES)
    today = visit.app.today
    to_on = chosen.to_on or today
    asked = last_year(to_on, today, reach_of_counts(visit.officer))
    return replace(asked, from_on=min(chosen.from_on or asked.from_on, to_on))


def found_for(visit: Visit, chosen: Choice) -> tuple[Asked, Shown[Figures]]:
    """Return what was asked for and its figures, beside those that were shown before."""
    asked = asked_by(visit, chosen)
    _, figures = _counted(visit, asked, chosen.by)
    return asked, _compared(visit, asked, figures)


def found_to_take(visit: Visit, chosen: Choice) -> tuple[Asked, Shown[Figures]]:
    """Return the same for a file that leaves, and keep what it shows.

    The same again on the same day writes nothing. Raises Busy where others publish all the while.
    """
    asked = asked_by(visit, chosen)
    for _ in range(_TRIES):
        stood = stands(visit)
        counting, figures = _counted(visit, asked, chosen.by)
        answer = _compared(visit, asked, figures)
        with visit.app.db.reading() as session:
            if is_kept(session, asked, figures.found):
                return asked, answer
        with visit.app.db.writing() as session:
            is_published = publish_as_counted(session, asked, counting, figures)
            since = counting_of_figures(session, asked, chosen.by)
        if is_published:
            show_again(visit, since, figures, stood)
            return asked, answer
    raise Busy(_OTHERS_PUBLISH)


def _counted(
    visit: Visit, asked: Asked, by: Axis | None
) -> tuple[Counting[Figures], Shown[Figures]]:
    with visit.app.db.reading() as session:
        counting = counting_of_figures(session, asked, by)
    return counting, shown(visit, counting)


def _compared(visit: Visit, asked: Asked, figures: Shown[Figures]) -> Shown[Figures]:
    with visit.app.db.reading() as session:
        return replace(figures, found=compared(session, asked, figures.found))


@router.get("/measures")
def measures(visit: Visiting, chosen: Chosen) -> Response:
    """Show every measure beside its quality partner, with two pictures and their tables."""
    asked, figures = found_for(visit, chosen)
    with visit.app.db.reading() as session:
        pictures = counting_of_pictures(session, asked)
    weeks, steps = shown(visit, pictures).found
    return pages.render(
        visit.request,
        "measures/measures.html",
        title="Measures",
        asked=asked,
        found=figures.found,
        counted_at=figures.counted_at,
        by=chosen.by,
        axes=AXES,
        weeks=weeks,
        trend=trend_drawing(weeks),
        steps=steps,
        bars=steps_drawing(steps),
        link=_link(asked, chosen.by),
        opens=may(visit.officer, Act.SEE_SENTENCES),
        whole=WHOLE,
        of_staff=OF_STAFF,
        may_keep=is_remembered(asked) and may(visit.officer, Act.SEE_LEDGER),
        form_token=new_token(),
    )


@router.get("/measures.json")
def measures_json(visit: Visiting, chosen: Chosen) -> JSONResponse:
    """Give the same figures as JSON, and keep what it shows."""
    asked, figures = found_to_take(visit, chosen)
    return JSONResponse(as_json(figures.found, asked, figures.counted_at))


@router.get("/measures.csv")
def measures_csv(visit: Visiting, chosen: Chosen) -> Response:
    """Give the same figures as a file for a spreadsheet, and keep what it shows."""
    asked, figures = found_to_take(visit, chosen)
    name = f"measures-{asked.from_on}-{asked.to_on}"
    return csv_file.answer(
        name, CSV_HEAD, lambda: csv_rows(figures.found, asked, figures.counted_at)
    )


@router.get("/measures/{measure}")
def measure_cases(visit: Visiting, measure: str, chosen: Chosen, group: Group = "") -> Response:
    """List the cases behind a number, by reference, for those who may see them."""
    asked = asked_by(visit, chosen)
    cell = (str(chosen.by), group or NOWHERE) if chosen.by else WHOLE
    with visit.app.db.reading() as session:
        found = cases(session, visit.officer, measure, asked, cell)
    return pages.render(
        visit.request,
        "measures/rows.html",
        title=f"Cases: {BY_ID[measure].words}",
        measure=BY_ID[measure],
        found=found,
        group=name_of(cell),
        asked=asked,
        link=_link(asked, chosen.by),
    )


def _link(asked: Asked, by: Axis | None) -> object:
    """Return how a page writes an address: this period, with some sides changed."""

    def link(path: str, **changes: object) -> str:
        sides = {"from": asked.from_on, "to": asked.to_on, "by": by} | changes
        return f"{path}?{urlencode({name: str(one) for name, one in sides.items() if one})}"

    return link
