"""The straight way in answers as the routes do, which the address with a slash still walks."""

from __future__ import annotations

from typing import Any

import pytest
from sqlmodel import select

from api.guards.fast_path import ADDRESSES
from tests.api.office import Office
from vcs.access.clients import disable_client
from vcs.access.records import ClientKind
from vcs.intake.reading import LARGEST
from vcs.intake.records import CourtMessage

STRAIGHT, WALKED = "/court-feeds/common-platform", "/court-feeds/common-platform/"

DRAWN = ("content-security-policy", "x-correlation-id", "x-request-id", "content-length", "date")

BODIES: dict[str, bytes] = {
    "no court message": b'{"hello": "court"}',
    "not JSON": b"hello",
    "NaN": b'{"hearing": NaN}',
    "empty": b"",
    "XML": b"<hello/>",
    "XML with a document type": b"<!DOCTYPE a><a/>",
    "too large": b" " * (LARGEST + 1),
}


def told(answer: Any) -> tuple[Any, ...]:
    """Return what an answer says, but for its receipt and what is drawn at random."""
    said = {name: value for name, value in answer.json().items() if name != "receipt"}
    names = sorted((name, value) for name, value in answer.headers.items() if name not in DRAWN)
    return answer.status_code, said, names


@pytest.mark.parametrize("name", BODIES)
def test_both_ways_answer_alike(office: Office, name: str) -> None:
    straight = office.send(BODIES[name], STRAIGHT)
    # Another body with the same fault: the same one would be held already.
    walked = office.send(BODIES[name] + b" ", WALKED)
    assert told(straight) == told(walked)


@pytest.mark.parametrize("path", ADDRESSES)
@pytest.mark.parametrize(
    "authorization", ["", "Bearer", "Bearer nonsense", "Basic eDp5", "bearer a.b.c"]
)
def test_nobody_comes_in_without_a_token(office: Office, path: str, authorization: str) -> None:
    answer = office.send(b"{}", path, Authorization=authorization)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize("path", ADDRESSES)
def test_a_client_of_another_kind_is_refused(office: Office, path: str) -> None:
    token = office.token(ClientKind.WITNESS_CARE)
    assert office.send(b"{}", path, Authorization=f"Bearer {token}").status_code == 403


@pytest.mark.parametrize("path", ADDRESSES)
@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "OPTIONS"])
def test_no_other_method_is_answered_there(office: Office, path: str, method: str) -> None:
    assert office.client.request(method, path).status_code in (404, 405)


@pytest.mark.parametrize("path", [*ADDRESSES, WALKED])
def test_the_token_of_a_client_that_was_disabled_stops_at_once(office: Office, path: str) -> None:
    token = office.token()
    client_id, _ = office.secrets.clients[ClientKind.COURT]
    door = office.app.state.door
    with door.db.writing() as session:
        disable_client(session, None, client_id, office.clock.now())
    answer = office.client.post(path, content=b"{}", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 401
    with door.db.reading() as session:
        assert session.exec(select(CourtMessage)).first() is None
