"""The web application: its middleware, its routes, start-up and shutdown."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from fastapi import Depends, FastAPI
from fastapi.telemetry import TelemetryConfig
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.staticfiles import StaticFiles

from api import errors, health, notify_callbacks
from api.feeds import court_messages as court_feeds
from api.guards import routes, session
from api.guards.bodies import BodyLimit
from api.guards.fast_path import FastPath
from api.guards.headers import SecurityHeaders
from api.guards.last_resort import LastResort
from api.guards.request_log import RequestLog
from api.guards.tokens import key_for
from api.openapi.document import document
from api.partners import consultations, custody, outcomes, requests
from api.public import pages as public
from api.staff import (
    access,
    conditions,
    consult,
    events,
    families,
    figures,
    held,
    letters,
    needs,
    officers,
    offices,
    other_lists,
    printing,
    referrals,
    search,
    sentences,
    service,
    set_aside,
    standards,
    tasks,
    to_others,
    today,
    victims,
    witness_care,
    worklist,
)
from api.staff.files import exports
from api.state import AppState, Now, Reader
from api.version import VERSION
from vcs import clock, logs
from vcs.access import clients as feed_clients
from vcs.errors import VcsError
from vcs.intake.inbox import Inbox
from vcs.settings import Settings
from vcs.start.checks import Started, start

Lifespan = Callable[[FastAPI], AbstractAsyncContextManager[None]]

_LOG = logs.logger("vcs.door")

_TITLE = "Victim contact tracker"

_STATIC = Path(__file__).parent / "static"

_ROUTERS = (
    court_feeds.router,
    requests.router,
    consultations.router,
    custody.router,
    outcomes.router,
    notify_callbacks.router,
    health.router,
    public.router,
    service.router,
    access.router,
    worklist.router,
    consult.router,
    standards.router,
    figures.router,
    search.router,
    exports.router,
    referrals.router,
    officers.router,
    sentences.router,
    victims.router,
    witness_care.router,
    events.router,
    printing.router,
    letters.router,
    to_others.router,
    needs.router,
    tasks.router,
    set_aside.router,
    families.router,
    other_lists.router,
    held.router,
    today.router,
    conditions.router,
    offices.router,
)

_SILENT: TelemetryConfig = {
    "tracing": False,
    "metrics": False,
    "logs": False,
    "operation_spans": False,
}


def create_app(settings: Settings, now: Now = clock.now, started: Started | None = None) -> FastAPI:
    """Build the application. ``now`` is the clock; tests give their own.

    ``started`` is the database that has passed the start-up checks just now, if they were made.
    The description of the API is not served: ``vcs openapi`` prints it.
    """
    app = FastAPI(
        title=_TITLE,
        version=VERSION,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        dependencies=[Depends(session.guard)],
        middleware=_middleware(settings),
        lifespan=_lifespan(settings, now, started),
        telemetry=_SILENT,
    )
    app.state.training = settings.is_training
    errors.install(app)
    for router in _ROUTERS:
        app.include_router(router)
    app.mount(routes.STATIC, StaticFiles(directory=_STATIC, check_dir=False), name="static")
    return app


def describe() -> dict[str, Any]:
    """Return the OpenAPI description of what programs may ask. Needs no settings, no database."""
    app = FastAPI(title=_TITLE, version=VERSION, openapi_url=None)
    for router in _ROUTERS:
        app.include_router(router)
    return document(app)


def _middleware(settings: Settings) -> list[Middleware]:
    """Return the middleware, outermost first."""
    base = urlsplit(settings.base_url)
    https = base.scheme == "https"
    hosts = sorted({base.hostname or "127.0.0.1", "127.0.0.1", "localhost"})
    return [
        Middleware(RequestLog, static=routes.STATIC),
        Middleware(SecurityHeaders, https=https, static=routes.STATIC),
        Middleware(LastResort),
        Middleware(TrustedHostMiddleware, allowed_hosts=hosts, www_redirect=False),
        Middleware(BodyLimit),
        Middleware(FastPath),
        Middleware(
            SessionMiddleware,
            secret_key=key_for(settings, "session"),
            session_cookie=session.cookie_name(settings),
            max_age=int(session.IDLE.total_seconds()),
            # "lax" and not "strict": with "strict" a link in an alert email would always meet
            # the sign-in page. Unsafe methods are checked apart, token and origin both.
            same_site="lax",
            https_only=https,
        ),
    ]


def _lifespan(settings: Settings, now: Now, started: Started | None) -> Lifespan:
    @asynccontextmanager
    async def opened(app: FastAPI) -> AsyncIterator[None]:
        try:
            app.state.door = open_door(started or start(settings, now=now()), now)
        except VcsError as problem:
            # The server itself would log only that it failed, or the whole of a trace.
            _LOG.critical("start.refused", why=str(problem))
            raise
        try:
            yield
        finally:
            app.state.door.close()

    return opened


def open_door(started: Started, now: Now = clock.now) -> AppState:
    """Start the threads on a database that has passed the start-up checks."""
    db, sealer = started.db, started.sealer
    inbox = Inbox(db, sealer, feed_clients.disabled_among)
    reader = Reader(db, sealer, inbox, now)
    inbox.start()
    reader.start()
    return AppState(started.settings, db, sealer, inbox, reader, now)
