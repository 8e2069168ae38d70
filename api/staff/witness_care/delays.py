"""How long witness care takes to refer: tables that both sides see, and may dispute."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from api.guards.session import Visiting
from api.staff import pages
from vcs.ledger.figures.delays import delays as tables_of_delays
from vcs.ledger.figures.delays import quarter_of
from vcs.small_numbers.withheld import FEWEST

router = APIRouter()


@router.get("/delays")
def delays(visit: Visiting) -> Response:
    """Show the delay of each unit and court in the reader's region or area, quarter by quarter."""
    with visit.app.db.reading() as session:
        found = tables_of_delays(session, visit.officer, visit.app.today)
    running = quarter_of(visit.app.today)
    return pages.render(
        visit.request,
        "delays/delays.html",
        title="Delays",
        found=found,
        fewest=FEWEST,
        running=running,
    )
