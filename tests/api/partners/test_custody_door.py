"""The door of prisons' and licence systems: a token, a message in, a receipt that tells nothing."""

from __future__ import annotations

import json
from typing import Any

from tests.api.office import Office
from tests.custody.told import released
from vcs.access.records import ClientKind


def post(office: Office, body: bytes, kind: ClientKind = ClientKind.CUSTODY) -> Any:
    bearer = {"Authorization": f"Bearer {office.token(kind)}"}
    return office.client.post("/custody-events", content=body, headers=bearer)


def test_a_message_is_kept_once_and_its_receipt_says_nothing_of_anybody(office: Office) -> None:
    body = json.dumps(released("2026-03-02T10:05:00Z")).encode()
    answer = post(office, body)
    assert (answer.status_code, answer.json()["status"]) == (202, "accepted")
    again = post(office, body)
    assert (again.status_code, again.json()["status"]) == (200, "already_held")
    assert again.json()["receipt"] == answer.json()["receipt"]
    bearer = {"Authorization": f"Bearer {office.token(ClientKind.CUSTODY)}"}
    address = f"/custody-events/receipts/{answer.json()['receipt']}"
    told = office.client.get(address, headers=bearer).json()
    assert set(told) == {"receipt", "received_at", "status", "events", "problems", "repeats"}
    assert office.client.get("/custody-events/receipts/none", headers=bearer).status_code == 404


def test_bad_input_is_a_clear_error_and_other_clients_stay_out(office: Office) -> None:
    for body in (b"", b"hello", b'{"eventType": '):
        answer = post(office, body)
        assert answer.status_code == 400, body
        assert answer.headers["content-type"] == "application/problem+json"
    assert post(office, b"x" * (10 * 1024 * 1024 + 1)).status_code == 413
    assert post(office, b"{}", ClientKind.COURT).status_code == 403
    assert office.client.post("/custody-events", content=b"{}").status_code == 401
