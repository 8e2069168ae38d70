"""Witness care's door for programs: a token, a request in, a receipt, and refusals that say why."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from sqlmodel import select

from api.partners.openapi import EXAMPLES
from tests.api.office import WEST_YORKSHIRE, Office, sentencing
from tests.journeys.program import CASE, COLIN, SOMEBODY, referral
from vcs.access import clients as accounts
from vcs.access.records import Account, ClientKind
from vcs.errors import Busy
from vcs.intake.witness_care.reading import read_request
from vcs.intake.witness_care.request import KINDS, ChangeOfAddressAsked
from vcs.partners.asked import amended_entry, changed
from vcs.partners.desk import read_requests
from vcs.partners.records import ReferralRequest
from vcs.terms import Role
from vcs.victims.entries import VictimEntry, tidied

CANARY = "Canary-7fQz"


def post(office: Office, body: bytes | dict[str, Any], **headers: str) -> Any:
    """Send a request with a good token."""
    sent = body if isinstance(body, bytes) else json.dumps(body).encode()
    bearer = {"Authorization": f"Bearer {office.token(ClientKind.WITNESS_CARE)}"}
    return office.client.post("/referrals", content=sent, headers=bearer | headers)


def receipt(office: Office, receipt: str) -> dict[str, Any]:
    """Have what waits dealt with, and return what became of a request."""
    door = office.app.state.door
    read_requests(door.db, door.sealer, now=office.clock.now)
    bearer = {"Authorization": f"Bearer {office.token(ClientKind.WITNESS_CARE)}"}
    answer = office.client.get(f"/referrals/receipts/{receipt}", headers=bearer)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def kept(office: Office) -> int:
    with office.app.state.door.db.reading() as session:
        return len(session.exec(select(ReferralRequest.id)).all())


def test_a_request_is_accepted_and_its_receipt_tells_where_it_went(office_on_both: Office) -> None:
    office = office_on_both
    office.tell(sentencing(office.clock.today()))
    answer = post(office, referral())
    assert (answer.status_code, answer.json()["status"]) == (202, "accepted")
    told = receipt(office, answer.json()["receipt"])
    assert told["status"] == "attached"
    assert told["referrals"] == [office.first_referral()]
    assert [one["number"] for one in told["victims"]] == [1]
    page = office.person(Role.VLO).get(f"/referrals/{office.first_referral()}").text
    assert "Nia Canary-Name" in page
    assert told["victims"][0]["reference"] in page


def test_a_repeat_is_the_same_receipt_and_a_key_with_other_content_is_refused_and_kept(
    office: Office,
) -> None:
    first = post(office, referral(), **{"Idempotency-Key": "wcu-1"})
    again = post(office, referral(request_id="wcu-1"))
    assert (first.status_code, again.status_code) == (202, 200)
    assert again.json() == {"receipt": first.json()["receipt"], "status": "already_held"}
    other = post(office, referral(sentenced_on="2026-03-20"), **{"Idempotency-Key": "wcu-1"})
    assert other.status_code == 422
    assert other.headers["content-type"] == "application/problem+json"
    assert "key of its own" in other.json()["detail"]
    (aside,) = re.findall(r"receipt (\S+),", other.json()["detail"])
    assert receipt(office, aside)["status"] == "refused"
    assert receipt(office, first.json()["receipt"])["repeats"] == 1
    two = post(office, referral(request_id="a"), **{"Idempotency-Key": "b"})
    assert (two.status_code, list(two.json()["fields"])) == (422, ["request_id"])
    assert kept(office) == 2


def test_a_court_system_may_not_refer_and_a_witness_care_system_sends_no_court_message(
    office: Office,
) -> None:
    bearer = {"Authorization": f"Bearer {office.token()}"}
    assert office.client.post("/referrals", json=referral(), headers=bearer).status_code == 403
    path = "/referrals/receipts/none-of-this-kind"
    assert office.client.get(path, headers=bearer).status_code == 403
    assert office.client.post("/referrals", json=referral()).status_code == 401
    assert kept(office) == 0


def test_a_program_that_was_disabled_refers_nobody_with_the_token_it_still_has(
    office: Office,
) -> None:
    token = office.token(ClientKind.WITNESS_CARE)
    client_id, _ = office.secrets.clients[ClientKind.WITNESS_CARE]
    admin = office.person(Role.ADMINISTRATOR)
    assert admin.fill(f"/clients/{client_id}/disable").status_code == 303
    bearer = {"Authorization": f"Bearer {token}"}
    assert office.client.post("/referrals", json=referral(), headers=bearer).status_code == 401
    assert kept(office) == 0


def test_nobody_can_sign_in_as_a_program_and_it_is_not_listed_as_a_person(office: Office) -> None:
    post(office, referral())
    with office.app.state.door.db.reading() as session:
        email = session.exec(select(Account.email).where(Account.email.endswith("invalid"))).one()
    assert office.visitor().fill("/sign-in", email=email, password="x" * 20).status_code == 422
    assert email not in office.person(Role.ADMINISTRATOR).get("/accounts").text


def test_a_client_is_kept_to_a_police_area_by_the_page_that_adds_it(office: Office) -> None:
    admin = office.person(Role.ADMINISTRATOR)
    area = {"name": "A system", "police_area": WEST_YORKSHIRE}
    assert admin.fill("/clients/new", kind="court", **area).status_code == 422
    added = admin.fill("/clients/new", kind="witness_care", **area)
    assert added.status_code == 200
    assert "West Yorkshire" in admin.get("/clients").text


def test_a_full_database_says_when_to_come_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise Busy("The database is busy or full: nothing was kept. Try again shortly.")

    monkeypatch.setattr(accounts, "_account_of", full)
    answer = post(office, referral())
    assert (answer.status_code, int(answer.headers["retry-after"]) > 0) == (503, True)
    assert kept(office) == 0


NOT_JSON = {
    "empty": b"",
    "words": f"{CANARY} is not JSON".encode(),
    "cut short": b'{"kind": "referral", "x": "' + CANARY.encode(),
    "not UTF-8": b'{"kind": "\xff\xfe"}',
    "NaN": b'{"kind": "referral", "x": NaN}',
    "Infinity": b'{"kind": Infinity}',
    "two bodies": b"{}{}",
    "a form": b"kind=referral&x=" + CANARY.encode(),
    "XML": b"<referral/>",
    "UTF-16": json.dumps(referral()).encode("utf-16"),
    "a mark before it": b"\xef\xbb\xbf" + json.dumps(referral()).encode(),
}

ODD_VALUES: tuple[object, ...] = (
    None, True, 0, -1, 2**70, 1.5, CANARY * 100, [], {}, [[[[[]]]]], {CANARY: CANARY}, [CANARY],
    "9999-12-31", "0001-01-01", "2026-02-30", "1774000000", "2026-03-20T00:00:00Z",
    f"a\x00{CANARY}", f"a\x1b{CANARY}", f"{CANARY}\u202e", "\ud800", ["x"] * 1000,
)  # fmt: skip

PLACES: tuple[tuple[Any, ...], ...] = (
    ("kind",), ("victims",), ("victims", 0), ("victims", 0, "name"), ("victims", 0, "standing"),
    ("victims", 0, "address_lines"), ("victims", 0, "address_lines", 0),
    ("victims", 0, "postcode"), ("victims", 0, "safe_to_post"),
    ("victims", 0, "address_confirmed_on"), ("victims", 0, "phone"), ("victims", 0, "email"),
    ("victims", 0, "language"), ("victims", 0, CANARY), ("case_reference",),
    ("referral_reference",), ("offender",), ("offender", "name"), ("offender", "date_of_birth"),
    ("sentenced_on",), ("request_id",), (CANARY,),
)  # fmt: skip


@pytest.mark.parametrize("name", NOT_JSON)
def test_what_is_not_json_is_refused_and_not_repeated(shared_office: Office, name: str) -> None:
    answer = post(shared_office, NOT_JSON[name])
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert CANARY not in answer.text


@pytest.mark.parametrize(
    "body",
    [
        b"[]",
        b"null",
        b"1e999",
        b"9" * 6000,
        b"[" * 100_000 + b"]" * 100_000,
        b'{"kind": "referral", "kind": "opt_out"}',
        b'{"kind": "referral", "victims": [{"name": "a", "name": "' + CANARY.encode() + b'"}]}',
        b'{"kind": "referral", "x": "\\ud800"}',
    ],
    ids=["list", "null", "too large", "too long", "too deep", "twice", "twice inside", "half"],
)  # fmt: skip
def test_json_that_no_request_can_be_is_refused_with_what_to_do(
    shared_office: Office, body: bytes
) -> None:
    answer = post(shared_office, body)
    assert answer.status_code == 422, answer.text
    assert answer.json()["fields"]
    assert CANARY not in answer.text


def _changed(path: tuple[Any, ...], value: object) -> dict[str, Any]:
    asked = json.loads(json.dumps(referral()))
    place = asked
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return dict(asked)


def test_every_odd_value_in_every_place_is_taken_or_refused_and_never_repeated(
    office: Office,
) -> None:
    """484 variants: none is a fault, and what is refused names its place."""
    token = {"Authorization": f"Bearer {office.token(ClientKind.WITNESS_CARE)}"}
    statuses = []
    for path in PLACES:
        for value in ODD_VALUES:
            body = json.dumps(_changed(path, value)).encode()
            answer = office.client.post("/referrals", content=body, headers=token)
            assert answer.status_code in (200, 202, 422), (path, value, answer.text)
            assert CANARY not in answer.text
            if answer.status_code == 422:
                assert answer.json()["fields"], (path, value)
            statuses.append(answer.status_code)
    assert statuses.count(422) > 400
    door = office.app.state.door
    read_requests(door.db, door.sealer, limit=1000, now=office.clock.now)


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        (referral(victims=[]), "victims"),
        (referral(referral_reference="VCS-7K3M-9QTD", case_reference=CASE), "body"),
        ({"kind": "referral", "victims": [SOMEBODY]}, "body"),
        (referral(offender={}), "offender"),
        (referral(victims=[SOMEBODY | {"name": "-"}]), "victims.0.name"),
        (referral(victims=[SOMEBODY | {"postcode": "LEEDS"}]), "victims.0.postcode"),
        (referral(victims=[SOMEBODY | {"country": "Ruritania"}]), "victims.0.country"),
        (referral(victims=[SOMEBODY | {"postcode": "28999"}]), "victims.0.postcode"),
        (referral(victims=[SOMEBODY | {"address_confirmed_on": "2039-01-01"}]),
         "victims.0.address_confirmed_on"),
        ({"kind": "correction", "victim_reference": "VCS-7K3M-9QTD", "changes": {}}, "body"),
        ({"kind": "correction", "victim_reference": "VCS-7K3M-9QTD", "changes": {"name": None}},
         "changes.name"),
        ({"kind": "change_of_address", "receipt": "x" * 24,
          "new_address": {"address_lines": [], "postcode": "LS1 3AB"}},
         "new_address.address_lines"),
        ({"kind": "opt_out", "said_on": "2026-03-01", "how": "by phone"}, "body"),
        ({"kind": "opt_out", "victim_reference": "VCS-7K3M-9QTD", "said_on": "2039-01-01",
          "how": "by phone"}, "said_on"),
        ({"kind": "chase_answered", "case_reference": CASE, "offender": COLIN,
          "answer": "refused_referral"}, "body"),
    ],
)  # fmt: skip
def test_a_refusal_names_the_place(shared_office: Office, asked: Any, field: str) -> None:
    answer = post(shared_office, asked)
    assert answer.status_code == 422, answer.text
    assert field in answer.json()["fields"]


def test_a_body_that_is_too_large_is_refused(shared_office: Office) -> None:
    answer = post(shared_office, referral(case_reference="x" * 300_000))
    assert answer.status_code == 413


@pytest.mark.parametrize("key", ["", "x" * 101, "a b", "é", "a\tb", "<x>"])
def test_an_odd_key_is_refused_without_an_echo(shared_office: Office, key: str) -> None:
    header = {b"Idempotency-Key": key.encode()}
    bearer = shared_office.token(ClientKind.WITNESS_CARE).encode()
    answer = shared_office.client.post(
        "/referrals", json=referral(), headers=header | {b"Authorization": b"Bearer " + bearer}
    )
    assert answer.status_code == 422
    assert not key or key not in answer.text


def test_the_description_names_both_addresses_with_examples_that_can_be_read(
    shared_office: Office,
) -> None:
    paths = shared_office.app.openapi()["paths"]
    body = paths["/referrals"]["post"]["requestBody"]["content"]["application/json"]
    assert set(body["examples"]) == set(EXAMPLES)
    kinds = {one["properties"]["kind"]["const"] for one in body["schema"]["anyOf"]}
    assert kinds == {read_request(json.dumps(one).encode()).kind for one in EXAMPLES.values()}
    assert "$ref" not in json.dumps(body["schema"])
    assert set(paths["/referrals"]["post"]["responses"]) >= {"200", "202", "422"}
    assert "get" in paths["/referrals/receipts/{receipt}"]


def test_staff_see_what_waits_by_its_reference_and_what_was_sent_only_with_a_reason(
    office: Office,
) -> None:
    sent = post(office, referral()).json()["receipt"]
    receipt(office, sent)
    for role in (Role.VLO, Role.MANAGER, Role.ADMINISTRATOR):
        page = office.person(role).get("/early-referrals")
        assert page.status_code == 200
        assert sent in page.text
        # An administrator of the system sees that something waits, and no case.
        assert (CASE in page.text) is (role is not Role.ADMINISTRATOR)
        assert "Canary" not in page.text
        assert "Madeup" not in page.text
    manager = office.person(Role.MANAGER)
    refused = manager.fill(f"/early-referrals/{sent}")
    assert refused.status_code == 422
    shown = manager.fill(f"/early-referrals/{sent}", reason="to find the sentence")
    assert "1 Canary Lane" in shown.text
    assert "Colin Madeup" in shown.text
    nothing = manager.fill("/early-referrals/none-of-this-kind", reason="to find the sentence")
    assert nothing.status_code == 404


def test_a_manager_answers_on_the_task_page_which_referral_it_is(office: Office) -> None:
    office.tell(sentencing(office.clock.today()))
    sent = post(office, referral(offender={"name": "Somebody Else"})).json()["receipt"]
    assert receipt(office, sent)["status"] == "a_person_decides"
    manager, reference = office.person(Role.MANAGER), office.first_referral()
    found = re.search(r'href="(/tasks/VCS-[0-9A-Z-]+)"', manager.get("/tasks").text)
    assert found
    assert f'href="/early-referrals/{sent}"' in manager.get(found[1]).text
    wrong = manager.fill(found[1], referral="VCS-0000-0000", note="Asked them")
    assert wrong.status_code == 422
    answer = manager.fill(found[1], referral=reference, note="Asked witness care")
    assert answer.status_code == 303
    assert receipt(office, sent)["referrals"] == [reference]


@pytest.mark.parametrize(
    "abroad",
    [
        {"address_lines": ["Calle Inventada 5", "28999 Ciudad Falsa", "Spain"], "postcode": ""},
        {"address_lines": ["Calle Inventada 5"], "postcode": "28999", "country": "ES"},
        {"address_lines": ["1 Pretend Street"], "postcode": "GX11 9ZZ", "country": "Gibraltar"},
    ],
)
def test_somebody_abroad_is_referred_without_a_postcode_of_ours(
    shared_office: Office, abroad: dict[str, Any]
) -> None:
    answer = post(shared_office, referral(victims=[SOMEBODY | abroad]))
    assert answer.status_code in (200, 202), answer.text


def test_a_move_abroad_needs_no_postcode_and_a_move_home_takes_the_country_away() -> None:
    away = VictimEntry("Nia Example", ("1 Made Up Lane",), "LS1 3AB")
    moved = KINDS["change_of_address"].model_validate(
        {
            "kind": "change_of_address",
            "victim_reference": "VCS-2B7C-4F1X",
            "new_address": {"address_lines": ["Calle Inventada 5"], "country": "Spain"},
        }
    )
    back = KINDS["change_of_address"].model_validate(
        {
            "kind": "change_of_address",
            "victim_reference": "VCS-2B7C-4F1X",
            "new_address": {"address_lines": ["2 Other Street"], "postcode": "YO1 7HH"},
        }
    )
    assert isinstance(moved, ChangeOfAddressAsked)
    assert isinstance(back, ChangeOfAddressAsked)
    there = tidied(amended_entry(away, moved))
    assert (there.country, there.postcode) == ("ES", "")
    assert there.where == ("Calle Inventada 5", "SPAIN")
    home = tidied(amended_entry(there, back))
    assert (home.country, home.where) == ("", ("2 Other Street",))


@pytest.mark.parametrize(
    ("told", "country"),
    [
        ({"postcode": "28998"}, "ES"),
        ({"postcode": "LS1 3AB"}, ""),
        ({"address_lines": ("2 Other Street",)}, ""),
        ({"postcode": "28998", "country": "FR"}, "FR"),
    ],
)
def test_the_postcode_of_an_address_abroad_is_corrected_within_its_country(
    told: dict[str, Any], country: str
) -> None:
    held = VictimEntry("Nia Example", ("Calle Inventada 5",), "28999", country="ES")
    assert changed(held, told).country == country
