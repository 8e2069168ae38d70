"""What happened with a victim: contacts and attempts, and what they chose."""

from __future__ import annotations

from fastapi import APIRouter
from sqlmodel import Session
from starlette.responses import Response

from api.guards.session import Posted, Visiting
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
def contact_page(visit: Visiting, reference: str, victim: str) -> Response:
    """Ask about a contact or an attempt."""
    return question_form(visit.request, CONTACT, one_victim(visit, reference, victim))


@router.post("/referrals/{reference}/victims/{victim}/contact")
def record_contact(visit: Visiting, reference: str, victim: str, form: Posted) -> Response:
    """Record a contact, or an attempt that reached nobody."""
    about, entry = one_victim(visit, reference, victim), forms.read(CONTACT.fields, form)

    def act(session: Session) -> str:
        work = Work(session, visit.app.sealer, visit.officer, visit.app.now())
        record = contacts.record_contact(work, victim, _contact(entry))
        done = "contact" if record.reached else "attempt"
        return pages.after(f"/referrals/{reference}", done)

    return forms.submit(
        visit.app, entry, act, lambda e: question_form(visit.request, CONTACT, about, entry, e)
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
def choice_page(visit: Visiting, reference: str, victim: str) -> Response:
    """Ask what the victim chose."""
    return question_form(visit.request, CHOICE, one_victim(visit, reference, victim))


@router.post("/referrals/{reference}/victims/{victim}/choice")
def record_choice(visit: Visiting, reference: str, victim: str, form: Posted) -> Response:
    """Record a choice; the latest stands."""
    about, entry = one_victim(visit, reference, victim), forms.read(CHOICE.fields, form)

    def act(session: Session) -> str:
        choice, day = Choice(entry.typed["choice"]), entry.day("chosen_on")
        how = entry.typed["how"]
        choices.record_choice(visit.work(session), victim, choice, day, how)
        return pages.after(f"/referrals/{reference}", "choice")

    return forms.submit(
        visit.app, entry, act, lambda e: question_form(visit.request, CHOICE, about, entry, e)
    )
