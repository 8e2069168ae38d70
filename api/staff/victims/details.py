"""Who a victim is and where they can be found: added, and shown with a reason."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from api.guards.session import App, Officer, Posted
from api.staff import forms, pages
from api.staff.forms import Entry
from api.staff.victims.about import one_victim, question_form
from api.staff.victims.questions import REVEAL, VICTIM
from api.staff.victims.typed import entry_of, typed_of
from api.state import AppState
from vcs.access.actors import Actor
from vcs.access.work import Work
from vcs.post.referral_page import referral_page
from vcs.victims import add, amend

router = APIRouter()


@router.get("/referrals/{reference}/victims/new")
def new_victim(request: Request, reference: str, app: App, who: Officer) -> Response:
    """Ask for a victim's details, on one screen."""
    return _victim_form(request, app, who, reference)


@router.post("/referrals/{reference}/victims/new")
def add_victim(request: Request, reference: str, app: App, who: Officer, form: Posted) -> Response:
    """Add a victim; the first one refers the sentence."""
    entry = forms.read(VICTIM, form)

    def act(session: Session) -> str:
        add.add_victim(session, app.sealer, reference, who, entry_of(entry), app.today, app.now())
        return pages.after(f"/referrals/{reference}", "victim-added")

    return forms.submit(
        app, entry, act, lambda e: _victim_form(request, app, who, reference, entry, e)
    )


@router.get("/referrals/{reference}/victims/{victim}/address")
def ask_address(request: Request, reference: str, victim: str, app: App, who: Officer) -> Response:
    """Ask why an address is needed."""
    return question_form(request, REVEAL, one_victim(app, who, reference, victim))


@router.post("/referrals/{reference}/victims/{victim}/address")
def show_address(
    request: Request, reference: str, victim: str, app: App, who: Officer, form: Posted
) -> Response:
    """Show where a victim can be found, with the reason kept in the trail."""
    about, entry = one_victim(app, who, reference, victim), forms.read(REVEAL.fields, form)
    if entry.errors:
        return question_form(request, REVEAL, about, entry, entry.errors)
    reason = entry.typed["reason"]
    with app.db.writing() as session:
        work = Work(session, app.sealer, who, app.now())
        found = amend.reveal_details(work, victim, reason)
    return pages.render(
        request,
        "referrals/address.html",
        title="Contact details",
        about=about,
        found=found.entry,
        reason=reason,
        amend=typed_of(found.entry),
        drawn_from=found.version,
        form_token=forms.new_token(),
        fields=VICTIM,
        errors={},
    )


def _victim_form(
    request: Request,
    app: AppState,
    who: Actor,
    reference: str,
    entry: Entry | None = None,
    errors: Mapping[str, str] | None = None,
) -> Response:
    with app.db.reading() as session:
        view = referral_page(session, app.sealer, who, reference, app.today)
    return forms.show(
        request,
        "Add a victim",
        VICTIM,
        template="referrals/victim.html",
        entry=entry,
        errors=errors,
        view=view,
        action=f"/referrals/{reference}/victims/new",
        button="Add and refer",
        back=f"/referrals/{reference}",
    )
