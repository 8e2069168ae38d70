"""The partners' offices that letters go to, each with its addresses, day by day."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from api.guards.session import Visit, Visiting
from api.staff import forms, pages, words
from api.staff.both import SharedForm
from api.staff.fields import VERSION, Entry, Field
from api.staff.forms import Form, FormPage
from vcs.access.rules import Act, require_may
from vcs.access.work import Work
from vcs.post.others.destinations.office_reads import OfficeView, office_named, offices
from vcs.post.others.destinations.offices import (
    AddressEntry,
    OfficeEntry,
    add_office,
    change_office,
)
from vcs.post.others.destinations.places import OFFICES, in_words, places_of
from vcs.post.others.records import OfficeKind

router = APIRouter()

_KINDS = {kind.value: policy.words.capitalize() for kind, policy in OFFICES.items()}

_SERVES = {
    f"{kind}:{code}": in_words(kind, code)[:1].upper() + in_words(kind, code)[1:]
    for kind in OfficeKind
    for code in places_of(kind) or ("",)
}

ADDRESS = (
    Field(
        "name",
        "Name on the envelope",
        hint="The office or a post in it, such as The Manager. No person’s name",
        required="Enter the name on the envelope",
    ),
    Field(
        "lines",
        "Address, without the postcode",
        "lines",
        hint="One line for each part",
        required="Enter the address",
        longest=300,
    ),
    Field("postcode", "Postcode", required="Enter the postcode", width="govuk-input--width-10"),
    Field(
        "from_on",
        "From which day do letters go there?",
        "date",
        hint="For example, 20 3 2026",
        required="Enter the day from which letters go there",
    ),
)

NEW = (
    Field(
        "serves",
        "What is it, and what does it serve?",
        "select",
        hint="Hospital managers serve any place",
        required="Select what it is and what it serves",
        options=_SERVES,
    ),
    *ADDRESS,
)

CHANGE = (
    *ADDRESS,
    Field(
        "ended_on",
        "From which day does nothing go there any more?",
        "date",
        hint="Leave blank while it takes letters",
    ),
    VERSION,
)


@router.get("/partner-offices")
def list_offices(visit: Visiting) -> Response:
    """List every office with where letters go today, by what it is."""
    with visit.app.db.reading() as session:
        found = offices(session, visit.officer, visit.app.today)
    return pages.render(
        visit.request, "offices/list.html", title="Partner offices", found=found, kinds=_KINDS
    )


def _new_page(visit: Visit) -> FormPage:
    require_may(visit.officer, Act.KEEP_OFFICES)
    return FormPage(
        "Add an office",
        action="/partner-offices/new",
        button="Add the office",
        back="/partner-offices",
        lead=("Letters that wait for its address take it by themselves.",),
        typed=forms.day_typed("from_on", visit.app.today),
    )


NEW_OFFICE = Form(NEW, _new_page)


@forms.serve(router, "/partner-offices/new", NEW_OFFICE)
def new_office(work: Work, entry: Entry) -> str:
    """Add an office with its first address."""
    kind, _, place = entry.typed["serves"].partition(":")
    add_office(work, OfficeKind(kind), place, entry.typed["name"], _address(entry))
    return pages.after("/partner-offices", "office-saved")


def _address(entry: Entry) -> AddressEntry:
    return AddressEntry(entry.typed["lines"], entry.typed["postcode"], entry.day("from_on"))


def _office(visit: Visit, office: str) -> OfficeView:
    with visit.app.db.reading() as session:
        return office_named(session, visit.officer, office, visit.app.today)


def _change_page(visit: Visit, office: str) -> FormPage:
    held = _office(visit, office)
    typed = {"name": held.name, "lines": "\n".join(held.lines), "postcode": held.postcode}
    typed[VERSION.name] = held.version
    later = f"From {words.day(held.later)} it is: {held.later_at}." if held.later else ""
    ended = forms.day_typed("ended_on", held.ended_on) if held.ended_on else {}
    return FormPage(
        "Change an office",
        action=f"/partner-offices/{office}",
        button="Save the office",
        back="/partner-offices",
        caption=held.serves,
        lead=(
            "A new address counts from its day on. An approved letter to the old one is withdrawn, "
            "and a new draft takes the new address.",
            *filter(None, (later,)),
        ),
        typed={**typed, **forms.day_typed("from_on", held.since), **ended},
    )


# An address is chosen whole: lines of one with the postcode of another are no address.
_TOGETHER = {"lines": ("postcode", "from_on")}

CHANGE_OFFICE = SharedForm(CHANGE, _change_page, check=_office, together=_TOGETHER)


@forms.serve(router, "/partner-offices/{office}", CHANGE_OFFICE)
def save_office(work: Work, entry: Entry, office: str) -> str:
    """Save another name or address, from a day on, or that nothing goes there any more."""
    typed = entry.typed
    held = OfficeEntry(typed["name"], _address(entry), entry.day_if_any("ended_on"))
    change_office(work, office, typed[VERSION.name], held)
    return pages.after("/partner-offices", "office-saved")
