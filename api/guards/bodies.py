"""How much may be sent, and how slowly: refused at the first byte too many, or when time is up."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from fastapi import Request
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import errors
from api.guards.routes import WITH_A_FILE
from vcs.errors import TooLarge, TooSlow
from vcs.lists.runs.uploads import MOST_BYTES

FEED_BYTES = 10 * 1024 * 1024

FORM_BYTES = 256 * 1024

FEEDS = ("/court-feeds/", "/custody-events")

FILE_BYTES = MOST_BYTES + FORM_BYTES

BODY_SECONDS = 60

"""The time there is for a whole body, from its first byte: 10 MB at 1.4 Mbit a second."""

_MOST_FORGOTTEN = 64 * 1024 * 1024

_MESSAGE = "What was sent is larger than this address takes."

_SLOW = "The body came too slowly and was cut off: nothing was kept. Send it again."


def limit_for(path: str) -> int:
    """Return the largest body, in bytes, that an address takes."""
    if path in WITH_A_FILE:
        return FILE_BYTES
    return FEED_BYTES if path.startswith(FEEDS) else FORM_BYTES


class BodyLimit:
    """Refuses a body that is too large, without reading it all into memory."""

    def __init__(self, app: ASGIApp, limit: Callable[[str], int] = limit_for) -> None:
        """Wrap an app; ``limit`` gives the most bytes for a path."""
        self.app = app
        self.limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, counting the bytes of its body."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        most = self.limit(scope["path"])
        if _stated_length(scope) > most:
            await _drain(receive)
            refusal = errors.of(Request(scope), TooLarge(_MESSAGE))
            await refusal(scope, receive, send)
            return
        await self.app(scope, _counting(receive, most), send)


def _stated_length(scope: Scope) -> int:
    stated = Headers(scope=scope).get("content-length", "0")
    return int(stated) if stated.isdecimal() and len(stated) < 20 else 0


async def _drain(receive: Receive) -> None:
    """Read and discard the rest, within a limit: a sender cut off midway never sees the answer."""
    left = _MOST_FORGOTTEN
    try:
        async with asyncio.timeout(BODY_SECONDS):
            while left > 0:
                message = await receive()
                left -= max(len(message.get("body", b"")), 1)
                if message["type"] == "http.disconnect" or not message.get("more_body"):
                    return
    except TimeoutError:
        return


def _counting(receive: Receive, most: int) -> Receive:
    seen, ended = 0, False
    until: float | None = None

    async def counted() -> Message:
        nonlocal seen, ended, until
        if ended:
            # What comes after the body is only word that the sender went away.
            return await receive()
        until = until or asyncio.get_running_loop().time() + BODY_SECONDS
        try:
            async with asyncio.timeout_at(until):
                message = await receive()
        except TimeoutError:
            raise TooSlow(_SLOW) from None
        ended = not message.get("more_body")
        seen += len(message.get("body", b""))
        if seen > most:
            if not ended:
                await _drain(receive)
            raise TooLarge(_MESSAGE)
        return message

    return counted
