"""Search: one box on every page. What is typed is in no address, and no address is searched."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from api.guards.session import Visit
from api.staff import forms
from api.staff.fields import Entry, Field
from api.staff.forms import Form, FormPage
from vcs.search.reads import Found, search
from vcs.search.typed import LONGEST, NOTHING
from vcs.search.victims import REASONS, PeopleFound, people_named

router = APIRouter()

_TEXT = Field(
    "q",
    "Reference or name",
    hint="A referral, sentence or letter reference, a URN or court reference, a PNC or arrest "
    "summons number, or the offender’s name",
    required=NOTHING,
    longest=LONGEST,
)

_NAME = Field("q", "Name", hint="As far as you know it", required="Enter a name", longest=LONGEST)

_REASON = Field(
    "reason",
    "Why do you need to look?",
    "radios",
    hint="What you select is kept, with whoever is found",
    required="Select why you need to look",
    options=REASONS,
)

_FOR_PEOPLE = "/search/victims"


def _page(visit: Visit) -> FormPage:
    del visit
    return _with(None)


def _with(found: Found | None) -> FormPage:
    return FormPage(
        "Search",
        action="/search",
        button="Search",
        template="search/search.html",
        more={"found": found, "for_people": _FOR_PEOPLE, "reason": _REASON, "is_search": True},
    )


SEARCH = Form((_TEXT,), _page)


@forms.serve_look(router, "/search", SEARCH)
def show_found(visit: Visit, entry: Entry) -> Response:
    """List what fits a reference or an offender's name."""
    app = visit.app
    with app.db.reading() as session:
        found = search(session, app.sealer, visit.officer, entry.typed["q"])
    return _with(found).show(visit.request, (_TEXT,), entry)


def _page_of_people(visit: Visit) -> FormPage:
    del visit
    return _with_people(None)


def _with_people(found: PeopleFound | None) -> FormPage:
    return FormPage(
        "Search for a victim by name",
        action=_FOR_PEOPLE,
        button="Search",
        back="/search",
        lead=("That you looked, when, why and whom you were shown is kept.",),
        template="search/people.html",
        more={"found": found, "is_search": True},
    )


_ABOUT_PEOPLE = (_NAME, _REASON)

PEOPLE = Form(_ABOUT_PEOPLE, _page_of_people)


@forms.serve_look(router, _FOR_PEOPLE, PEOPLE)
def show_people(visit: Visit, entry: Entry) -> Response:
    """List the people whose name fits, with the reason recorded first."""
    with visit.app.db.writing() as session:
        found = people_named(visit.work(session), entry.typed["q"], entry.typed["reason"])
    return _with_people(found).show(visit.request, _ABOUT_PEOPLE, entry)
