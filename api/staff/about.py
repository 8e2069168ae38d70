"""What the service says of itself, for anyone: its accessibility and its cookies."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.guards import kept_forms
from api.guards.session import IDLE
from api.staff import pages
from api.state import app_state

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
        name=_cookie(request),
        kept_name=kept_forms.cookie_name(app_state(request)),
    )


def _cookie(request: Request) -> str:
    return "__Host-vcs" if request.url.scheme == "https" else "vcs"
