"""What nobody foresaw: answered plainly, logged by place and never by content.

The framework's own last resort logs the exception's text, which may hold what was sent.
"""

from __future__ import annotations

from fastapi import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import errors
from api.errors import Problem
from vcs import logs
from vcs.errors import VcsError

_LOG = logs.logger("vcs.door")

_DETAIL = "The fault is ours and has been noted. Nothing you sent was half done. Try again later."


class LastResort:
    """Turns an unforeseen exception into a plain 500."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an app."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, whatever happens."""
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, watched)
        except Exception as error:
            if scope["type"] != "http":
                raise
            _LOG.error("request.failed", **logs.fault(error))
            if not started:
                answer = errors.answer(Request(scope), Problem(500, VcsError.title, _DETAIL))
                await answer(scope, receive, send)
