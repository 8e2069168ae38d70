"""One referral: its decision, its deadlines, its victims, its history; and what is done to it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.guards.session import Visiting
from api.staff import pages, words
from api.staff.referrals.timeline import timeline
from api.staff.referrals.view import referral_page
from vcs.consequences.close import may_reopen
from vcs.events.reads import events_summary
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
    return pages.render(
        visit.request,
        "referrals/referral.html",
        title=f"Referral {view.reference}",
        view=view,
        events=events,
        line=timeline(view, visit.app.today),
        reasons=words.CLOSED_REASONS,
        next_due=next((d for d in view.deadlines if d.is_open), None),
        can_reopen=view.status == ReferralStatus.CLOSED and may_reopen(view.closed_reason),
    )


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
