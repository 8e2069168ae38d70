"""Codes and structure are shown; whatever may name a person or tell where they are is not."""

from __future__ import annotations

import json

import pytest

from tests.journeys.world import told
from vcs.intake.redaction import MOST_LINES, redacted

PERSONAL = ("Colin", "Madeup", "1990-02-14", "Example Street", "LS1", "13EX0000126", "Wounding")


def shown(body: bytes) -> str:
    return "\n".join(redacted(body)[0])


def test_a_court_message_shows_its_structure_and_codes_and_nobody() -> None:
    page = shown(told())
    for visible in ("hearing: {", "offenceCode: OF61131", "cjsCode: 1002", "code: C13LE00"):
        assert visible in page
    assert "sharedTime: 2026-03-20T16:30:00Z" in page
    assert [word for word in PERSONAL if word in page] == []
    assert "lastName: [covered: 6 characters]" in page


@pytest.mark.parametrize(
    "body",
    [
        b'{"name": "Nia Canary"',
        b'{"name": "Nia Canary',
        b"{'name': 'Nia Canary'}",
        b'{"Nia Canary, 1 Canary Lane": 1}',
        b'["Nia Canary", ["Canary Lane"]]',
        b'{"offenceCode": "Nia Canary"}',
        b'{"code": ["Nia Canary"]}',
        b'{"phone": 4401134960777, "Canary": 1}',
        b'"Nia Canary"',
        b"Nia Canary, 1 Canary Lane",
        b"<a>Nia Canary</a>",
        b"<a b='Nia Canary'>x</a>",
        b"<a><![CDATA[Nia Canary]]><!-- Nia Canary --></a>",
        b"<Nia Canary",
        b"<?Nia Canary?><a/>",
        b"<!DOCTYPE a [<!ENTITY x 'Nia Canary'>]><a>&x;</a>",
        b'{"Message": "{\\"name\\": \\"Nia Canary\\"}"}',
        b"<a>&lt;b&gt;Nia Canary&lt;/b&gt;</a>",
        b'{"na\\u006de": "\\u004eia Canary"}',
        "Nia Canary".encode("utf-16"),
    ],
    ids=range(20),
)
def test_a_name_is_covered_wherever_it_stands(body: bytes) -> None:
    page = shown(body)
    assert "Nia" not in page
    assert "Lane" not in page
    assert "0113496" not in page
    assert page


def test_numbers_are_covered_unless_they_are_known_codes() -> None:
    page = shown(b'{"year": 1990, "cjsCode": 1002, "isYouth": false, "aged": 35, "x": null}')
    assert "1990" not in page
    assert "35" not in page
    assert "cjsCode: 1002" in page
    assert "isYouth: false" in page
    assert "x: null" in page


def test_a_message_within_an_envelope_is_shown_covered_as_well() -> None:
    queue = json.dumps({"Type": "Notification", "Message": told().decode()}).encode()
    page = shown(queue)
    assert "Type: Notification" in page
    assert "Message: text that holds:" in page
    assert "offenceCode: OF61131" in page
    assert [word for word in PERSONAL if word in page] == []
    spi = b"<R><DataStreamContent>&lt;Case&gt;&lt;OffenceCode&gt;OF61131&lt;/OffenceCode&gt;"
    assert "OF61131" in shown(spi)


def test_xml_shows_its_elements_and_codes() -> None:
    page = shown(
        b'<x:Case xmlns:x="urn:x"><x:OffenceCode>OF61131</x:OffenceCode>'
        b"<x:Birthdate>1990-02-14</x:Birthdate><x:ResultCode>1002</x:ResultCode></x:Case>"
    )
    assert "<OffenceCode>\n    OF61131\n  </OffenceCode>" in page
    assert "1002" in page
    assert "1990" not in page


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 1_000_000,
        b'{"a":' * 200_000,
        b'"' * 1_000_000,
        b'{"' + b"\\" * 1_000_000,
        b"<" * 1_000_000,
        b"<!--" * 250_000,
        b"<![CDATA[" * 100_000,
        b'<a x="' * 100_000,
        b'{"a":"' + b"{" * 1_000_000 + b'"}',
        b'{"a":"' + b"<" * 1_000_000 + b'"}',
        b"{" + b"1" * 1_000_000,
    ],
    ids=range(11),
)
def test_a_bomb_is_shown_within_bounds(body: bytes) -> None:
    lines, _ = redacted(body)
    assert len(lines) <= MOST_LINES


def test_it_is_said_when_only_the_beginning_is_shown() -> None:
    assert redacted(b"[" + b"1," * 100 + b"1]")[1]
    assert not redacted(b"[" + b"1," * MOST_LINES + b"1]")[1]
