"""Messages to the unit about a referral: it is not ours, or it was sent before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from fastapi import APIRouter

from api.guards.session import Visit
from api.staff import checking, forms, pages
from api.staff.checking import Checked
from api.staff.fields import Entry, Field
from api.staff.forms import Form, FormPage
from vcs.access.work import Work
from vcs.intake.regions import POLICE_AREAS
from vcs.partners.people.messages.send import (
    LONGEST_WORDS,
    say_already_sent,
    say_not_ours,
    take_back_proposal,
)
from vcs.referrals.reads import visible_referral
from vcs.victims.places.numbers import number_in, refuse_number

router = APIRouter()

_NO_ADDRESS = "Do not enter an address or a telephone number"


def _fields_not_ours(visit: Visit, reference: str) -> tuple[Field, ...]:
    del reference
    own = visit.officer.police_area
    return (
        Field(
            "area",
            "Whose is it?",
            "select",
            hint="The police area whose witness care unit looks after the victim",
            required="Select the police area",
            options={code: name for code, name in POLICE_AREAS.items() if code != own},
        ),
        Field(
            "words",
            "How do you know?",
            "lines",
            hint=_NO_ADDRESS,
            required="Enter how you know",
            longest=LONGEST_WORDS,
        ),
    )


def _page(visit: Visit, reference: str, ending: str, title: str, lead: tuple[str, ...]) -> FormPage:
    with visit.app.db.reading() as session:
        visible_referral(session, visit.officer, reference)
    return FormPage(
        title,
        action=f"/witness-care/{reference}/{ending}",
        button="Continue",
        back=f"/witness-care/{reference}",
        caption=reference,
        lead=lead,
    )


def _not_ours_page(visit: Visit, reference: str) -> FormPage:
    lead = (
        "It stays yours, and its deadline still runs, until the victim liaison unit agrees. From "
        "then on the other witness care unit sees it, and you do not.",
    )
    return _page(visit, reference, "not-ours", "This is not ours", lead)


NOT_OURS = Checked(Form(_fields_not_ours, _not_ours_page), "Tell the unit")


@checking.serve(router, "/witness-care/{reference}/not-ours", NOT_OURS)
def not_ours(work: Work, entry: Entry, reference: str) -> str:
    """Tell the unit that another witness care unit must do it."""
    refuse_number("words", entry.typed["words"])
    say_not_ours(work, reference, entry.typed["area"], entry.typed["words"])
    return pages.after(f"/witness-care/{reference}", "unit-asked")


_SENT_BEFORE = (
    Field(
        "sent_on",
        "When did you send the victim’s details to the unit?",
        "date",
        hint="For example, 26 Feb",
        required="Enter the day",
        is_past=True,
    ),
    Field(
        "words",
        "How was it sent, and to whom?",
        "lines",
        hint=_NO_ADDRESS,
        required="Enter how it was sent, and to whom",
        longest=LONGEST_WORDS,
        leave_out=number_in,
    ),
)


def _already_page(visit: Visit, reference: str) -> FormPage:
    lead = ("The unit looks for what you sent and answers. Until then the deadline still runs.",)
    return _page(visit, reference, "already-sent", "We sent this to the unit before", lead)


ALREADY_SENT = Checked(Form(_SENT_BEFORE, _already_page), "Tell the unit")


@checking.serve(router, "/witness-care/{reference}/already-sent", ALREADY_SENT)
def already_sent(work: Work, entry: Entry, reference: str) -> str:
    """Tell the unit that it was told before."""
    on: date = entry.day("sent_on")
    say_already_sent(work, reference, on, entry.typed["words"])
    return pages.after(f"/witness-care/{reference}", "unit-asked")


def _proposal_page(visit: Visit, reference: str) -> FormPage:
    lead = ("The unit is then no longer asked, and the victim is still to be referred.",)
    title = "There is a victim after all"
    page = _page(visit, reference, "no-victim/take-back", title, lead)
    return replace(page, button="Take back what we said")


PROPOSAL_BACK = Form((), _proposal_page)


@forms.serve(router, "/witness-care/{reference}/no-victim/take-back", PROPOSAL_BACK)
def take_proposal_back(work: Work, entry: Entry, reference: str) -> str:
    """Take back that there is no victim to refer."""
    take_back_proposal(work, reference)
    return pages.after(f"/witness-care/{reference}", "message-taken-back")
