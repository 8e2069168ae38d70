"""One referral: its decision, its deadlines, its victims, its history; and what is done to it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from sqlmodel import Session
from starlette.responses import Response

from api.guards.menu import allowed
from api.guards.session import Visit, Visiting
from api.staff import pages, words
from api.staff.referrals.timeline import timeline
from api.staff.referrals.view import referral_page
from vcs.access.rules import Act, may
from vcs.alerts.forecast import Telling, forecast_of
from vcs.clocks.reads import clocks_of, clocks_seen
from vcs.consequences.closing.close import may_reopen
from vcs.events.reads import event_days, events_summary
from vcs.referrals.reads import visible_referral
from vcs.referrals.records import ReferralStatus
from vcs.sentences.replay import decision_as_at

router = APIRouter()


@router.get("/referrals/{reference}")
def referral(visit: Visiting, reference: str) -> Response:
    """Show the whole referral, without addresses."""
    with visit.app.db.reading() as session:
        view = referral_page(session, visit.app.sealer, visit.officer, reference, visit.app.today)
        held = visible_referral(session, visit.officer, reference)
        events = events_summary(session, held)
        clocks = clocks_seen(visit.officer, clocks_of(session, [held.id], visit.app.today))
        told = _forecast(session, visit, held.id)
        days = event_days(session, held) if _shows(visit, "events") else ()
    return pages.render(
        visit.request,
        "referrals/referral.html",
        title=f"Referral {view.reference}",
        view=view,
        events=events,
        clocks=[one for one in clocks if one.is_open],
        told=told,
        line=timeline(view, visit.app.today, days, clocks if _shows(visit, "clocks") else ()),
        reasons=words.CLOSED_REASONS,
        next_due=next((d for d in view.deadlines if d.is_open), None),
        can_reopen=view.status == ReferralStatus.CLOSED and may_reopen(view.closed_reason),
    )


def _shows(visit: Visit, ending: str) -> bool:
    return f"/referrals/{{reference}}/{ending}" in allowed(visit.officer.role)


def _forecast(session: Session, visit: Visit, referral_id: int) -> tuple[Telling, ...]:
    """Return who will be told what if nobody acts; nothing for whoever gets no such email."""
    if not may(visit.officer, Act.SEE_DIGEST):
        return ()
    return forecast_of(session, referral_id, visit.app.today)


@router.get("/referrals/{reference}/decision")
def decision(
    visit: Visiting, reference: str, as_at: Annotated[str, Query(max_length=10)] = ""
) -> Response:
    """Show the decision that stood on a day, and whether deciding again gives the same."""
    day, problem = pages.day_asked(as_at, visit.app.today)
    with visit.app.db.reading() as session:
        sentence_id = visible_referral(session, visit.officer, reference).sentence_id
        view = decision_as_at(session, sentence_id, day)
    return pages.render(
        visit.request,
        "decisions/as_at.html",
        status=422 if problem else 200,
        title=f"Decision about referral {reference}",
        reference=reference,
        view=view,
        as_at=day,
        typed=as_at,
        problem=problem,
    )
