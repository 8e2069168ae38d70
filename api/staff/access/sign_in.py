"""Signing in and out."""

from __future__ import annotations

import re

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.guards import kept_forms
from api.guards import session as security
from api.guards.session import App, Posted, Visiting
from api.staff import pages
from api.staff.fields import Entry, Field, read
from api.staff.forms import FormPage
from api.state import AppState, app_state
from vcs.access import kept_forms as access_kept_forms
from vcs.access.signing_in import sign_in as access_sign_in
from vcs.access.signing_in.sign_in import Typed
from vcs.alerts.effect.opened import note_arrival
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
    """Ask for email address and password. ``next`` is the page to return to."""
    security.form_token(request)
    return _sign_in_form(request, next)


@router.post("/sign-in")
def sign_in(request: Request, app: App, form: Posted) -> Response:
    """Sign in and start a new session, discarding the old one."""
    entry, after = read(SIGN_IN, form), str(form.get("next", ""))
    if entry.errors:
        return _sign_in_form(request, after, entry)
    source = request.client.host if request.client else ""
    typed = Typed(entry.typed["email"], entry.typed["password"], source)
    try:
        begun = access_sign_in.sign_in(app.db, typed, app.now())
    except NotValid as refusal:
        return _sign_in_form(request, after, entry.refused({"email": str(refusal)}))
    security.begin(request, begun)
    if not _OURS.fullmatch(after) or _left_by_somebody_else(request, app, begun.account_id):
        after = "/"
    with app.db.writing() as session:
        note_arrival(session, begun.account_id, after, app.now())
    return pages.go(after)


def _left_by_somebody_else(request: Request, app: AppState, account_id: int) -> bool:
    """Return whether the form kept in this browser is another account's.

    One whose account is not known becomes this account's.
    """
    browser = kept_forms.browser_of(request)
    if not browser:
        return False
    with app.db.writing() as session:
        access_kept_forms.claim(session, browser, account_id)
        owners = access_kept_forms.owners(session, browser, app.now())
    return bool(owners) and account_id not in owners


@router.post("/forms/forget")
def forget_kept_form(visit: Visiting, form: Posted) -> Response:
    """Remove what was kept of a form, and open the form empty."""
    browser = kept_forms.browser_of(visit.request)
    path, page = str(form.get("path", "")), str(form.get("page", ""))
    with visit.app.db.writing() as session:
        access_kept_forms.drop(session, browser, path)
    return pages.go(page if _OURS.fullmatch(page) else "/")


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


def _sign_in_form(request: Request, after: str, entry: Entry | None = None) -> Response:
    security.form_token(request)
    after = after if _OURS.fullmatch(after) else ""
    more = {"after": after, "is_kept": _is_something_kept(request)}
    return FormPage("Sign in", template="sign_in/sign_in.html", more=more).show(
        request, SIGN_IN, entry
    )


def _is_something_kept(request: Request) -> bool:
    browser, app = kept_forms.browser_of(request), app_state(request)
    if not browser:
        return False
    with app.db.reading() as session:
        return bool(access_kept_forms.owners(session, browser, app.now()))
