"""The door of prisons' and licence systems: kept before it is answered; what was read of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse

from api.guards.session import App
from api.openapi.problems import PROBLEMS
from api.state import AppState
from vcs import logs
from vcs.custody.keep import KeptMessage, keep_message
from vcs.custody.reads import message_report
from vcs.custody.sources.reading import check
from vcs.errors import NotFound

router = APIRouter(tags=["Custody events"])


class CustodyKept(BaseModel):
    """The receipt of what is durable."""

    receipt: str
    status: Literal["accepted", "already_held"]


class RowProblem(BaseModel):
    """An event or row that could not be read; row 0 is the message as a whole."""

    row: int
    problem: str


class CustodyReceipt(BaseModel):
    """What was read of a message. It is the same whoever the events are about."""

    receipt: str
    received_at: datetime
    status: Literal["waiting", "read", "set_aside"]
    events: int
    problems: list[RowProblem]
    repeats: int


_EXAMPLE = {
    "eventType": "prison-offender-events.prisoner.released",
    "version": 1,
    "occurredAt": "2026-11-16T10:05:00+00:00",
    "publishedAt": "2026-11-16T10:50:00+00:00",
    "description": "A prisoner has been released from prison",
    "additionalInformation": {
        "nomsNumber": "Z1234ZZ",
        "reason": "RELEASED",
        "nomisMovementReasonCode": "CR",
        "prisonId": "ZZI",
    },
    "personReference": {"identifiers": [{"type": "NOMS", "value": "Z1234ZZ"}]},
}

_MOVEMENTS = (
    "offenderNo,movementType,movementReasonCode,directionCode,movementDate,movementTime\n"
    "Z1234ZZ,REL,CR,OUT,2026-11-16,10:05\n"
)

_POSTED: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": (
            "One event, a list of them, or the envelope of a queue; a prison's movements, an "
            "incident report, an adjustment or a recall as those systems hold it; or movements as "
            "CSV with a heading. The source's own names of fields are read."
        ),
        "content": {
            "application/json": {"schema": {}, "example": _EXAMPLE},
            "text/csv": {"schema": {"type": "string"}, "example": _MOVEMENTS},
        },
    }
}


@router.post(
    "/custody-events",
    status_code=202,
    response_model=CustodyKept,
    responses=PROBLEMS(400, 401, 403, 408, 413, 503)
    | {200: {"model": CustodyKept, "description": "Held already: the same receipt"}},
    openapi_extra=_POSTED,
)
async def tell(request: Request, app: App) -> JSONResponse:
    """Save what became of offenders; answered only when it is durable.

    What cannot be read of it is kept for a person. The same content again is the same receipt.
    """
    body = await request.body()
    await run_in_threadpool(check, body)
    kept = await run_in_threadpool(_keep, app, request.state.client_id, body)
    logs.bind(receipt=kept.receipt)
    app.reader.wake()
    status, code = ("already_held", 200) if kept.already_held else ("accepted", 202)
    return JSONResponse({"receipt": kept.receipt, "status": status}, code)


@router.get(
    "/custody-events/receipts/{receipt}",
    response_model=CustodyReceipt,
    responses=PROBLEMS(401, 403, 404, 503),
)
def receipt(request: Request, receipt: str, app: App) -> JSONResponse:
    """Report what was read of a message that this client sent: never whether anybody is known."""
    with app.db.reading() as session:
        found = message_report(session, request.state.client_id, receipt)
    if found is None:
        raise NotFound("There is no such receipt.")
    told = CustodyReceipt(
        receipt=found.receipt,
        received_at=found.received_at,
        status=found.status,
        events=found.events,
        problems=[RowProblem(row=row, problem=words) for row, words in found.problems],
        repeats=found.repeats,
    )
    return JSONResponse(told.model_dump(mode="json"))


def _keep(app: AppState, client_id: str, body: bytes) -> KeptMessage:
    with app.db.writing() as session:
        return keep_message(session, app.sealer, body, (client_id, app.now()))
