"""What GOV.UK Notify tells us of letters, at an address with a token that it was given."""

from __future__ import annotations

import hmac
import json
from typing import Any

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse

from api.guards.session import App
from api.openapi.problems import PROBLEMS
from api.state import AppState
from letters.despatch.notify import day_of
from vcs.access.work import Work
from vcs.errors import NotFound, NotReadable, NotSignedIn, NotValid
from vcs.post.notify import deliver
from vcs.post.notify.deliver import NOTIFY, Told

router = APIRouter(tags=["GOV.UK Notify"])


@router.post(
    "/notify/callbacks", status_code=200, responses=PROBLEMS(400, 401, 404, 408, 413, 422, 503)
)
async def callback(request: Request, app: App) -> JSONResponse:
    """Take in a status of a letter, or that it came back. The same again changes nothing."""
    _check(app, request.headers.get("authorization", ""))
    body = await request.body()
    await run_in_threadpool(_take_in, app, _read(body))
    return JSONResponse({"status": "recorded"})


def _check(app: AppState, header: str) -> None:
    """Raise NotSignedIn without our token, and NotFound where none was set."""
    wanted = app.settings.notify_callback_token
    if not wanted:
        raise NotFound("There is nothing at this address.")
    scheme, _, given = header.partition(" ")
    if scheme.lower() != "bearer" or not hmac.compare_digest(given.encode(), wanted.encode()):
        raise NotSignedIn("Send the bearer token that was agreed.")


def _read(body: bytes) -> dict[str, Any]:
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        raise NotReadable("The body is not JSON.") from None
    if not isinstance(told, dict) or not isinstance(told.get("reference"), str):
        raise NotValid("The body names no letter.")
    return told


def _take_in(app: AppState, told: dict[str, Any]) -> None:
    reference, notify_id = told["reference"], str(told.get("id") or told.get("notification_id"))
    with app.db.writing() as session:
        work = Work(session, app.sealer, NOTIFY, app.now())
        if "status" not in told:
            deliver.came_back(work, reference)
            return
        left = told.get("sent_at") or told.get("completed_at")
        deliver.tell(work, reference, Told(notify_id, str(told["status"]), day_of(left)))
