"""A form that is sent after its sign-in ended is kept, and given back after the next sign-in.

Nothing is done with it: it is shown again, to be checked and sent. Passwords are not kept.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.responses import Response

from api.guards.routes import rule_for
from api.guards.tokens import account_of_form
from api.state import AppState, app_state
from vcs.access import kept_forms
from vcs.access.kept_forms import Pairs, Place

_NOT_KEPT = ("csrf",)

_SECRET = ("password", "secret")

_STATE = "browser"

_VICTIM = "/referrals/{reference}/victims/{victim}"

# Forms that are shown on the page of another address.
SHOWN_AT = {
    f"{_VICTIM}/amend": f"{_VICTIM}/address",
    "/letters/{reference}.pdf": "/letters/{reference}",
    "/letters/{reference}/preview.pdf": "/letters/{reference}",
    "/letters/one-by-one/{kind}/send-back": "/letters/one-by-one/{kind}",
    "/letters-to-others/{reference}.pdf": "/letters-to-others/{reference}",
    "/letters-to-others/{reference}/preview.pdf": "/letters-to-others/{reference}",
    "/set-aside/{receipt}/dismiss": "/set-aside/{receipt}",
}

# Buttons, passwords and files: nothing is typed that may be kept.
BUTTONS = {
    "/account/password": "/account/password",
    "/letters/{reference}/approve": "/letters/{reference}",
    "/letters/one-by-one/{kind}/approve": "/letters/one-by-one/{kind}",
    "/letters-to-others/{reference}/approve": "/letters-to-others/{reference}",
    f"{_VICTIM}/changed-mind": "/referrals/{reference}",
    "/print-batches/{batch}/continue": "/print-batches/{batch}",
    "/print-batches/{batch}.zip": "/print-batches/{batch}",
    "/officers/give/confirm": "/officers/give",
    "/set-aside/{receipt}/try-again": "/set-aside/{receipt}",
    "/set-aside/{receipt}/try-all-alike": "/set-aside/{receipt}",
    "/accounts/{account_id}/disable": "/accounts/{account_id}/disable",
    "/clients/{client_id}/disable": "/clients/{client_id}/disable",
    "/forms/forget": "/",
    "/inspections/eligible.csv": "/inspections",
    "/inspections/{sample}/pack.zip": "/inspections/{sample}",
    "/sign-out": "/",
}


@dataclass(frozen=True, slots=True)
class GivenBack:
    """A form that is shown as it was typed: the address it is sent to, and that of its page."""

    path: str
    page: str


def shown_at(request: Request) -> str:
    """Return the address of the page that shows the form which was sent here."""
    path = rule_for(request).path
    page = BUTTONS.get(path) or SHOWN_AT.get(path)
    return page.format(**request.path_params) if page else request.url.path


async def keep(request: Request, app: AppState, form: FormData) -> int | None:
    """Keep what was typed. Returns the account that the form was shown to; None if not known."""
    account_id = account_of_form(app.settings, str(form.get("csrf", "")))
    if rule_for(request).path not in BUTTONS:
        await run_in_threadpool(_keep, request, app, account_id, typed(form))
    return account_id


def _keep(request: Request, app: AppState, account_id: int | None, pairs: Pairs) -> None:
    browser = browser_of(request) or secrets.token_urlsafe(32)
    place = Place(browser, request.url.path, account_id)
    with app.db.writing() as session:
        if kept_forms.keep(session, app.sealer, place, pairs, app.now()):
            setattr(request.state, _STATE, browser)


def typed(form: FormData) -> Pairs:
    """Return what of a form may be kept: nothing secret."""
    return tuple(
        (name, text)
        for name, text in form.multi_items()
        if isinstance(text, str)
        and name not in _NOT_KEPT
        and not any(word in name.lower() for word in _SECRET)
    )


def given_back(request: Request, account_id: int, path: str = "") -> FormData | None:
    """Return what this account typed into the form at an address before its sign-in ended.

    The page then says that the form was not sent.
    """
    browser = browser_of(request)
    if not browser:
        return None
    app = app_state(request)
    place = Place(browser, path or request.url.path, account_id)
    with app.db.reading() as session:
        pairs = kept_forms.typed_before(session, app.sealer, place, app.now())
    if pairs is None:
        return None
    request.state.given_back = GivenBack(place.path, request.url.path)
    return FormData([*pairs])


def browser_of(request: Request) -> str:
    """Return the value that tells this browser from others; "" where it has none."""
    return request.cookies.get(cookie_name(app_state(request)), "")


def cookie_name(app: AppState) -> str:
    """Return the name of the cookie that holds the value."""
    return "__Host-vcs-kept" if _is_https(app) else "vcs-kept"


def remember(request: Request, answer: Response) -> None:
    """Give the browser its value, where something was kept for it in this request."""
    browser = getattr(request.state, _STATE, "")
    if browser:
        app = app_state(request)
        answer.set_cookie(
            cookie_name(app),
            browser,
            max_age=int(kept_forms.LIFE.total_seconds()),
            secure=_is_https(app),
            httponly=True,
            samesite="strict",
        )


def _is_https(app: AppState) -> bool:
    return app.settings.base_url.startswith("https:")
