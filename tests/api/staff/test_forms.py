"""Forms: ours alone, taken once, and nothing typed is lost."""

from __future__ import annotations

import re

import pytest

from tests.api.office import BASE, VICTIM, Office
from vcs.terms import Role

OURS = {"Sec-Fetch-Site": "same-origin", "Origin": BASE}

FROM_ELSEWHERE = {
    "another site": {"Sec-Fetch-Site": "cross-site"},
    "a sister site": {"Sec-Fetch-Site": "same-site"},
    "typed in": {"Sec-Fetch-Site": "none"},
    "another origin": {"Origin": "https://evil.example"},
    "no origin": {"Origin": "null"},
    "silence": {},
}


@pytest.mark.parametrize("name", FROM_ELSEWHERE)
def test_a_form_from_elsewhere_is_refused_even_with_the_token(office: Office, name: str) -> None:
    manager = office.person(Role.MANAGER)
    form = manager.hidden("/")
    answer = manager.browser.post("/sign-out", data=form, headers=FROM_ELSEWHERE[name])
    assert answer.status_code == 403
    assert manager.get("/").status_code == 200


@pytest.mark.parametrize("token", [None, "", "wrong", "é" * 32])
def test_a_form_without_the_sessions_token_is_refused(office: Office, token: str | None) -> None:
    manager = office.person(Role.MANAGER)
    data = {} if token is None else {"csrf": token}
    assert manager.browser.post("/sign-out", data=data, headers=OURS).status_code == 403
    assert manager.get("/").status_code == 200


def test_an_older_browser_is_believed_by_its_origin(office: Office) -> None:
    manager = office.person(Role.MANAGER)
    form = manager.hidden("/")
    answer = manager.browser.post("/sign-out", data=form, headers={"Origin": BASE})
    assert answer.status_code == 303


def test_signing_in_needs_our_form_too(office: Office) -> None:
    visitor = office.visitor()
    data = {"email": "vlo@example.org", "password": "correct horse battery staple"}
    assert visitor.browser.post("/sign-in", data=data, headers=OURS).status_code == 403


def test_the_same_form_sent_twice_adds_one_victim(office: Office) -> None:
    reference = office.referral()
    path = f"/referrals/{reference}/victims/new"
    person = office.person(Role.WITNESS_CARE)
    form = person.hidden(path) | VICTIM
    answers = [person.post(path, form) for _ in range(2)]
    assert [a.status_code for a in answers] == [303, 303]
    assert answers[0].headers["location"] == answers[1].headers["location"]
    page = person.get(f"/referrals/{reference}").text
    assert page.count('class="govuk-summary-card"') == 1


def test_a_form_with_errors_keeps_what_was_typed_and_writes_nothing(office: Office) -> None:
    reference = office.referral()
    path = f"/referrals/{reference}/victims/new"
    person = office.person(Role.WITNESS_CARE)
    answer = person.fill(path, **(VICTIM | {"name": "", "postcode": "nonsense"}))
    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    assert 'href="#name"' in answer.text
    assert "1 Made Up Lane" in answer.text
    assert "govuk-summary-card" not in person.get(f"/referrals/{reference}").text
    again = dict(re.findall(r'type="hidden" name="([a-z_]+)" value="([^"]*)"', answer.text))
    assert person.post(path, again | VICTIM).status_code == 303


@pytest.mark.parametrize(
    "name",
    ["<script>alert(1)</script>", "{{ 7*7 }}{% include 'x' %}", "Ŵyn 漢字 O'Brien", "a\u202eb"],
)
def test_a_name_is_shown_as_plain_text(office: Office, name: str) -> None:
    reference, _ = office.referral_with_victim(name=name)
    page = office.person(Role.VLO).get(f"/referrals/{reference}").text
    assert "<script>alert" not in page
    assert "49" not in re.findall(r"govuk-summary-card__title\">([^<]*)<", page)
    assert "\u202e" not in page


def test_a_field_that_is_much_too_long_is_refused(office: Office) -> None:
    reference = office.referral()
    path = f"/referrals/{reference}/victims/new"
    person = office.person(Role.WITNESS_CARE)
    answer = person.fill(path, **(VICTIM | {"name": "x" * 70_000}))
    assert answer.status_code in (400, 413, 422)
    answer = person.fill(path, **(VICTIM | {"name": "x" * 300_000}))
    assert answer.status_code == 413


def test_a_choice_that_was_not_offered_is_refused(office: Office) -> None:
    reference = office.referral()
    path = f"/referrals/{reference}/victims/new"
    answer = office.person(Role.WITNESS_CARE).fill(path, **(VICTIM | {"standing": "made up"}))
    assert answer.status_code == 422
    assert "made up" not in answer.text


@pytest.mark.parametrize(
    ("role", "path"), [(Role.HEAD, "/wind-tunnel"), (Role.PRACTITIONER, "/consult")]
)
def test_a_field_that_may_be_left_out_says_so_once(office: Office, role: Role, path: str) -> None:
    page = office.person(role).get(path).text
    assert "(optional)" in page
    assert "(optional) (optional)" not in page


def test_a_field_that_one_answer_needs_says_which(office: Office) -> None:
    page = office.person(Role.ADMINISTRATOR).get("/accounts/new").text
    assert "Probation region (needed if they work for a region)" in page
    assert "Police area (needed if they work in witness care)" in page
    assert "Telephone number (optional)" in page
