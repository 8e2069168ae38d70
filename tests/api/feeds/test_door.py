"""The courts' door: a token, a message in, a receipt that tells what became of it."""

from __future__ import annotations

import threading
from datetime import date

import jwt
import pytest

from api.guards import tokens
from tests.api.office import Office, basic, sentencing
from vcs.access.records import ClientKind
from vcs.errors import Busy

MONDAY_2_MARCH = date(2026, 3, 2)

PATH = "/court-feeds/common-platform"


def test_a_message_is_accepted_and_its_receipt_tells_what_was_decided(
    office_on_both: Office,
) -> None:
    answer = office_on_both.send(sentencing(MONDAY_2_MARCH))
    assert answer.status_code == 202
    assert answer.json()["status"] == "accepted"
    office_on_both.read()
    told = office_on_both.receipt(answer.json()["receipt"])
    assert told["status"] == "read"
    assert told["problem"] is None
    (sentenced,) = told["sentenced"]
    assert sentenced["outcome"] == "statutory"
    assert sentenced["deadlines"][0]["due_on"] == "2026-03-16"


def test_the_same_content_again_is_the_same_receipt(office_on_both: Office) -> None:
    first = office_on_both.send(sentencing(MONDAY_2_MARCH))
    again = office_on_both.send(sentencing(MONDAY_2_MARCH))
    assert (first.status_code, again.status_code) == (202, 200)
    assert again.json() == {"receipt": first.json()["receipt"], "status": "already_held"}


def test_reading_follows_acceptance_without_anybody_asking(office: Office) -> None:
    read = threading.Event()
    reader = office.app.state.door.reader
    look = reader._read_some

    def watched() -> int:
        count: int = look()
        if count:
            read.set()
        return count

    reader._read_some = watched
    receipt = office.send(sentencing(MONDAY_2_MARCH)).json()["receipt"]
    assert read.wait(30), "nobody read the message"
    assert office.receipt(receipt)["status"] == "read"


def test_a_well_formed_body_that_is_no_court_message_is_kept_and_set_aside(office: Office) -> None:
    told = office.tell(b'{"hello": "court"}')
    assert told["status"] == "set_aside"
    assert told["problem"]
    assert told["sentenced"] == []


@pytest.mark.parametrize(
    "header",
    ["", "Bearer", "Bearer x.y.z", "Basic YTpi", "Bearer " + "a" * 5000],
    ids=["none", "empty", "nonsense", "another scheme", "long"],
)
def test_without_a_good_token_nothing_is_taken(office: Office, header: str) -> None:
    headers = {"Authorization": header} if header else {}
    answer = office.client.post(PATH, content=sentencing(MONDAY_2_MARCH), headers=headers)
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["www-authenticate"].startswith("Bearer")


def test_a_token_runs_out_after_fifteen_minutes(office: Office) -> None:
    headers = {"Authorization": f"Bearer {office.token()}"}
    office.clock.minutes(14)
    assert office.client.post(PATH, content=b"{}", headers=headers).status_code == 202
    office.clock.minutes(1)
    assert office.client.post(PATH, content=b"[]", headers=headers).status_code == 401


def test_another_kind_of_client_is_refused(office: Office) -> None:
    headers = {"Authorization": f"Bearer {office.token(ClientKind.WITNESS_CARE)}"}
    answer = office.client.post(PATH, content=sentencing(MONDAY_2_MARCH), headers=headers)
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("algorithm", "key"),
    [("none", ""), ("HS512", "right"), ("HS256", "x" * 64)],
    ids=["unsigned", "another algorithm", "another key"],
)
def test_a_token_that_we_did_not_sign_is_refused(office: Office, algorithm: str, key: str) -> None:
    ours = tokens.key_for(office.settings, "feed-token")
    claims = jwt.decode(office.token(), options={"verify_signature": False})
    forged = jwt.encode(
        claims,
        ours if key == "right" else key or None,  # type: ignore[arg-type]  # none for unsigned
        algorithm=algorithm,
    )
    answer = office.client.post(PATH, content=b"{}", headers={"Authorization": f"Bearer {forged}"})
    assert answer.status_code == 401


@pytest.mark.parametrize("claim", ["aud", "iss", "exp", "iat", "sub", "jti", "kind"])
def test_a_token_must_say_everything(office: Office, claim: str) -> None:
    ours = tokens.key_for(office.settings, "feed-token")
    claims = jwt.decode(office.token(), options={"verify_signature": False})
    del claims[claim]
    lacking = jwt.encode(claims, ours, algorithm="HS256")
    answer = office.client.post(PATH, content=b"{}", headers={"Authorization": f"Bearer {lacking}"})
    assert answer.status_code == 401


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Basic !!!"},
        {"Authorization": "Basic Og=="},
        basic("client-unknown", "secret"),
        basic("\u202ecourt", "\u0000"),
    ],
    ids=["none", "not base64", "empty pair", "unknown", "odd characters"],
)
def test_a_token_is_given_only_for_a_known_id_and_secret(
    office: Office, headers: dict[str, str]
) -> None:
    answer = office.client.post(
        "/oauth2/token", data={"grant_type": "client_credentials"}, headers=headers
    )
    assert answer.status_code == 401
    assert answer.json()["error"] == "invalid_client"
    assert answer.headers["www-authenticate"].startswith("Basic")


def test_a_wrong_secret_is_refused(office: Office) -> None:
    client_id, _ = office.secrets.clients["court"]
    answer = office.client.post(
        "/oauth2/token",
        data={"grant_type": "client_credentials"},
        headers=basic(client_id, "wrong"),
    )
    assert answer.status_code == 401


def test_only_the_client_credentials_grant_is_given(office: Office) -> None:
    answer = office.client.post(
        "/oauth2/token",
        data={"grant_type": "password"},
        headers=basic(*office.secrets.clients["court"]),
    )
    assert answer.status_code == 400
    assert answer.json()["error"] == "unsupported_grant_type"


def test_a_receipt_that_is_not_known_is_not_found(office: Office) -> None:
    headers = {"Authorization": f"Bearer {office.token()}"}
    answer = office.client.get("/court-feeds/receipts/nothing-of-the-kind", headers=headers)
    assert answer.status_code == 404
    assert "nothing-of-the-kind" not in answer.text


def test_a_full_inbox_says_when_to_come_again(office: Office) -> None:
    def full(*_: object) -> None:
        raise Busy("The inbox is full: nothing was kept. Try again shortly.")

    office.app.state.door.inbox.submit = full
    answer = office.send(sentencing(MONDAY_2_MARCH))
    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) > 0
