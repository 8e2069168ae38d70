"""What happened with a victim: the first contact, and what they chose."""

from __future__ import annotations

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from api.officer import forms, pages
from api.officer.victims.about import one_victim, question_form
from api.officer.victims.questions import CHOICE, CONTACT
from api.security import Posted, TheDoor, Who
from vcs.casework import referrals
from vcs.terms import Choice

router = APIRouter()


@router.get("/referrals/{reference}/victims/{victim}/contact")
def contact_page(
    request: Request, reference: str, victim: str, here: TheDoor, who: Who
) -> Response:
    """Ask when and how the first contact was made."""
    return question_form(request, CONTACT, one_victim(here, who, reference, victim))


@router.post("/referrals/{reference}/victims/{victim}/contact")
def record_contact(
    request: Request, reference: str, victim: str, here: TheDoor, who: Who, form: Posted
) -> Response:
    """Record the first contact."""
    about, entry = one_victim(here, who, reference, victim), forms.read(CONTACT.fields, form)

    def act(session: Session) -> str:
        day, how = entry.day("contacted_on"), entry.typed["how"]
        referrals.record_contact(session, victim, who, day, how, here.today, here.now())
        return pages.after(f"/referrals/{reference}", "contact")

    return forms.submit(
        here, entry, act, lambda e: question_form(request, CONTACT, about, entry, e)
    )


@router.get("/referrals/{reference}/victims/{victim}/choice")
def choice_page(request: Request, reference: str, victim: str, here: TheDoor, who: Who) -> Response:
    """Ask what the victim chose."""
    return question_form(request, CHOICE, one_victim(here, who, reference, victim))


@router.post("/referrals/{reference}/victims/{victim}/choice")
def record_choice(
    request: Request, reference: str, victim: str, here: TheDoor, who: Who, form: Posted
) -> Response:
    """Record a choice; the latest stands."""
    about, entry = one_victim(here, who, reference, victim), forms.read(CHOICE.fields, form)

    def act(session: Session) -> str:
        choice, day = Choice(entry.typed["choice"]), entry.day("chosen_on")
        how = entry.typed["how"]
        referrals.record_choice(session, victim, who, choice, day, how, here.today, here.now())
        return pages.after(f"/referrals/{reference}", "choice")

    return forms.submit(here, entry, act, lambda e: question_form(request, CHOICE, about, entry, e))
