"""Whether telling people helps: each rung of the ladder, and what came after it."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from api.guards.session import Visiting
from api.staff import pages
from vcs.alerts.at_once import KINDS
from vcs.alerts.effect.of_at_once import effects_at_once
from vcs.alerts.effect.reads import ENOUGH, PERIOD, effects

router = APIRouter()


@router.get("/alert-effect")
def alert_effect(visit: Visiting) -> Response:
    """Show each rung of the last 90 days: sent, opened, acknowledged, acted on, disputed, false."""
    with visit.app.db.reading() as session:
        found = effects(session, visit.officer, visit.app.today)
        at_once = effects_at_once(session, visit.officer, visit.app.now())
    return pages.render(
        visit.request,
        "running/alert_effect.html",
        title="Do alerts help?",
        found=found,
        at_once=[(KINDS[one.kind], one) for one in at_once],
        days=PERIOD.days,
        enough=ENOUGH,
    )
