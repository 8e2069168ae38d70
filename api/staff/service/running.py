"""How the service runs: what ran, when, how long, what it found, and what to watch."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from api import health
from api.guards.session import Visiting
from api.staff import pages
from vcs.ledger import health as ledger_health
from vcs.ledger.runs import job_runs, last_sweep

router = APIRouter()


@router.get("/running")
def running(visit: Visiting) -> Response:
    """Show the last whole sweep, what waits too long, and every job that found something."""
    now = visit.app.now()
    with visit.app.db.reading() as session:
        found = ledger_health.health(session, now)
        jobs = job_runs(session, now)
        sweep = last_sweep(session)
    return pages.render(
        visit.request,
        "running/running.html",
        title="How it runs",
        health=found,
        warnings=[*health.late(found, now), *health.short_of(visit.app, visit.app.today)],
        jobs=jobs,
        sweep=sweep,
        has_heartbeat=visit.app.settings.heartbeat_url is not None,
    )
