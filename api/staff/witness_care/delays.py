"""How long witness care takes to refer: a table that both sides see, and may dispute."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from api.guards.session import Visiting
from api.staff import pages
from api.staff.figures.long_counts import shown
from vcs.access.rules import Act, reach_of_counts, require_may
from vcs.ledger.figures.delays import DAYS, counting_of_delays
from vcs.small_numbers.withheld import FEWEST

router = APIRouter()


@router.get("/delays")
def delays(visit: Visiting) -> Response:
    """Show the delay of each unit and court within the reader's reach, small counts withheld."""
    require_may(visit.officer, Act.SEE_DELAYS)
    counting = counting_of_delays(reach_of_counts(visit.officer), visit.app.today)
    figures = shown(visit, counting)
    return pages.render(
        visit.request,
        "delays/delays.html",
        title="Delays",
        found=figures.found,
        counted_at=figures.counted_at,
        fewest=FEWEST,
        days=DAYS,
    )
