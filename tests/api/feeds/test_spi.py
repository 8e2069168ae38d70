"""The SPI door: XML in, the same receipts out, and each body read as what it is."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlmodel import func, select

from api.commands.messages.deciding import answer_to
from tests.api.office import Office, sentencing
from tests.intake.spi import test_samples as samples
from tests.intake.spi.messages import case, delivered, message, new_case, offence, result, routed
from vcs.access.records import ClientKind
from vcs.referrals.records import Referral
from vcs.sentences.records import Sentence

PATH = "/court-feeds/spi"

JSON_PATH = "/court-feeds/common-platform"

SAID = message(case(offence("OF61102", result(length="2 Y"))), court="C13LE00")

EVERY_NTH = 12


@pytest.mark.parametrize("body", [delivered(SAID), routed(SAID)], ids=["delivered", "routed"])
def test_a_message_is_accepted_and_its_receipt_tells_what_was_decided(
    office_on_both: Office, body: bytes
) -> None:
    answer = office_on_both.send(body, PATH, **{"Content-Type": "application/xml"})
    assert answer.status_code == 202
    again = office_on_both.send(body, PATH, **{"Content-Type": "text/xml"})
    assert (again.status_code, again.json()["status"]) == (200, "already_held")
    assert again.json()["receipt"] == answer.json()["receipt"]

    office_on_both.read()
    told = office_on_both.receipt(answer.json()["receipt"])
    assert (told["format"], told["status"], told["problem"]) == ("spi-result", "read", None)
    (sentenced,) = told["sentenced"]
    assert sentenced["outcome"] == "statutory"
    assert sentenced["deadlines"][0]["due_on"] == "2026-04-07"


@pytest.mark.parametrize("kind", ["application/xml; charset=utf-8", "text/plain", "x", ""])
def test_the_content_type_does_not_matter(office: Office, kind: str) -> None:
    assert office.send(delivered(SAID), PATH, **{"Content-Type": kind}).status_code == 202


def test_each_body_is_read_as_what_it_is_at_either_address(office: Office) -> None:
    for path, body in ((JSON_PATH, delivered(SAID)), (PATH, sentencing(date(2026, 3, 2)))):
        answer = office.send(body, path)
        assert answer.status_code == 202
        office.read()
        told = office.receipt(answer.json()["receipt"])
        assert told["status"] == "read"
        assert told["sentenced"][0]["outcome"] == "statutory"


def test_the_same_sentence_in_the_other_envelope_opens_no_second_referral(office: Office) -> None:
    office.tell(delivered(SAID))
    told = office.tell(routed(SAID))

    assert told["status"] == "read"
    with office.app.state.door.db.reading() as session:
        assert session.exec(select(func.count()).select_from(Sentence)).one() == 1
        assert session.exec(select(func.count()).select_from(Referral)).one() == 1


def test_a_police_message_is_kept_and_sentences_nobody(office: Office) -> None:
    told = office.tell(routed(new_case()))

    assert (told["format"], told["status"], told["sentenced"]) == ("spi-new-case", "read", [])


@pytest.mark.parametrize("path", [PATH, JSON_PATH])
@pytest.mark.parametrize("body", [b"<a", b"<!DOCTYPE a><a/>", b"\xff\xfe<\x00a\x00", b"", b"words"])
def test_what_cannot_be_read_is_refused(office: Office, path: str, body: bytes) -> None:
    answer = office.send(body, path)
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"


def test_well_formed_xml_that_is_no_court_message_is_set_aside(office: Office) -> None:
    told = office.tell("<Siân/>".encode("utf-16"))

    assert (told["format"], told["status"]) == ("spi-result", "set_aside")
    assert "Si" not in told["problem"]


def test_only_a_court_may_send(office: Office) -> None:
    assert office.client.post(PATH, content=delivered(SAID)).status_code == 401
    headers = {"Authorization": f"Bearer {office.token(ClientKind.WITNESS_CARE)}"}
    assert office.client.post(PATH, content=delivered(SAID), headers=headers).status_code == 403


@samples.needs_the_samples
def test_the_door_and_the_command_tell_the_same_of_every_sample(office: Office) -> None:
    for name in list(samples.rows())[::EVERY_NTH]:
        body = (Path(samples.FOLDER) / name).read_bytes()
        printed = answer_to(name, body)
        answer = office.send(body, PATH)
        assert answer.status_code in (200, 202), name
        office.read()
        told = office.receipt(answer.json()["receipt"])
        for part in ("format", "status", "problem", "sentenced"):
            assert told[part] == printed[part], (name, part)
