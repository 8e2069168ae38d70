"""The courts' door: a token, a message in, and what became of it. Nothing is interpreted here."""

from __future__ import annotations

import base64
import binascii
import json
from contextlib import suppress
from typing import Any, ClassVar
from urllib.parse import unquote_plus

import orjson
from fastapi import APIRouter, Request
from pydantic_core import SchemaValidator, ValidationError, core_schema
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse

from api.guards import tokens
from api.guards.session import App
from api.openapi.feeds import DELETED, KEPT, NAMED, POSTED, TOKEN, XML, MessageReceipt, Token
from api.openapi.problems import PROBLEMS
from api.state import AppState
from vcs import logs
from vcs.access.clients import verify_client
from vcs.errors import NotFound, NotReadable, NotSignedIn, NotValid, VcsError
from vcs.intake.common_platform import notices
from vcs.intake.spi import tree as xml
from vcs.sentences.court_messages import addressed, messages

router = APIRouter(tags=["Court feeds"])

_POST: dict[str, Any] = {"status_code": 202, "responses": KEPT, "openapi_extra": POSTED}

_NAMED: dict[str, Any] = _POST | {"responses": NAMED}

_DELETE: dict[str, Any] = {"status_code": 202, "responses": DELETED}

_LOG = logs.logger("vcs.door")

_ANY_OBJECT = SchemaValidator(core_schema.typed_dict_schema({}, extra_behavior="ignore"))

_AT_ONCE = 128 * 1024

_NOT_READABLE = "The body is not JSON or XML. Send the court message itself."


class NotAClient(NotSignedIn):
    """A client id and secret that are not known (RFC 6749, 5.2)."""

    headers: ClassVar = {"WWW-Authenticate": 'Basic realm="vcs"'}
    extra: ClassVar = {"error": "invalid_client"}


class WrongGrant(NotValid):
    """Not the client credentials grant (RFC 6749, 5.2)."""

    status = 400
    extra: ClassVar = {"error": "unsupported_grant_type"}


@router.post(
    "/oauth2/token",
    response_model=Token,
    responses=PROBLEMS(400, 401, 408, 413, 503),
    openapi_extra=TOKEN,
)
async def token(request: Request, app: App) -> JSONResponse:
    """Give a feed client a short-lived token for its id and secret."""
    client_id, secret = _basic(request.headers.get("authorization", ""))
    if (await request.form()).get("grant_type") != "client_credentials":
        raise WrongGrant("Send grant_type=client_credentials as a form.")
    client = await run_in_threadpool(_verified, app, client_id, secret)
    signed = tokens.issue(app.settings, client.client_id, client.kind, app.now())
    return JSONResponse(
        {"access_token": signed, "token_type": "Bearer", "expires_in": tokens.LIFE_SECONDS}
    )


@router.post("/court-feeds/spi", status_code=202, responses=KEPT, openapi_extra=XML)
async def spi(request: Request, app: App) -> JSONResponse:
    """Save one SPI message, XML in either envelope; answered only when it is durable."""
    return await take(request, app)


@router.post("/court-feeds/common-platform", **_POST)
@router.post("/court-feeds/common-platform/", **_POST)
async def common_platform(request: Request, app: App) -> JSONResponse:
    """Save one Common Platform message; answered only when it is durable."""
    return await take(request, app)


async def take(request: Request, app: AppState) -> JSONResponse:
    """Save a message, whatever its content type says: it is read by its content."""
    body = await request.body()
    if not is_plain_json(body):
        await _check_well_formed(body)
    return (await _keep(request, app, body))[0]


@router.post("/court-feeds/common-platform/hearing/{hearing_id}", **_NAMED)
@router.post("/court-feeds/common-platform/hearing/{hearing_id}/", **_NAMED)
@router.post("/court-feeds/common-platform/hearing/{hearing_id}/result", **_NAMED)
@router.post("/court-feeds/common-platform/hearing/{hearing_id}/result/", **_NAMED)
async def common_platform_hearing(hearing_id: str, request: Request, app: App) -> JSONResponse:
    """Keep a hearing listed, changed or resulted, at the address the platform's client uses.

    What the body says counts. Where the address names another hearing, an administrator is asked.
    """
    body = await request.body()
    found = await _check_well_formed(body)
    answer, receipt = await _keep(request, app, body)
    if notices.names_another(found, hearing_id):
        _LOG.warning("court_message.address_names_another_hearing", receipt=receipt)
        with suppress(VcsError):
            # The message is durable and must be acknowledged, also where the question is not.
            await run_in_threadpool(_ask_about_address, app, receipt)
    return answer


def _ask_about_address(app: AppState, receipt: str) -> None:
    with app.db.writing() as session:
        addressed.ask_about_address(session, receipt, app.today)


@router.delete("/court-feeds/common-platform/hearing/{hearing_id}/delete", **_DELETE)
@router.delete("/court-feeds/common-platform/hearing/{hearing_id}/delete/", **_DELETE)
async def common_platform_deletion(hearing_id: str, request: Request, app: App) -> JSONResponse:
    """Save the notice that a hearing was deleted; only the address says which."""
    notice = notices.of_deletion(hearing_id, await request.body())
    return (await _keep(request, app, notice))[0]


async def _keep(request: Request, app: AppState, body: bytes) -> tuple[JSONResponse, str]:
    """Keep a body; return the answer, made once it is durable, and its receipt."""
    kept = await app.answers.of(app.inbox.submit(body, request.state.client_id, app.now()))
    app.reader.wake()
    logs.bind(receipt=kept.receipt)
    status, code = ("already_held", 200) if kept.already_held else ("accepted", 202)
    return JSONResponse({"receipt": kept.receipt, "status": status}, code), kept.receipt


@router.get(
    "/court-feeds/receipts/{receipt}",
    response_model=MessageReceipt,
    responses=PROBLEMS(401, 403, 404, 503),
)
def receipt(receipt: str, app: App) -> JSONResponse:
    """Report what became of a message."""
    with app.db.reading() as session:
        report = messages.receipt(session, app.sealer, receipt)
    if report is None:
        raise NotFound("There is no such receipt.")
    return JSONResponse(report)


def _verified(app: AppState, client_id: str, secret: str) -> Any:
    with app.db.reading() as session:
        client = verify_client(session, client_id, secret)
    if client is None:
        raise NotAClient("The client id or secret is not known.")
    return client


def _basic(header: str) -> tuple[str, str]:
    """Read HTTP Basic as RFC 6749 (2.3.1) has it: both parts form-encoded."""
    scheme, _, encoded = header.partition(" ")
    try:
        pair = base64.b64decode(encoded, validate=True).decode("utf-8")
    except (binascii.Error, ValueError):
        pair = ""
    client_id, colon, secret = pair.partition(":")
    client_id, secret = unquote_plus(client_id), unquote_plus(secret)
    if scheme.lower() != "basic" or not colon or not client_id.isprintable():
        raise NotAClient("Send the client id and secret by HTTP Basic.")
    return client_id, secret


def is_plain_json(body: bytes) -> bool:
    """Say at first sight whether a body is a JSON object; what is not needs a closer look.

    The object is not made: reading makes it, and here somebody waits.
    """
    if b"NaN" in body or b"Infinity" in body:
        # Taken here and no JSON: the closer look tells them from the same words within text.
        return False
    try:
        _ANY_OBJECT.validate_json(body)
    except ValidationError:
        return False
    return True


async def _check_well_formed(body: bytes) -> object:
    """Raise NotReadable for a body that is not JSON or XML; a large one is checked aside."""
    if len(body) <= _AT_ONCE:
        return check_well_formed(body)
    return await run_in_threadpool(check_well_formed, body)


def check_well_formed(body: bytes) -> object:
    """Raise NotReadable for a body that is not JSON or XML at all; look no further than that.

    Returns the JSON; None for XML, and for JSON that reading will set aside for its size.
    """
    if xml.is_xml(body):
        xml.check(body)
        return None
    with suppress(orjson.JSONDecodeError):
        return orjson.loads(body)
    try:
        return json.loads(body, parse_constant=_no_constant)
    except (json.JSONDecodeError, UnicodeDecodeError):
        raise NotReadable(_NOT_READABLE) from None
    except (RecursionError, ValueError):
        # Nested too deeply, or a number with thousands of digits: JSON all the same, so it is
        # kept, and reading will set it aside for a person.
        return None


def _no_constant(_: str) -> float:
    raise NotReadable(_NOT_READABLE)
