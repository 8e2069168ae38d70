"""Witness care checks the answers before a victim is referred."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest

from tests.api.office import _HIDDEN, VICTIM, Office
from vcs.terms import Role


def sent(office: Office, path: str, step: str, **typed: str) -> Any:
    return office.person(Role.WITNESS_CARE).fill(path, step=step, **(VICTIM | typed))


def checked(office: Office, path: str, **typed: str) -> Any:
    return office.person(Role.WITNESS_CARE).check(path, **(VICTIM | typed))


def hidden(page: str) -> dict[str, str]:
    return {name: unescape(value) for name, value in _HIDDEN.findall(page)}


def path_of(office: Office) -> str:
    return f"/referrals/{office.referral()}/victims/new"


def test_nothing_is_sent_before_the_answers_are_checked(office: Office) -> None:
    path = path_of(office)
    day = {"address_confirmed_on-day": "26 Feb", "address_confirmed_on-month": ""}
    answer = checked(office, path, **day)
    assert answer.status_code == 200
    assert "Check your answers" in answer.text
    for shown in (
        "Nia Example",
        "1 Made Up Lane<br>Leeds",
        "Nothing entered",
        "The victim",
        "26 Feb",
    ):
        assert shown in answer.text, shown
    referral = path.removesuffix("/victims/new")
    person = office.person(Role.WITNESS_CARE)
    assert "govuk-summary-card" not in person.get(referral).text
    form = hidden(answer.text) | {"step": "send"}
    # The browser's Back shows the page once more, by its own address, and sends nothing.
    assert "Check your answers" in person.get(f"{path}?check=yes").text
    assert [person.post(path, form).status_code for _ in range(2)] == [303, 303]
    assert person.get(referral).text.count('class="govuk-summary-card"') == 1
    back = person.get(f"{path}?check=yes")
    assert back.headers["location"].endswith("?done=answers-gone")
    assert "Nothing was sent again" in person.get(back.headers["location"]).text
    assert person.get(referral).text.count('class="govuk-summary-card"') == 1


def test_the_answers_can_be_changed_and_are_not_lost(office: Office) -> None:
    path = path_of(office)
    page = checked(office, path)
    person = office.person(Role.WITNESS_CARE)
    again = person.post(path, hidden(page.text) | {"step": "change"})
    assert again.headers["location"] == f"{path}?change=yes"
    again = person.get(again.headers["location"])
    assert again.status_code == 200
    assert "Refer a victim" in again.text
    assert 'value="Nia Example"' in again.text
    assert "1 Made Up Lane\nLeeds" in again.text
    assert "There is a problem" not in again.text
    # Nobody else is shown what was typed.
    other = office.person(Role.MANAGER).get(f"{path}?check=yes")
    assert other.headers["location"].endswith("?done=answers-gone")


@pytest.mark.parametrize("wrong", [{"name": ""}, {"postcode": "nonsense"}, {"name": "1"}])
def test_all_that_is_wrong_is_said_before_the_answers_are_shown(
    office: Office, wrong: dict[str, str]
) -> None:
    answer = sent(office, path_of(office), "check", **wrong)
    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    assert "1 Made Up Lane" in answer.text
    assert "Check your answers" not in answer.text
