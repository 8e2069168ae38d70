"""Looking at events: those of one offender, one with everybody who is told of it, those open."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from api.guards.session import Visiting
from api.staff import pages
from vcs.events.catalogue import CATALOGUE
from vcs.events.reads import events_of_referral
from vcs.events.sets.now_reads import open_sets
from vcs.events.sets.set_reads import event_page

router = APIRouter()


@router.get("/events")
def all_open(visit: Visiting) -> Response:
    """Show every set in which people of one's region are still to be told."""
    with visit.app.db.reading() as session:
        sets = open_sets(session, visit.officer)
    return pages.render(
        visit.request,
        "events/open.html",
        title="Key events",
        sets=sets,
        now=visit.app.now(),
        catalogue=CATALOGUE.values(),
    )


@router.get("/referrals/{reference}/events")
def of_referral(visit: Visiting, reference: str) -> Response:
    """Show what happened to the offender of a referral, newest first."""
    with visit.app.db.reading() as session:
        found = events_of_referral(
            session, visit.app.sealer, visit.officer, reference, visit.app.today
        )
    return pages.render(
        visit.request,
        "events/list.html",
        title=f"Key events of referral {reference}",
        reference=reference,
        found=found,
    )


@router.get("/events/{event}")
def event(visit: Visiting, event: str) -> Response:
    """Show one event: who is told of it, how and by when, and how far that is."""
    with visit.app.db.reading() as session:
        view = event_page(session, visit.app.sealer, visit.officer, event, visit.app.today)
    return pages.render(
        visit.request,
        "events/event.html",
        title=f"{view.row.words}: {view.reference}",
        view=view,
        now=visit.app.now(),
    )
