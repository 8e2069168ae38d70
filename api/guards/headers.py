"""The headers on every answer: what a browser may run, keep, frame and tell others."""

from __future__ import annotations

import base64
import re
import secrets

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

NONCE = "csp_nonce"
_CORRELATION = re.compile(r"[A-Za-z0-9-]{8,64}")
_FIXED = {
    "X-Content-Type-Options": "nosniff",
    # "same-origin" and not "no-referrer": with the latter browsers send "Origin: null" with
    # our own forms, and the check against forms from elsewhere would refuse them.
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}
_POLICY = (
    "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self'; img-src 'self'; "
    "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


class SecurityHeaders:
    """Adds the headers; nothing but static files may be stored by anybody."""

    def __init__(self, app: ASGIApp, *, https: bool, static: str) -> None:
        """Wrap an app. ``https`` adds HSTS; ``static`` is the path whose files may be kept."""
        self.app = app
        self.https = https
        self.static = static.rstrip("/") + "/"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request with the headers added."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        # Drawn at one go: each draw is a call of the operating system.
        drawn = secrets.token_bytes(32)
        nonce = base64.urlsafe_b64encode(drawn[:16]).rstrip(b"=").decode("ascii")
        scope.setdefault("state", {})[NONCE] = nonce
        correlation = _correlation(scope) or drawn[16:].hex()

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                self._add(headers, scope["path"], nonce)
                headers["X-Correlation-Id"] = correlation
            await send(message)

        await self.app(scope, receive, with_headers)

    def _add(self, headers: MutableHeaders, path: str, nonce: str) -> None:
        for name, value in _FIXED.items():
            headers.setdefault(name, value)
        headers["Content-Security-Policy"] = _POLICY.format(nonce=nonce)
        kept = "public, max-age=3600" if path.startswith(self.static) else "no-store"
        headers.setdefault("Cache-Control", kept)
        if self.https:
            headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"


def _correlation(scope: Scope) -> str:
    """Return the caller's own correlation id where it is a plain one, else nothing."""
    given = Headers(scope=scope).get("x-correlation-id", "")
    return given if _CORRELATION.fullmatch(given) else ""
