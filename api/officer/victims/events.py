"""What happened with a victim: contacts and attempts, and what they chose."""

from __future__ import annotations

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from api.officer import forms, pages
from api.officer.forms import Entry
from api.officer.victims.about import one_victim, question_form
from api.officer.victims.questions import CHOICE, CONTACT
from api.security import Posted, TheDoor, Who
from vcs.casework import referrals
from vcs.casework.actors import Work
from vcs.casework.victims import contacts
from vcs.casework.victims.contacts import ContactEntry
from vcs.terms import Choice

router = APIRouter()


@router.get("/referrals/{reference}/victims/{victim}/contact")
def contact_page(
    request: Request, reference: str, victim: str, here: TheDoor, who: Who
) -> Response:
    """Ask about a contact or an attempt."""
    return question_form(request, CONTACT, one_victim(here, who, reference, victim))


@router.post("/referrals/{reference}/victims/{victim}/contact")
def record_contact(
    request: Request, reference: str, victim: str, here: TheDoor, who: Who, form: Posted
) -> Response:
    """Record a contact, or an attempt that reached nobody."""
    about, entry = one_victim(here, who, reference, victim), forms.read(CONTACT.fields, form)

    def act(session: Session) -> str:
        work = Work(session, here.sealer, who, here.now())
        record = contacts.record_contact(work, victim, _contact(entry))
        done = "contact" if record.reached else "attempt"
        return pages.after(f"/referrals/{reference}", done)

    return forms.submit(
        here, entry, act, lambda e: question_form(request, CONTACT, about, entry, e)
    )


def _contact(entry: Entry) -> ContactEntry:
    typed = entry.typed
    return ContactEntry(
        entry.day("happened_on"),
        typed["how"],
        typed["reached"] == "yes",
        typed["spoke_to"],
        typed["words"],
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
