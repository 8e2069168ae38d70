"""Pages for anyone: signing in and out, and what the service says of itself."""

from __future__ import annotations

import re

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.guards import session as security
from api.guards.session import App, Posted
from api.staff import forms, pages
from api.staff.forms import Field
from vcs.access import sign_in as access_sign_in
from vcs.errors import NotValid

router = APIRouter()

_OURS = re.compile(r"/[A-Za-z0-9][A-Za-z0-9/._-]*")

SIGN_IN = (
    Field(
        "email",
        "Email address",
        "email",
        required="Enter your email address",
        autocomplete="username",
    ),
    Field(
        "password",
        "Password",
        "password",
        required="Enter your password",
        autocomplete="current-password",
    ),
)


@router.get("/sign-in")
def sign_in_page(request: Request, next: str = "") -> Response:
    """Ask who it is."""
    security.form_token(request)
    return _sign_in_form(request, next)


@router.post("/sign-in")
def sign_in(request: Request, app: App, form: Posted) -> Response:
    """Sign in and start a new session, discarding the old one."""
    entry, after = forms.read(SIGN_IN, form), str(form.get("next", ""))
    if entry.errors:
        return _sign_in_form(request, after, entry)
    email, password = entry.typed["email"], entry.typed["password"]
    try:
        begun = access_sign_in.sign_in(app.db, email, password, app.now())
    except NotValid as refusal:
        return _sign_in_form(request, after, entry, {"email": str(refusal)})
    security.begin(request, begun.id)
    return pages.go(after if _OURS.fullmatch(after) else "/")


@router.post("/sign-out")
def sign_out(request: Request, app: App) -> Response:
    """End the sign-in, here and in the database."""
    sign_in_id = security.end(request)
    if sign_in_id:
        with app.db.writing() as session:
            access_sign_in.sign_out(session, sign_in_id, app.now())
    answer = pages.go(pages.after("/sign-in", "signed-out"))
    answer.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return answer


@router.get("/accessibility")
def accessibility(request: Request) -> Response:
    """Say how accessible the pages are."""
    return pages.render(request, "about/accessibility.html", title="Accessibility statement")


@router.get("/cookies")
def cookies(request: Request) -> Response:
    """Say which cookies are set."""
    return pages.render(
        request, "about/cookies.html", title="Cookies", idle=security.IDLE, name=_cookie(request)
    )


def _cookie(request: Request) -> str:
    return "__Host-vcs" if request.url.scheme == "https" else "vcs"


def _sign_in_form(
    request: Request,
    after: str,
    entry: forms.Entry | None = None,
    errors: dict[str, str] | None = None,
) -> Response:
    security.form_token(request)
    return forms.show(
        request,
        "Sign in",
        SIGN_IN,
        template="sign_in.html",
        entry=entry,
        errors=errors,
        after=after if _OURS.fullmatch(after) else "",
    )
