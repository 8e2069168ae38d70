"""The headers on every answer: what a browser may run, keep, frame and tell others."""

from __future__ import annotations

import base64
import secrets

from starlette.types import ASGIApp, Message, Receive, Scope, Send

NONCE = "csp_nonce"
_FIXED_BY_NAME = {
    "X-Content-Type-Options": "nosniff",
    # "same-origin" and not "no-referrer": with the latter browsers send "Origin: null" with
    # our own forms, and the check against forms from elsewhere would refuse them.
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}
_FIXED = tuple(
    (name.lower().encode("ascii"), value.encode("ascii")) for name, value in _FIXED_BY_NAME.items()
)
_HSTS = (b"strict-transport-security", b"max-age=31536000; includeSubDomains")
_POLICY = (
    "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self'; img-src 'self'; "
    "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


class SecurityHeaders:
    """Adds the security headers; only static files may be cached."""

    def __init__(self, app: ASGIApp, *, https: bool, static: str) -> None:
        """Wrap an app. ``https`` adds HSTS; ``static`` is the path whose files may be cached."""
        self.app = app
        self.https = https
        self.static = static.rstrip("/") + "/"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request with the headers added."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        nonce = base64.urlsafe_b64encode(secrets.token_bytes(16)).rstrip(b"=").decode("ascii")
        scope.setdefault("state", {})[NONCE] = nonce

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._add(message, scope["path"], nonce)
            await send(message)

        await self.app(scope, receive, with_headers)

    def _add(self, message: Message, path: str, nonce: str) -> None:
        """Add what an answer does not say itself; it is written as bytes, as it leaves."""
        headers: list[tuple[bytes, bytes]] = message["headers"]
        said = {name for name, _ in headers}
        headers += [pair for pair in _FIXED if pair[0] not in said]
        headers.append((b"content-security-policy", _POLICY.format(nonce=nonce).encode("ascii")))
        if b"cache-control" not in said:
            kept = b"public, max-age=3600" if path.startswith(self.static) else b"no-store"
            headers.append((b"cache-control", kept))
        if self.https:
            headers.append(_HSTS)
