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
from api.staff.figures.long_counts import shown
from api.staff.files import csv_file
from api.staff.forms import new_token
from vcs.access.rules import Act, may, reach_of_counts, require_may
from vcs.ledger.counted.keep import Shown
from vcs.measures.cases import cases
from vcs.measures.counted import counting_of_figures, counting_of_pictures
from vcs.measures.disclosure.tallies import NOWHERE, WHOLE, Axis, name_of
from vcs.measures.facts import Asked, last_year
from vcs.measures.figures import Figure
from vcs.measures.formulas.computed import OF_STAFF
from vcs.measures.shown import CSV_HEAD, as_json, csv_rows
from vcs.measures.shown_before import compared, is_remembered
from vcs.measures.table import BY_ID

router = APIRouter()

AXES = {
    Axis.REGION: "Region",
    Axis.COURT: "Court",
    Axis.POLICE_AREA: "Police area",
    Axis.MONTH: "Month",
}


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


def found_for(visit: Visit, chosen: Choice) -> tuple[Asked, Shown[tuple[Figure, ...]]]:
    """Return what was asked for and its figures, beside those that were shown before."""
    asked = asked_by(visit, chosen)
    with visit.app.db.reading() as session:
        counting = counting_of_figures(session, asked, chosen.by)
    figures = shown(visit, counting)
    with visit.app.db.reading() as session:
        return asked, replace(figures, found=compared(session, asked, figures.found))


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
    """Give the same figures as JSON."""
    asked, figures = found_for(visit, chosen)
    return JSONResponse(as_json(figures.found, asked, figures.counted_at))


@router.get("/measures.csv")
def measures_csv(visit: Visiting, chosen: Chosen) -> Response:
    """Give the same figures as a file for a spreadsheet."""
    asked, figures = found_for(visit, chosen)
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
