"""What happened with a victim: contacts and attempts, and what they chose."""

from __future__ import annotations

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from api.guards.session import App, Officer, Posted
from api.staff import forms, pages
from api.staff.forms import Entry
from api.staff.victims.about import one_victim, question_form
from api.staff.victims.questions import CHOICE, CONTACT
from vcs.access.work import Work
from vcs.terms import Choice
from vcs.victims import choices, contacts
from vcs.victims.contacts import ContactEntry

router = APIRouter()


@router.get("/referrals/{reference}/victims/{victim}/contact")
def contact_page(request: Request, reference: str, victim: str, app: App, who: Officer) -> Response:
    """Ask about a contact or an attempt."""
    return question_form(request, CONTACT, one_victim(app, who, reference, victim))


@router.post("/referrals/{reference}/victims/{victim}/contact")
def record_contact(
    request: Request, reference: str, victim: str, app: App, who: Officer, form: Posted
) -> Response:
    """Record a contact, or an attempt that reached nobody."""
    about, entry = one_victim(app, who, reference, victim), forms.read(CONTACT.fields, form)

    def act(session: Session) -> str:
        work = Work(session, app.sealer, who, app.now())
        record = contacts.record_contact(work, victim, _contact(entry))
        done = "contact" if record.reached else "attempt"
        return pages.after(f"/referrals/{reference}", done)

    return forms.submit(app, entry, act, lambda e: question_form(request, CONTACT, about, entry, e))


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
def choice_page(request: Request, reference: str, victim: str, app: App, who: Officer) -> Response:
    """Ask what the victim chose."""
    return question_form(request, CHOICE, one_victim(app, who, reference, victim))


@router.post("/referrals/{reference}/victims/{victim}/choice")
def record_choice(
    request: Request, reference: str, victim: str, app: App, who: Officer, form: Posted
) -> Response:
    """Record a choice; the latest stands."""
    about, entry = one_victim(app, who, reference, victim), forms.read(CHOICE.fields, form)

    def act(session: Session) -> str:
        choice, day = Choice(entry.typed["choice"]), entry.day("chosen_on")
        how = entry.typed["how"]
        choices.record_choice(session, victim, who, choice, day, how, app.today, app.now())
        return pages.after(f"/referrals/{reference}", "choice")

    return forms.submit(app, entry, act, lambda e: question_form(request, CHOICE, about, entry, e))
