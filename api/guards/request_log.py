"""Each request's id, and one line in the log when it was answered.

The line names the route and never the path that was asked for, which anybody may write a name
into. References that a route knows are bound by the guard, once they are seen to be references.
"""

from __future__ import annotations

import re
import secrets
import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.guards.fast_path import ADDRESSES
from vcs import logs

_LOG = logs.logger("vcs.request")

_REQUEST_ID, _CORRELATION_ID = b"x-request-id", b"x-correlation-id"

_SAFE = re.compile(rb"[A-Za-z0-9._-]{1,64}")

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})

_NO_ROUTE = "no route"

_NEVER_ANSWERED = 0


class RequestLog:
    """Gives a request its id, binds it to all that is logged meanwhile, and logs the answer.

    ``X-Request-ID`` is the caller's own where it is a plain token; ``X-Correlation-ID`` is the
    same id under an older name.
    """

    def __init__(self, app: ASGIApp, *, static: str) -> None:
        """Wrap an app. ``static`` is the path whose files are not logged."""
        self.app = app
        self.static = static.rstrip("/") + "/"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id = _given(scope) or secrets.token_hex(16).encode("ascii")
        logs.start(request_id=request_id.decode("ascii"))
        began, status = time.perf_counter(), _NEVER_ANSWERED

        async def with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] += [(_REQUEST_ID, request_id), (_CORRELATION_ID, request_id)]
            await send(message)

        try:
            await self.app(scope, receive, with_id)
        finally:
            self._note(scope, status, time.perf_counter() - began)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        note = _LOG.debug if scope["path"].startswith(self.static) else _LOG.info
        note(
            "request.answered",
            method=scope["method"] if scope["method"] in _METHODS else "other",
            route=_route(scope),
            status=status,
            ms=round(seconds * 1000, 1),
        )


def _route(scope: Scope) -> str:
    """Return the address as the table of access has it, with the names of its parts."""
    if scope["path"] in ADDRESSES:
        return str(scope["path"])
    return getattr(scope.get("route"), "path", None) or _NO_ROUTE


def _given(scope: Scope) -> bytes:
    """Return the caller's own request id if it is safe to log, or nothing."""
    given = dict.fromkeys((_REQUEST_ID, _CORRELATION_ID), b"")
    given |= {name: value for name, value in scope["headers"] if name in given}
    return next((value for value in given.values() if _SAFE.fullmatch(value)), b"")
