"""The addresses of the platform's own client, with and without a trailing slash; no redirects."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from api.example.messages import as_bytes
from api.example.shapes import as_copy
from tests.api.office import Office, sentencing
from tests.intake.platform_shapes import SHAPES, assault, in_queue, in_topic, prison, story
from tests.services.logs import LogLines
from vcs.access.records import ClientKind
from vcs.terms import Role

MONDAY_2_MARCH = date(2026, 3, 2)

PATH = "/court-feeds/common-platform"

HEARING_ID = json.loads(sentencing(MONDAY_2_MARCH))["hearing"]["id"]

ENDS = pytest.mark.parametrize("end", ["", "/"])


def delete(office: Office, path: str, body: bytes = b"") -> Any:
    """Tell by address, with a good token, that a hearing was deleted."""
    headers = {"Authorization": f"Bearer {office.token()}"}
    return office.client.request("DELETE", path, content=body, headers=headers)


def what_became_of(office: Office, answer: Any) -> dict[str, Any]:
    """Have a message read that must have been accepted, and return its receipt."""
    assert answer.status_code == 202, answer.text
    assert answer.json()["status"] == "accepted"
    office.read()
    return office.receipt(answer.json()["receipt"])


@ENDS
@pytest.mark.parametrize("rest", ["", f"/hearing/{HEARING_ID}", f"/hearing/{HEARING_ID}/result"])
def test_every_address_takes_the_same_body(office: Office, rest: str, end: str) -> None:
    told = what_became_of(office, office.send(sentencing(MONDAY_2_MARCH), f"{PATH}{rest}{end}"))

    assert told["status"] == "read"
    assert [one["outcome"] for one in told["sentenced"]] == ["statutory"]


def test_the_same_body_at_another_address_is_the_same_receipt(office: Office) -> None:
    body = sentencing(MONDAY_2_MARCH)
    rests = ("", "/", f"/hearing/{HEARING_ID}", f"/hearing/{HEARING_ID}/result/")

    answers = [office.send(body, PATH + rest) for rest in rests]
    assert [one.status_code for one in answers] == [202, 200, 200, 200]
    assert len({one.json()["receipt"] for one in answers}) == 1


@ENDS
def test_a_listing_is_kept_and_read_with_nobody_sentenced(office: Office, end: str) -> None:
    body = as_bytes(as_copy(story(assault())))

    told = what_became_of(office, office.send(body, f"{PATH}/hearing/{HEARING_ID}{end}"))
    assert (told["status"], told["sentenced"]) == ("read", [])


@ENDS
def test_a_deletion_is_kept_and_read(office: Office, end: str) -> None:
    told = what_became_of(office, delete(office, f"{PATH}/hearing/{HEARING_ID}/delete{end}"))

    assert (told["status"], told["sentenced"]) == ("read", [])
    assert told["format"] == "common-platform-hearing"


def test_a_deletion_delivered_again_is_the_same_receipt(office: Office) -> None:
    first = delete(office, f"{PATH}/hearing/{HEARING_ID}/delete")
    again = delete(office, f"{PATH}/hearing/{HEARING_ID}/delete/")
    other = delete(office, f"{PATH}/hearing/another/delete")

    assert (first.status_code, again.status_code, other.status_code) == (202, 200, 202)
    assert again.json() == {"receipt": first.json()["receipt"], "status": "already_held"}


@pytest.mark.parametrize("hearing_id", ["%ff", "%F0%9F%A6%A9", "a" * 2000, "%22%7D"])
def test_an_odd_id_in_a_deletion_is_kept_and_read_or_set_aside(
    office: Office, hearing_id: str
) -> None:
    told = what_became_of(office, delete(office, f"{PATH}/hearing/{hearing_id}/delete"))

    assert told["status"] in ("read", "set_aside")
    assert "\x00" not in (told["problem"] or "")


def test_a_deletion_with_a_body_is_kept_with_it(office: Office) -> None:
    answer = delete(office, f"{PATH}/hearing/{HEARING_ID}/delete", b'{"why": "listed twice"}')

    assert what_became_of(office, answer)["status"] == "read"


@pytest.mark.parametrize("kind", [None, ClientKind.WITNESS_CARE])
def test_only_a_court_may_delete(office: Office, kind: ClientKind | None) -> None:
    headers = {"Authorization": f"Bearer {office.token(kind)}"} if kind else {}

    answer = office.client.delete(f"{PATH}/hearing/{HEARING_ID}/delete", headers=headers)
    assert answer.status_code == (403 if kind else 401)


def test_an_address_that_names_another_hearing_holds_up_no_sentence_and_is_noted(
    office: Office, log_lines: LogLines
) -> None:
    answer = office.send(sentencing(MONDAY_2_MARCH), f"{PATH}/hearing/another/result")

    told = what_became_of(office, answer)
    assert [one["outcome"] for one in told["sentenced"]] == ["statutory"]
    (noted,) = log_lines.named("court_message.address_names_another_hearing")
    assert noted["receipt"] == answer.json()["receipt"]
    assert HEARING_ID not in log_lines.text
    office.send(sentencing(MONDAY_2_MARCH), f"{PATH}/hearing/another/result")
    page = office.person(Role.ADMINISTRATOR).get("/tasks").text
    assert page.count("to the address of another hearing") == 1
    assert HEARING_ID not in page


def test_an_address_that_names_the_hearing_is_not_noted(
    office: Office, log_lines: LogLines
) -> None:
    office.send(sentencing(MONDAY_2_MARCH), f"{PATH}/hearing/{HEARING_ID.upper()}/result")

    assert not log_lines.named("court_message.address_names_another_hearing")


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.parametrize(
    "wrap",
    [dict, in_topic, lambda message: in_queue(in_topic(message))],
    ids=["bare", "sns", "sqs"],
)
def test_every_shape_is_taken_at_one_address(office: Office, name: str, wrap: Any) -> None:
    told = office.tell(as_bytes(wrap(SHAPES[name](story(assault(prison()))))))

    assert (told["format"], told["status"]) == (name, "read")
    (one,) = told["sentenced"]
    assert one["outcome"] == "statutory"
    assert one["confidence"] == ("lower" if name == "hmpps-hearing" else "full")
