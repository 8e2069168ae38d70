"""Who is signed in: one check before every route, default deny.

The cookie holds the id of a sign-in and a form token, nothing else; the sign-in itself is a row
that an administrator can end. A form must come from our own pages (by what the browser says of
its origin) and carry the token of its session.
"""

from __future__ import annotations

import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Any, Final
from urllib.parse import urlsplit

from fastapi import Depends, Request
from sqlmodel import Session
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.formparsers import MultiPartParser

from api.guards import kept_forms, tokens
from api.guards.routes import NOT_IN_TRAINING, WITH_A_FILE, Rule, rule_for
from api.guards.signed_in import SignedIn, keep_arrival, signed_in
from api.state import AppState, app_state
from vcs import logs
from vcs.access.actors import Actor
from vcs.access.clients import require_active
from vcs.access.records import SignIn
from vcs.access.work import Work
from vcs.errors import Busy, NotAllowed, NotFound, NotSignedIn
from vcs.lists.runs.uploads import MOST_BYTES
from vcs.settings import Settings

_LOG = logs.logger("vcs.door")

IDLE = timedelta(minutes=30)

_SIGN_IN, _CSRF = "sign_in", "csrf"

_FORM_LIMITS: dict[str, Any] = {"max_fields": 1000, "max_files": 0, "max_part_size": 64 * 1024}
"""The longest form is a message read in by hand: thirty offences of some twenty fields each."""

_OF_A_STRANGER: Final = 2 * 1024 * 1024
"""Bytes of a form with a file that are read to keep what was typed beside it."""

_FILE_LIMITS: dict[str, Any] = {**_FORM_LIMITS, "max_files": 1}

# A file that names people is kept in memory while it is read, and never in a folder for all.
MultiPartParser.spool_max_size = MOST_BYTES

_REFERENCE = re.compile(r"VCS-[0-9A-Z]{4}-[0-9A-Z]{4}")

_NAMED = {
    "reference": _REFERENCE,
    "victim": _REFERENCE,
    "receipt": re.compile(r"[A-Za-z0-9_-]{24}"),
}

_ELSEWHERE = (
    "The form came from another site or is too old. Go back, reload the page and send it again."
)

_TRAINING = "This is training: everybody here is made up, and nothing comes in from outside."

_OF_SOMEBODY_ELSE = (
    "This form was open in the name of somebody else who has been signed out. Nothing was done. "
    "What they typed is kept for an hour, for them alone."
)


def cookie_name(settings: Settings) -> str:
    """Name the cookie: training on the same machine signs nobody out of the real pages."""
    name = "vcs-training" if settings.is_training else "vcs"
    return f"__Host-{name}" if urlsplit(settings.base_url).scheme == "https" else name


class FormOfEarlierSignIn(NotAllowed):
    """A form that the same person opened before they signed in again. It is shown once more."""

    def __init__(self, page: str) -> None:
        super().__init__("You were signed out. Check what you typed and send it again.")
        self.page = page


async def guard(request: Request) -> None:
    """Let the request pass only where the table lets this caller use this address."""
    rule, app = rule_for(request), app_state(request)
    logs.bind(**_references(request))
    if "\x00" in request.url.path:
        # No reference contains one, and PostgreSQL cannot store one in text.
        raise NotFound("There is nothing at this address.")
    refuse_in_training(rule, app)
    if rule.clients:
        let_client_in(request, rule, app)
        await run_in_threadpool(_refuse_disabled, request, app)
        return
    if rule.roles:
        await _let_staff_in(request, rule, app)
    if rule.knows_reader:
        await _know_reader(request, app)
    if rule.form:
        await _check_form(request, app)


def refuse_in_training(rule: Rule, app: AppState) -> None:
    """Keep programs, and what only the real service has, out of training."""
    if app.settings.is_training and (rule.clients or rule.path in NOT_IN_TRAINING):
        raise NotAllowed(_TRAINING)


def let_client_in(request: Request, rule: Rule, app: AppState) -> None:
    """Let a program pass that carries a good token and may use this address."""
    header = request.headers.get("authorization", "")
    request.state.client_id = tokens.client_of(app.settings, header, rule.clients, app.now())


def _references(request: Request) -> dict[str, str]:
    """Return the parts of an address that may be logged: those that look like our references."""
    parts = request.path_params.items()
    return {name: part for name, part in parts if name in _NAMED and _NAMED[name].fullmatch(part)}


def _refuse_disabled(request: Request, app: AppState) -> None:
    """Refuse a token whose client was disabled since it was made.

    The fast path for courts makes the same check in the transaction that saves the message.
    """
    with app.db.reading() as session:
        require_active(session, request.state.client_id)


async def _let_staff_in(request: Request, rule: Rule, app: AppState) -> None:
    who = await run_in_threadpool(_signed_in, request, app)
    if who is None:
        is_kept = rule.form and _may_be_read(request, rule)
        if is_kept and came_from_us(request, app.settings.base_url):
            await kept_forms.keep(request, app, await posted(request))
        raise NotSignedIn("Sign in first.")
    _show_as(request, who)
    if who.officer.role not in rule.roles:
        raise NotAllowed("You are signed in, but this is not yours to see or do.")
    if who.arrived_at:
        await run_in_threadpool(keep_arrival, app, who)


def _may_be_read(request: Request, rule: Rule) -> bool:
    """Say whether a form is read of somebody who is not signed in: a large file is not."""
    length = request.headers.get("content-length", "")
    return rule.path not in WITH_A_FILE or (length.isdecimal() and int(length) <= _OF_A_STRANGER)


async def _know_reader(request: Request, app: AppState) -> None:
    """Show an open page as to whoever is signed in; it opens for everybody, whatever is amiss."""
    try:
        who = await run_in_threadpool(_signed_in, request, app)
    except Busy as busy:
        # An open page needs no database, and is the one to be read while it is away.
        _LOG.warning("reader.not_known", **logs.fault(busy))
        return
    if who is not None:
        _show_as(request, who)


def _show_as(request: Request, who: SignedIn) -> None:
    """Keep what the page shows of whoever is signed in, and let their session go on."""
    request.state.actor = who.officer
    request.state.unaccounted, request.state.checked = who.unaccounted, who.checked
    request.state.mail_fails_since = who.mail_fails_since
    form_token(request)
    # Written again at each request, so that the cookie expires after idle time, not after sign-in.
    request.session[_SIGN_IN] = request.session[_SIGN_IN]


def _signed_in(request: Request, app: AppState) -> SignedIn | None:
    """Return the officer with the numbers that their pages show; None if nobody is signed in."""
    sign_in_id = request.session.get(_SIGN_IN)
    path = request.url.path if request.method == "GET" else ""
    return signed_in(app, sign_in_id, path) if isinstance(sign_in_id, str) else None


async def _check_form(request: Request, app: AppState) -> None:
    if not came_from_us(request, app.settings.base_url):
        raise NotAllowed(_ELSEWHERE)
    form = await posted(request)
    sent, held = form.get("csrf"), request.session.get(_CSRF)
    if not isinstance(sent, str) or not isinstance(held, str):
        raise NotAllowed(_ELSEWHERE)
    if not hmac.compare_digest(sent.encode("utf-8"), held.encode("utf-8")):
        await _keep_of_earlier_sign_in(request, app, form)
        raise NotAllowed(_ELSEWHERE)


async def _keep_of_earlier_sign_in(request: Request, app: AppState, form: FormData) -> None:
    """Keep a form that was shown to an earlier sign-in in this browser.

    Raises FormOfEarlierSignIn where it is still the same person, and NotAllowed where it is not.
    """
    officer: Actor | None = getattr(request.state, "actor", None)
    if officer is None or tokens.account_of_form(app.settings, str(form.get("csrf"))) is None:
        return
    if await kept_forms.keep(request, app, form) != officer.account_id:
        raise NotAllowed(_OF_SOMEBODY_ELSE)
    raise FormOfEarlierSignIn(kept_forms.shown_at(request))


def came_from_us(request: Request, base_url: str) -> bool:
    """Return whether the browser says that a form came from our own pages; no header means no."""
    fetched_from = request.headers.get("sec-fetch-site")
    if fetched_from is not None:
        return fetched_from == "same-origin"
    origin = request.headers.get("origin")
    if origin is None:
        return False
    ours = {urlsplit(base_url).netloc, request.headers.get("host", "")}
    return urlsplit(origin).netloc in ours


def form_token(request: Request) -> str:
    """Return the form token of this session, creating it if there is none."""
    token = request.session.get(_CSRF)
    if not isinstance(token, str):
        token = request.session[_CSRF] = secrets.token_urlsafe(24)
    request.state.csrf = token
    return token


def begin(request: Request, begun: SignIn) -> None:
    """Start a session for a new sign-in, discarding the earlier one."""
    settings = app_state(request).settings
    request.session.clear()
    request.session[_SIGN_IN] = begun.id
    request.session[_CSRF] = tokens.form_token_of(settings, begun.account_id)


def sign_in_of(request: Request) -> str:
    """Return the id of the sign-in of whoever is signed in."""
    return str(request.session[_SIGN_IN])


def end(request: Request) -> str | None:
    """Empty the session and return the id of the sign-in that it held."""
    sign_in_id = request.session.get(_SIGN_IN)
    request.session.clear()
    return sign_in_id if isinstance(sign_in_id, str) else None


async def actor(request: Request) -> Actor:
    """Return who is signed in; only for routes that the table gives to staff."""
    officer: Actor = request.state.actor
    return officer


async def posted(request: Request) -> FormData:
    """Return the posted form, already checked to be ours."""
    if rule_for(request).path in WITH_A_FILE:
        return await request.form(**_FILE_LIMITS)
    return await request.form(**_FORM_LIMITS)


async def _opened(request: Request) -> AppState:
    # Asynchronous, or every request would be handed to the thread pool just to fetch it.
    return app_state(request)


Officer = Annotated[Actor, Depends(actor)]

Posted = Annotated[FormData, Depends(posted)]

App = Annotated[AppState, Depends(_opened)]


@dataclass(frozen=True, slots=True)
class Visit:
    """One request of a signed-in member of staff, with the application that serves it."""

    request: Request
    app: AppState
    officer: Actor

    @property
    def path(self) -> dict[str, str]:
        """Return the parts of the address that vary, by their names in the table of routes."""
        return dict(self.request.path_params)

    def work(self, session: Session) -> Work:
        """Return what a verb needs, in this person's name and at this moment."""
        return Work(session, self.app.sealer, self.officer, self.app.now())


async def _visit(request: Request, app: App, officer: Officer) -> Visit:
    return Visit(request, app, officer)


Visiting = Annotated[Visit, Depends(_visit)]
