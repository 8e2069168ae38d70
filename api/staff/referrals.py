"""One referral: its decision, its deadlines, its victims, its history; and what is done to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Query, Request
from sqlmodel import Session
from starlette.responses import Response

from api.guards.session import App, Officer, Posted
from api.staff import forms, pages, words
from api.staff.forms import Entry, Field
from api.state import AppState
from vcs.access.actors import Actor
from vcs.consequences.close import may_reopen
from vcs.post.referral_page import decision_as_at, referral_page
from vcs.referrals.assign import assign_vlo
from vcs.referrals.officers import vlos_of_region
from vcs.referrals.records import ReferralStatus

router = APIRouter()


@router.get("/referrals/{reference}")
def referral(request: Request, reference: str, app: App, who: Officer) -> Response:
    """Show the whole referral, without addresses."""
    with app.db.reading() as session:
        view = referral_page(session, app.sealer, who, reference, app.today)
    return pages.render(
        request,
        "referrals/referral.html",
        title=f"Referral {view.reference}",
        view=view,
        reasons=words.CLOSED_REASONS,
        next_due=next((d for d in view.deadlines if d.is_open), None),
        can_reopen=view.status == ReferralStatus.CLOSED and may_reopen(view.closed_reason),
    )


@router.get("/referrals/{reference}/decision")
def decision(
    request: Request,
    reference: str,
    app: App,
    who: Officer,
    as_at: Annotated[str, Query(max_length=10)] = "",
) -> Response:
    """Show the decision that stood on a day, and whether deciding again gives the same."""
    day, problem = pages.day_asked(as_at, app.today)
    with app.db.reading() as session:
        view = decision_as_at(session, who, reference, day)
    return pages.render(
        request,
        "referrals/decision_as_at.html",
        status=422 if problem else 200,
        title=f"Decision about referral {reference}",
        reference=reference,
        view=view,
        as_at=day,
        typed=as_at,
        problem=problem,
    )


@router.get("/referrals/{reference}/assign")
def assign_page(request: Request, reference: str, app: App, who: Officer) -> Response:
    """Ask which officer takes the referral."""
    return _assign_form(request, app, who, reference)


@router.post("/referrals/{reference}/assign")
def assign(request: Request, reference: str, app: App, who: Officer, form: Posted) -> Response:
    """Assign a victim liaison officer."""
    entry = forms.read(_officers(app, who, reference), form)

    def act(session: Session) -> str:
        officer = int(entry.typed["vlo_account_id"])
        assign_vlo(session, reference, who, officer, app.now())
        return pages.after(f"/referrals/{reference}", "assigned")

    return forms.submit(
        app, entry, act, lambda e: _assign_form(request, app, who, reference, entry, e)
    )


def _officers(app: AppState, who: Actor, reference: str) -> tuple[Field, ...]:
    with app.db.reading() as session:
        staff = vlos_of_region(session, who, reference)
    options = {str(one.account_id): one.name for one in staff}
    return (
        Field(
            "vlo_account_id",
            "Which officer takes this referral?",
            "radios",
            required="Select an officer",
            options=options,
        ),
    )


def _assign_form(
    request: Request,
    app: AppState,
    who: Actor,
    reference: str,
    entry: Entry | None = None,
    errors: Mapping[str, str] | None = None,
) -> Response:
    fields = _officers(app, who, reference)
    nobody = "There is no active officer in this region. An administrator can add one."
    return forms.show(
        request,
        "Assign an officer",
        fields,
        entry=entry,
        errors=errors,
        caption=reference,
        lead=() if fields[0].options else (nobody,),
        action=f"/referrals/{reference}/assign",
        button="Assign",
        back=f"/referrals/{reference}",
    )
