"""One referral: its decision, its deadlines, its victims, its history; and what is done to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Query
from sqlmodel import Session
from starlette.responses import Response

from api.guards.session import Posted, Visit, Visiting
from api.staff import forms, pages, words
from api.staff.forms import Entry, Field
from api.staff.referrals.view import referral_page
from vcs.consequences.close import may_reopen
from vcs.referrals.assign import assign_vlo
from vcs.referrals.officers import vlos_of_region
from vcs.referrals.reads import visible_referral
from vcs.referrals.records import ReferralStatus
from vcs.sentences.replay import decision_as_at

router = APIRouter()


@router.get("/referrals/{reference}")
def referral(visit: Visiting, reference: str) -> Response:
    """Show the whole referral, without addresses."""
    with visit.app.db.reading() as session:
        view = referral_page(session, visit.app.sealer, visit.officer, reference, visit.app.today)
    return pages.render(
        visit.request,
        "referrals/referral.html",
        title=f"Referral {view.reference}",
        view=view,
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
def assign_page(visit: Visiting, reference: str) -> Response:
    """Ask which officer takes the referral."""
    return _assign_form(visit, reference)


@router.post("/referrals/{reference}/assign")
def assign(visit: Visiting, reference: str, form: Posted) -> Response:
    """Assign a victim liaison officer."""
    entry = forms.read(_officers(visit, reference), form)

    def act(session: Session) -> str:
        officer = int(entry.typed["vlo_account_id"])
        assign_vlo(visit.work(session), reference, officer)
        return pages.after(f"/referrals/{reference}", "assigned")

    return forms.submit(visit.app, entry, act, lambda e: _assign_form(visit, reference, entry, e))


def _officers(visit: Visit, reference: str) -> tuple[Field, ...]:
    with visit.app.db.reading() as session:
        staff = vlos_of_region(session, visit.officer, reference)
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
    visit: Visit,
    reference: str,
    entry: Entry | None = None,
    errors: Mapping[str, str] | None = None,
) -> Response:
    fields = _officers(visit, reference)
    nobody = "There is no active officer in this region. An administrator can add one."
    return forms.show(
        visit.request,
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
