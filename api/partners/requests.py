"""Witness care's door for programs: a request in, kept before it is answered; what became of it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Header, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse

from api.guards.session import App
from api.openapi.problems import PROBLEMS
from api.partners.openapi import POSTED, Accepted, Receipt, ReferredVictim
from api.state import AppState
from vcs import logs
from vcs.clock import london_date
from vcs.errors import NotFound
from vcs.partners.receiving.keeping import KeptRequest, KeyReused, keep_request, read_and_check
from vcs.partners.receiving.receipts import request_receipt

router = APIRouter(tags=["Referrals by program"])

Key = Annotated[
    str | None, Header(pattern=r'^(?:[A-Za-z0-9._:~-]{1,100}|"[A-Za-z0-9._:~-]{1,100}")$')
]

"""The sender's own key, bare or in quotes: both are sent by programs that follow the draft."""


@router.post(
    "/referrals",
    status_code=202,
    response_model=Accepted,
    responses=PROBLEMS(400, 401, 403, 408, 413, 422, 503)
    | {200: {"model": Accepted, "description": "Held already: the same receipt"}},
    openapi_extra=POSTED,
)
async def refer(request: Request, app: App, idempotency_key: Key = None) -> JSONResponse:
    """Save one request of a witness care unit; answered only when it is durable.

    The kind says what it is: a referral, a correction, a change of address, an opt-out, or the
    answer to a chase. The receipt tells what became of it.

    With an `Idempotency-Key`, or a `request_id` in the body, the same key again is a repeat.
    Without one, equal content is a repeat only while it is the latest that was sent about the
    same people: after something else it is a new instruction.
    """
    body = await request.body()
    key = idempotency_key.strip('"') if idempotency_key else None
    kept = await run_in_threadpool(_keep, app, request.state.client_id, body, key)
    logs.bind(receipt=kept.receipt)
    if kept.key_reused:
        raise KeyReused(kept.receipt)
    app.reader.wake()
    if kept.already_held:
        return JSONResponse({"receipt": kept.receipt, "status": "already_held"}, 200)
    return JSONResponse({"receipt": kept.receipt, "status": "accepted"}, 202)


@router.get(
    "/referrals/receipts/{receipt}",
    response_model=Receipt,
    responses=PROBLEMS(401, 403, 404, 503),
)
def receipt(request: Request, receipt: str, app: App) -> JSONResponse:
    """Report what became of a request that this client sent."""
    with app.db.reading() as session:
        found = request_receipt(session, request.state.client_id, receipt)
    if found is None:
        raise NotFound("There is no such receipt.")
    victims = [ReferredVictim(number=n, reference=ours) for n, ours in found.victims]
    told = Receipt(
        receipt=found.receipt,
        received_at=found.received_at,
        kind=found.kind,
        status=found.status,
        because=found.because,
        referrals=list(found.referrals),
        victims=victims,
        repeats=found.repeats,
        repeated_at=found.repeated_at,
    )
    return JSONResponse(told.model_dump(mode="json"))


def _keep(app: AppState, client_id: str, body: bytes, key: str | None) -> KeptRequest:
    now = app.now()
    checked = read_and_check(body, key, london_date(now))
    with app.db.writing() as session:
        return keep_request(session, app.sealer, client_id, checked, now)
