"""How an error leaves the building: problem+json for machines, a page for people.

Neither ever repeats what was sent (RFC 9457 for the shape of the first).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import JSONResponse, Response

from api.guards import kept_forms
from api.guards.routes import is_for_machines
from api.guards.session import FormOfEarlierSignIn
from api.guards.way_back import way_back, who_may
from api.staff import pages, words
from vcs.errors import Busy, NotSetUp, NotSignedIn, NotValid, TooLarge, TooSlow, VcsError

RETRY_AFTER_SECONDS = "5"

_PLAIN = {
    400: "The request could not be understood.",
    403: "You are signed in, but this is not yours to see or do.",
    404: "There is nothing at this address.",
    405: "This address does not take that method.",
    413: "What was sent is larger than this address takes.",
}


def install(app: FastAPI) -> None:
    """Register the handlers that answer every error, as problem+json or as a page."""
    app.add_exception_handler(VcsError, _ours)
    app.add_exception_handler(HTTPException, _of_the_framework)
    app.add_exception_handler(RequestValidationError, _refused)
    app.add_exception_handler(ClientDisconnect, _gone)


@dataclass(frozen=True, slots=True)
class Problem:
    """What went wrong. ``extra`` are the members that a program reads beside the standard ones."""

    status: int
    title: str
    detail: str
    headers: Mapping[str, str] = field(default_factory=dict)
    extra: Mapping[str, object] = field(default_factory=dict)


def answer(request: Request, problem: Problem) -> Response:
    """Answer with a problem in the shape that this caller reads."""
    status, title, detail = problem.status, problem.title, problem.detail
    if is_for_machines(request.url.path):
        body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
        return JSONResponse(
            {**body, **problem.extra},
            status,
            dict(problem.headers),
            media_type="application/problem+json",
        )
    page = pages.render(
        request, "error.html", status, title=title, detail=detail, **_what_next(request, status)
    )
    page.headers.update(problem.headers)
    return page


_WHAT_NEXT: Mapping[int, str] = {
    403: "Nothing was done.",
    409: "Nothing of this was saved. Go back, see how it is now, and do it again if it is still "
    "needed.",
    422: "Nothing was saved. Go back and correct what is said above.",
}


def _what_next(request: Request, status: int) -> dict[str, object]:
    """Return what a page of an error says to do, and where it leads back to.

    What is not there leads nowhere: it must look like what may not be seen.
    """
    actor = getattr(request.state, "actor", None)
    if actor is None or status not in _WHAT_NEXT:
        return {}
    roles = who_may(request, actor.role) if status == HTTPStatus.FORBIDDEN else ()
    return {
        "what_next": _WHAT_NEXT[status],
        "who_may": [words.ROLES[one] for one in roles],
        "back": way_back(request, actor.role),
    }


def of(request: Request, error: VcsError) -> Response:
    """Answer one of our own errors; a person who is not signed in is sent to sign in."""
    machine = is_for_machines(request.url.path)
    if isinstance(error, NotSignedIn) and not machine:
        return pages.go(pages.sign_in_address(request))
    if isinstance(error, FormOfEarlierSignIn):
        return pages.go(error.page)
    headers = dict(getattr(error, "headers", {}))
    if isinstance(error, (Busy, NotSetUp)) and error.status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers["Retry-After"] = RETRY_AFTER_SECONDS
    if isinstance(error, (TooLarge, TooSlow)):
        # We do not wait for the rest of the body.
        headers["Connection"] = "close"
    if isinstance(error, NotSignedIn):
        headers.setdefault("WWW-Authenticate", "Bearer")
    extra: dict[str, object] = dict(getattr(error, "extra", {}))
    if isinstance(error, NotValid) and error.fields:
        extra["fields"] = error.fields
    return answer(request, Problem(error.status, error.title, str(error), headers, extra))


async def _ours(request: Request, error: Any) -> Response:
    answer_to_it = of(request, error)
    kept_forms.remember(request, answer_to_it)
    return answer_to_it


async def _of_the_framework(request: Request, error: Any) -> Response:
    title = HTTPStatus(error.status_code).phrase.capitalize()
    detail = _PLAIN.get(error.status_code, "The request was refused.")
    return answer(request, Problem(error.status_code, title, detail, error.headers or {}))


async def _refused(request: Request, error: Any) -> Response:
    """Name the fields that were wrong, never their values."""
    places = sorted({".".join(str(part) for part in e["loc"][:2]) for e in error.errors()})
    detail = "Some of what was sent is missing or not in the right form."
    return answer(request, Problem(422, NotValid.title, detail, extra={"places": places}))


async def _gone(request: Request, error: Exception) -> Response:
    return gone()


def gone() -> Response:
    """Placeholder response for a client that disconnected; only the access log sees it."""
    return Response(status_code=400)
