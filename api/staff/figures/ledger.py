"""The ledger: how many sentences are in each state, and the rows behind each number.

The same counts and rows come as JSON, for those who check them by program.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query
from fastapi.encoders import jsonable_encoder
from pydantic import BeforeValidator
from starlette.responses import JSONResponse, Response

from api.guards.session import Visiting
from api.openapi.others import LOOKED_AT, LedgerBody, RowsBody
from api.public.asked import written
from api.staff import pages, words
from api.staff.lists import ListPage, ListPageOfASize
from vcs.ledger.figures import counts as ledger_counts
from vcs.ledger.figures.counts import Ledger, Line, name_on
from vcs.ledger.figures.parts import Axis, Cell
from vcs.ledger.figures.rows import ledger_rows
from vcs.ledger.integrity.proof import last_proof
from vcs.ledger.kept.cells import monday
from vcs.terms import SentenceState

router = APIRouter()

Code = Annotated[str, Query(pattern=r"^[A-Za-z0-9]{1,10}$")]

Day = Annotated[date, BeforeValidator(written), Query(ge=date(1900, 1, 1), le=date(2100, 1, 1))]

AXES = {Axis.REGION: "Region", Axis.COURT: "Court", Axis.WEEK: "Week of sentence"}


def cell(
    state: SentenceState | None = None,
    region: Code | None = None,
    court: Code | None = None,
    week: Day | None = None,
) -> Cell:
    """Read from the address which part of the ledger is asked for."""
    return Cell(state, region, court, monday(week) if week else None)


Part = Annotated[Cell, Depends(cell)]


@router.get("/ledger")
def ledger(visit: Visiting, part: Part, page: ListPage, by: Axis = Axis.REGION) -> Response:
    """Show the counts, with the newest proof that they close."""
    with visit.app.db.reading() as session:
        found = ledger_counts.ledger(session, visit.officer, by, part, page)
        proof = last_proof(session, visit.app.now())
    return pages.render(
        visit.request,
        "ledger/ledger.html",
        title="Ledger",
        found=found,
        proof=proof,
        axes=AXES,
        states=SentenceState,
        link=_link(part, by),
        chosen=_chosen(part),
    )


@router.get("/ledger/rows")
def rows(visit: Visiting, part: Part, page: ListPage) -> Response:
    """List the sentences behind a number, by reference."""
    with visit.app.db.reading() as session:
        found = ledger_rows(session, visit.officer, part, page)
    return pages.render(
        visit.request,
        "ledger/rows.html",
        title="Sentences in the ledger",
        found=found,
        asked=part,
        link=_link(part, Axis.REGION),
        chosen=_chosen(part),
    )


@router.get("/ledger.json", response_model=LedgerBody, responses=LOOKED_AT)
def ledger_as_json(
    visit: Visiting, part: Part, page: ListPageOfASize, by: Axis = Axis.REGION
) -> JSONResponse:
    """Give the counts as JSON."""
    with visit.app.db.reading() as session:
        found = ledger_counts.ledger(session, visit.officer, by, part, page)
        proof = last_proof(session, visit.app.now())
    answer = counts(found) | {"proof": asdict(proof) if proof else None}
    return JSONResponse(jsonable_encoder(answer))


@router.get("/ledger/rows.json", response_model=RowsBody, responses=LOOKED_AT)
def rows_as_json(visit: Visiting, part: Part, page: ListPageOfASize) -> JSONResponse:
    """Give the rows behind a number as JSON."""
    with visit.app.db.reading() as session:
        found = ledger_rows(session, visit.officer, part, page)
    return JSONResponse(jsonable_encoder(asdict(found)))


def counts(found: Ledger) -> dict[str, Any]:
    """Return the counts as plain values, for JSON."""
    return {
        "by": str(found.axis),
        "messages": {"received": found.received, **found.messages},
        "sentences": found.held,
        "states": dict(found.total.states),
        "unaccounted": found.total.unaccounted,
        "closes": found.closes,
        "lines": [_line(line) for line in found.lines.rows],
        "page": found.lines.page,
        "pages": found.lines.pages,
    }


def _line(line: Line) -> dict[str, Any]:
    counted = {"key": line.key, "name": line.name, "sentences": line.sentences}
    return counted | {"states": dict(line.states), "unaccounted": line.unaccounted}


def _link(part: Cell, by: Axis) -> Any:
    """Return how a page writes an address: this part of the ledger, with some sides changed."""

    def link(path: str, **changes: object) -> str:
        sides = {name: value for name, value in asdict(part).items() if value is not None}
        asked = {"by": by, **sides, **changes} if path == "/ledger" else {**sides, **changes}
        return f"{path}?{urlencode({name: str(value) for name, value in asked.items()})}"

    return link


def _chosen(part: Cell) -> list[tuple[str, str]]:
    """Return in words which part is shown."""
    sides = {
        "Region": part.region and name_on(Axis.REGION, part.region),
        "Court": part.court and name_on(Axis.COURT, part.court),
        "Week from": part.week and words.short_day(part.week),
    }
    return [(name, value) for name, value in sides.items() if value]
