"""What the service says of itself, for anyone: its guides, its accessibility and its cookies."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.guards import kept_forms
from api.guards.session import IDLE, Visiting, cookie_name
from api.staff import pages
from api.staff.words.office.guides import GUIDE_OF, GUIDES
from api.staff.words.other_systems.messages import MESSAGES, OUTCOME_WORDS
from api.state import app_state
from vcs.errors import NotFound
from vcs.partners.outcomes.missing import MINIMUM

router = APIRouter()


@router.get("/accessibility")
def accessibility(request: Request) -> Response:
    """Say how accessible the pages are."""
    return pages.render(request, "about/accessibility.html", title="Accessibility statement")


@router.get("/cookies")
def cookies(request: Request) -> Response:
    """Say which cookies are set."""
    return pages.render(
        request,
        "about/cookies.html",
        title="Cookies",
        idle=IDLE,
        name=cookie_name(app_state(request).settings),
        kept_name=kept_forms.cookie_name(app_state(request)),
    )


@router.get("/message-standard")
def message_standard(request: Request) -> Response:
    """Say what witness care's programs send, what comes back, and by when."""
    return pages.render(
        request,
        "about/message_standard.html",
        title="Message standard for referrals",
        minimum={name: why for name, (_, why) in MINIMUM.items()},
        kinds=MESSAGES,
        back=OUTCOME_WORDS,
    )


@router.get("/guide")
def my_guide(visit: Visiting) -> Response:
    """Lead whoever is signed in to the guide of their role."""
    return pages.go(f"/guide/{GUIDE_OF[visit.officer.role]}")


@router.get("/guide/{name}")
def guide(request: Request, name: str) -> Response:
    """Show the guide of one role."""
    if name not in GUIDES:
        raise NotFound("There is no such guide.")
    shown = GUIDES[name]
    return pages.render(
        request, "about/guide.html", title=f"Guide: {shown.who}", guide=shown, guides=GUIDES
    )
