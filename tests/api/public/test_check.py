"""The what-if checker and the printed rules: no sign-in, nothing stored, nothing echoed."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.office import Office

ASSAULT = {
    "sentenced_on": "2026-03-20",
    "offences": [
        {
            "offence_code": "OF61102",
            "sentences": [{"kind": "imprisonment", "length": "12 months"}],
        }
    ],
}


def asked(office: Office, body: Any) -> Any:
    """Ask the checker as a program would."""
    return office.client.post("/eligibility/check", json=body)


def test_a_program_is_told_the_outcome_the_reasons_and_the_deadline(shared_office: Office) -> None:
    answer = asked(shared_office, ASSAULT).json()

    assert answer["outcome"] == "statutory"
    assert answer["route"] == "section-35"
    assert answer["deadlines"][0]["due_on"] == "2026-04-07"
    assert answer["deadlines"][0]["provisional"] is False
    assert answer["offences"][0]["reasons"][0]["provision"] == "DVCVA 2004 s.35(1)"
    assert answer["in_plain_words"]["cy"].startswith("Mae gan y dioddefwr")


def test_a_date_past_the_official_bank_holidays_is_told_as_provisional(
    shared_office: Office,
) -> None:
    late = asked(shared_office, ASSAULT | {"sentenced_on": "2028-12-20"}).json()

    assert late["deadlines"][0]["provisional"] is True


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"sentenced_on": "2026-03-20", "offences": []},
        ASSAULT | {"sentenced_on": "9999-12-31"},
        ASSAULT | {"sentenced_on": 86400},
        ASSAULT | {"name": "Somebody Secret"},
        ASSAULT | {"offences": [{"offence_code": "<script>"}]},
        ASSAULT | {"offences": [{"sentences": [{"kind": "imprisonment", "length": "a while"}]}]},
        ASSAULT | {"offences": [{"sentences": [{"kind": "no such kind"}]}]},
        [],
        "text",
    ],
    ids=repr,
)
def test_what_cannot_be_asked_is_refused_by_field_and_never_repeated(
    shared_office: Office, body: Any
) -> None:
    answer = asked(shared_office, body)

    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert not any(word in answer.text for word in ("Secret", "script", "a while", "no such kind"))


def test_a_body_that_is_not_json_is_refused(shared_office: Office) -> None:
    assert shared_office.client.post("/eligibility/check", content=b"{").status_code == 422


def test_the_page_answers_what_stands_in_its_address(shared_office: Office) -> None:
    page = shared_office.client.get(
        "/check?code=of61102&sentence=imprisonment&years=1&sentenced=2026-03-20"
    )

    assert page.status_code == 200
    assert "The victim has a right to join" in page.text
    assert "Mae gan y dioddefwr hawl" in page.text
    assert "7 April 2026" in page.text


def test_the_page_finds_an_offence_by_words_that_are_misspelt(shared_office: Office) -> None:
    page = shared_office.client.get("/check?words=wunding+with+intent")

    assert "OF61016" in page.text


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("sentence=imprisonment&months=many", "Enter the months as a whole number"),
        ("sentence=nothing", "Select what the sentence was"),
        ("sentence=imprisonment&sentenced=yesterday", "Enter a date in the form"),
        ("sentence=imprisonment&sentenced=9999-01-01", "Enter a date between 1900 and 2039"),
        ("sentence=imprisonment&code=%3Cb%3E", "Enter an offence code of letters and numbers"),
    ],
)
def test_the_page_says_what_is_wrong(shared_office: Office, query: str, message: str) -> None:
    page = shared_office.client.get(f"/check?{query}")

    assert page.status_code == 422
    assert message in page.text
    assert "<b>" not in page.text


def test_the_rules_of_a_day_are_printed_with_every_provision(shared_office: Office) -> None:
    today = shared_office.client.get("/rules").text
    before = shared_office.client.get("/rules?on=2015-01-01").text

    assert "Victims&#39; Code 2020 Right 11" in today
    assert "Victims&#39; Code 2020 Right 11" not in before
    assert "Victims&#39; Code 2015" in before
    assert "Not yet commenced" in today


@pytest.mark.parametrize("on", ["nonsense", "1999-01-01", "2041-01-01"])
def test_a_day_that_the_rules_do_not_cover_is_refused(shared_office: Office, on: str) -> None:
    page = shared_office.client.get(f"/rules?on={on}")

    assert page.status_code == 422
    assert "Enter a date" in page.text
