"""What a victim asks of a licence, and the sheet for the offender manager."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from api.guards.session import Visiting
from api.staff import pages
from vcs.needs.conditions.catalogue import SOURCE
from vcs.needs.conditions.homes import HELD, held_of
from vcs.needs.conditions.reads import conditions_of, managers_sheet

router = APIRouter()


@router.get("/victims/{victim}/conditions")
def conditions(visit: Visiting, victim: str) -> Response:
    """Show each request with its steps, and the personal statement."""
    with visit.app.db.reading() as session:
        view = conditions_of(session, visit.app.sealer, visit.officer, victim)
        held = held_of(session, visit.app.sealer, visit.officer, victim)
    return pages.render(
        visit.request,
        "conditions/conditions.html",
        title="Licence conditions and statement",
        view=view,
        source=SOURCE,
        held=held,
        why_held=HELD,
    )


@router.get("/victims/{victim}/conditions/sheet")
def conditions_sheet(visit: Visiting, victim: str) -> Response:
    """Show what an offender manager may have, to print: nothing of who asks."""
    with visit.app.db.reading() as session:
        sheet = managers_sheet(session, visit.app.sealer, visit.officer, victim)
    return pages.render(
        visit.request,
        "conditions/sheet.html",
        title="Requests for licence conditions",
        sheet=sheet,
        victim=victim,
        source=SOURCE,
    )
