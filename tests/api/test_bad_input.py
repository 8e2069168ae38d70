"""Bad input through the courts' door: a clear refusal or set aside, never a 500, never an echo."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlmodel import func, select

from tests.api.office import Office, basic, sentencing
from vcs.intake.records import CourtMessage
from vcs.referrals.records import Referral
from vcs.sentences.records import Sentence
from vcs.terms import Role

MONDAY_2_MARCH = date(2026, 3, 2)

CANARY = "Canary-7fQz"

NOT_READABLE = {
    "empty": b"",
    "words": f"{CANARY} is not JSON".encode(),
    "cut short": b'{"hearing": {"id": "' + CANARY.encode(),
    "not UTF-8": b'{"hearing": "\xff\xfe\xfd"}',
    "NaN": b'{"' + CANARY.encode() + b'": NaN}',
    "Infinity": b'{"hearing": {"id": Infinity}}',
    "minus Infinity": b"[-Infinity]",
    "two bodies": b"{}{}",
    "a form": b"grant_type=client_credentials&x=" + CANARY.encode(),
    "XML cut short": b"<a><b></a>",
    "XML with entities": b'<!DOCTYPE a [<!ENTITY b "' + CANARY.encode() + b'">]><a>&b;</a>',
}

SET_ASIDE = {
    "an empty object": b"{}",
    "a list": b"[]",
    "a word": json.dumps(CANARY).encode(),
    "null": b"null",
    "a number": b"1e999",
    "a very long number": b"9" * 6000,
    "nested deeply": b"[" * 100_000 + b"]" * 100_000,
    "objects nested deeply": b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
    "one name twice": b'{"hearing": {}, "hearing": {"id": "' + CANARY.encode() + b'"}}',
    "half a surrogate pair": b'{"hearing": {"id": "\\ud800"}}',
    "a null character": b'{"hearing": {"id": "a\\u0000b"}}',
    "a hearing that is a list": b'{"hearing": []}',
    "a hearing that is a word": b'{"hearing": "' + CANARY.encode() + b'"}',
    "cases that are a word": b'{"hearing": {"id": "x", "prosecutionCases": "none"}}',
    "XML": b"<ResultedCaseMessage><a/></ResultedCaseMessage>",
}


def counts(office: Office) -> dict[str, int]:
    with office.app.state.door.db.reading() as session:
        return {
            table.__name__: session.exec(select(func.count()).select_from(table)).one()
            for table in (CourtMessage, Sentence, Referral)
        }


@pytest.mark.parametrize("name", NOT_READABLE)
def test_what_is_no_json_or_xml_is_refused_and_nothing_is_kept(office: Office, name: str) -> None:
    answer = office.send(NOT_READABLE[name])
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert CANARY not in answer.text
    assert counts(office)["CourtMessage"] == 0


@pytest.mark.parametrize("name", SET_ASIDE)
def test_what_is_json_but_no_court_message_is_kept_for_a_person(office: Office, name: str) -> None:
    told = office.tell(SET_ASIDE[name])
    assert told["status"] == "set_aside"
    assert told["problem"]
    assert CANARY not in json.dumps(told)
    assert counts(office) == {"CourtMessage": 1, "Sentence": 0, "Referral": 0}


def _changed(path: tuple[Any, ...], value: object) -> bytes:
    message = json.loads(sentencing(MONDAY_2_MARCH))
    place = message
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return json.dumps(message).encode()


_CASE = ("hearing", "prosecutionCases", 0)

_PERSON = (*_CASE, "defendants", 0)

_OFFENCE = (*_PERSON, "offences", 0)

_RESULT = (*_OFFENCE, "judicialResults", 0)

_NAME = (*_PERSON, "personDefendant", "personDetails", "lastName")

ODD_VALUES: tuple[object, ...] = (
    None,
    True,
    0,
    -1,
    2**70,
    "",
    "-",
    CANARY,
    [],
    {},
    [[[]]],
    "9999-12-31",
    "0001-01-01",
    "2026-02-30",
    "1970-01-01T00:00:00+99:99",
    "<script>alert(1)</script>",
    "{{ 7 * 7 }}",
)

PLACES = (
    ("hearing", "id"),
    ("hearing", "courtCentre"),
    ("hearing", "courtCentre", "code"),
    ("hearing", "hearingDays"),
    ("hearing", "prosecutionCases"),
    ("hearingDay",),
    ("sharedTime",),
    (*_CASE, "defendants"),
    (*_CASE, "prosecutionCaseIdentifier"),
    (*_PERSON, "personDefendant"),
    (*_PERSON, "offences"),
    (*_PERSON, "personDefendant", "personDetails", "dateOfBirth"),
    _NAME,
    (*_OFFENCE, "offenceCode"),
    (*_OFFENCE, "convictionDate"),
    (*_OFFENCE, "judicialResults"),
    (*_RESULT, "orderedDate"),
    (*_RESULT, "durationElement"),
    (*_RESULT, "durationElement", "primaryDurationValue"),
    (*_RESULT, "judicialResultPrompts"),
    (*_RESULT, "judicialResultTypeId"),
)


def _variants() -> Iterator[bytes]:
    for path in PLACES:
        for value in ODD_VALUES:
            yield _changed(path, value)


def test_every_odd_value_in_every_place_is_read_or_set_aside(office: Office) -> None:
    """357 variants: each is kept, ends read or set aside, and none holds up the rest."""
    bodies = list(_variants())
    headers = {"Authorization": f"Bearer {office.token()}"}
    receipts = []
    for body in bodies:
        answer = office.client.post("/court-feeds/common-platform", content=body, headers=headers)
        assert answer.status_code in (200, 202), (answer.status_code, body[-300:])
        receipts.append(answer.json()["receipt"])
    office.read()
    told = [office.client.get(f"/court-feeds/receipts/{r}", headers=headers) for r in receipts]
    assert {answer.status_code for answer in told} == {200}
    statuses = {answer.json()["status"] for answer in told}
    assert statuses <= {"read", "set_aside", "older_than_held"}, statuses


@pytest.mark.parametrize(
    "name",
    [
        "Ŵyn O’Brien-Ŷ",
        "漢字",
        "ਪੰਜਾਬੀ",
        "İstanbul",
        "👩‍👧",
        "a\u202egnilrac\u202c",
        "<b>&amp;</b>",
        "{{ config }}{% raw %}",
        "Robert'); DROP TABLE sentence;--",
        "x" * 300,
    ],
)
def test_a_name_in_any_script_is_kept_and_shown_as_plain_text(office: Office, name: str) -> None:
    told = office.tell(_changed(_NAME, name))
    assert told["status"] == "read"
    page = office.person(Role.MANAGER).get("/")
    assert page.status_code == 200
    assert "<b>" not in page.text
    assert told["sentenced"][0]["offender"]["name"]


def test_an_organisation_is_read_and_not_eligible(office: Office) -> None:
    message = json.loads(sentencing(MONDAY_2_MARCH, result_code="FO", term=""))
    person = message["hearing"]["prosecutionCases"][0]["defendants"][0]
    del person["personDefendant"]
    person["legalEntityDefendant"] = {"organisation": {"name": "Example Ltd"}}
    told = office.tell(json.dumps(message).encode())
    assert told["status"] == "read"
    assert [one["outcome"] for one in told["sentenced"]] == ["not_eligible"]


def test_no_defendants_is_read_with_nobody_sentenced(office: Office) -> None:
    told = office.tell(_changed((*_CASE, "defendants"), []))
    assert told["sentenced"] == []


def test_a_body_over_ten_megabytes_is_refused_by_its_stated_length(office: Office) -> None:
    answer = office.send(b'{"a": "' + b"x" * (10 * 1024 * 1024) + b'"}')
    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"
    assert len(answer.content) < 1000
    assert counts(office)["CourtMessage"] == 0


def test_a_body_of_no_stated_length_is_refused_at_the_first_byte_too_many(office: Office) -> None:
    sent = 0

    def endless() -> Iterator[bytes]:
        nonlocal sent
        for _ in range(1000):
            sent += 64 * 1024
            yield b" " * (64 * 1024)

    headers = {"Authorization": f"Bearer {office.token()}"}
    answer = office.client.post("/court-feeds/common-platform", content=endless(), headers=headers)
    assert answer.status_code == 413


def test_a_large_message_under_the_limit_is_kept(office: Office) -> None:
    padded = sentencing(MONDAY_2_MARCH) + b" " * (9 * 1024 * 1024)
    assert office.tell(padded)["status"] == "read"


@pytest.mark.parametrize("path", ["/nothing", "/court-feeds/nothing", "/docs", "/openapi.json"])
def test_what_is_not_there_is_not_found_and_not_repeated(office: Office, path: str) -> None:
    answer = office.client.get(path + "?x=" + CANARY)
    assert answer.status_code == 404
    assert CANARY not in answer.text


ODD_REFERENCES = ("%00", "%00VCS", "..%2f..%2fetc", "%ff", "'--", "%F0%9F%91%A9", "x" * 5000)


def test_odd_references_are_not_found_on_either_database(office_on_both: Office) -> None:
    headers = {"Authorization": f"Bearer {office_on_both.token()}"}
    manager = office_on_both.person(Role.MANAGER)
    admin = office_on_both.person(Role.ADMINISTRATOR)
    for odd in ODD_REFERENCES:
        for path in ("/referrals/{}", "/letters/{}", "/letters/{}/decide/format", "/tasks/{}"):
            assert manager.get(path.format(odd)).status_code == 404, (path, odd)
        assert admin.get(f"/units/{odd}").status_code == 404, odd
        path = f"/court-feeds/receipts/{odd}"
        assert office_on_both.client.get(path, headers=headers).status_code == 404, odd
    form = admin.hidden("/accounts")
    for number in ("0", "-1", "9" * 30, "one", "%00"):
        answer = admin.post(f"/accounts/{number}/disable", form)
        assert answer.status_code in (404, 422), number


def test_odd_text_in_a_form_is_taken_or_refused_on_either_database(office_on_both: Office) -> None:
    person = office_on_both.visitor()
    for odd in ("a\x00b@example.org", "\ud7ff@example.org", "x" * 5000, "<b>@{{7*7}}"):
        answer = person.fill("/sign-in", email=odd, password="x\x00y" * 30)
        assert answer.status_code == 422, odd
    for headers in (basic("a\x00b", "c"), basic("a%00b", "c"), basic("x" * 5000, "\x00")):
        grant = {"grant_type": "client_credentials"}
        answer = office_on_both.client.post("/oauth2/token", data=grant, headers=headers)
        assert answer.status_code == 401


@pytest.mark.parametrize("page", ["0", "-1", "99999999999999999999", "one", "1e9", "NaN"])
def test_a_page_number_out_of_bounds_is_refused_without_an_echo(office: Office, page: str) -> None:
    answer = office.person(Role.MANAGER).get(f"/?page={page}")
    assert answer.status_code == 422
    assert f"page={page}" not in answer.text
