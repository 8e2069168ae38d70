"""Fast path for the two court feed endpoints: answered before routing and sessions run.

A court waits for each answer, and most of what a web framework does before a route is for people.
The checks, what is saved and the answers are the same as in the routes. Requests for any other
address go on to the routes.
"""

from __future__ import annotations

from fastapi import Request
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from api import errors
from api.feeds import court_messages
from api.guards import routes, session
from api.state import app_state
from vcs.errors import VcsError

ADDRESSES = ("/court-feeds/common-platform", "/court-feeds/spi")

_RULES = {path: routes.rule_at("POST", path) for path in ADDRESSES}


class FastPath:
    """Answers what courts post to the addresses above, and passes everything else on."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an app."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        is_post = scope["type"] == "http" and scope["method"] == "POST"
        rule = _RULES.get(scope["path"]) if is_post else None
        if rule is None:
            await self.app(scope, receive, send)
            return
        answer = await _answered(Request(scope, receive), rule)
        await answer(scope, receive, send)


async def _answered(request: Request, rule: routes.Rule) -> Response:
    try:
        app = app_state(request)
        session.refuse_in_training(rule, app)
        session.let_client_in(request, rule, app)
        return await court_messages.take(request, app)
    except VcsError as refusal:
        return errors.of(request, refusal)
    except ClientDisconnect:
        return errors.gone()
