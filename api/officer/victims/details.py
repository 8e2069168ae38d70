"""Who a victim is and where they can be found: added, and shown with a reason."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from api.door import Door
from api.officer import forms, pages
from api.officer.forms import Entry
from api.officer.victims.about import one_victim, question_form
from api.officer.victims.questions import REVEAL, VICTIM
from api.officer.victims.typed import entry_of, typed_of
from api.security import Posted, TheDoor, Who
from vcs import worklists
from vcs.casework import referrals
from vcs.casework.actors import Actor, Work
from vcs.casework.victims import amend

router = APIRouter()


@router.get("/referrals/{reference}/victims/new")
def new_victim(request: Request, reference: str, here: TheDoor, who: Who) -> Response:
    """Ask for a victim's details, on one screen."""
    return _victim_form(request, here, who, reference)


@router.post("/referrals/{reference}/victims/new")
def add_victim(request: Request, reference: str, here: TheDoor, who: Who, form: Posted) -> Response:
    """Add a victim; the first one refers the sentence."""
    entry = forms.read(VICTIM, form)

    def act(session: Session) -> str:
        referrals.add_victim(
            session, here.sealer, reference, who, entry_of(entry), here.today, here.now()
        )
        return pages.after(f"/referrals/{reference}", "victim-added")

    return forms.submit(
        here, entry, act, lambda e: _victim_form(request, here, who, reference, entry, e)
    )


@router.get("/referrals/{reference}/victims/{victim}/address")
def ask_address(request: Request, reference: str, victim: str, here: TheDoor, who: Who) -> Response:
    """Ask why an address is needed."""
    return question_form(request, REVEAL, one_victim(here, who, reference, victim))


@router.post("/referrals/{reference}/victims/{victim}/address")
def show_address(
    request: Request, reference: str, victim: str, here: TheDoor, who: Who, form: Posted
) -> Response:
    """Show where a victim can be found, with the reason kept in the trail."""
    about, entry = one_victim(here, who, reference, victim), forms.read(REVEAL.fields, form)
    if entry.errors:
        return question_form(request, REVEAL, about, entry, entry.errors)
    reason = entry.typed["reason"]
    with here.db.writing() as session:
        work = Work(session, here.sealer, who, here.now())
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
    here: Door,
    who: Actor,
    reference: str,
    entry: Entry | None = None,
    errors: Mapping[str, str] | None = None,
) -> Response:
    with here.db.reading() as session:
        view = worklists.referral_page(session, here.sealer, who, reference, here.today)
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
