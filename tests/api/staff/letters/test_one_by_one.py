"""The letters of one kind, one after another: each shown, then approved, left or sent back."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.api.office import Office, Visitor
from tests.api.staff.letters.test_letters import CHECK, assigned, letters
from tests.api.staff.referrals.test_excluded import SECOND, _assigned_in
from tests.api.test_signed_out_mid_form import NOTICE, back_in, timed_out
from vcs.terms import Role

AT = "/letters/one-by-one/initial-contact"


@pytest.fixture
def two(office: Office) -> Visitor:
    """Return an officer with two first letters that wait."""
    assigned(office)
    _assigned_in(office, SECOND)
    return office.person(Role.VLO)


def _hidden(page: str) -> dict[str, str]:
    return dict(re.findall(r'type="hidden" name="([a-z_]+)" value="([^"]*)"', page))


def _show(officer: Visitor, at: str) -> Any:
    way = {name: _hidden(officer.get(at).text)[name] for name in ("letter", "n", "of")}
    return officer.post(AT, _hidden(officer.get(at).text) | way | {"reason": CHECK})


def _status(office: Office) -> list[str]:
    return [str(one.status) for one in letters(office)]


def test_two_letters_are_walked_and_each_is_approved_as_it_was_shown(
    office: Office, two: Visitor
) -> None:
    assert "one by one" in two.get("/letters").text
    listed = two.get("/letters/one-by-one").text
    assert "Initial contact letter</a>: 2 wait" in listed
    first = two.get(f"{AT}?of=2").text
    assert "1 of 2" in first
    assert "Approve this letter" not in first
    assert "Made Up Lane" not in first
    shown = _show(two, f"{AT}?of=2")
    assert "Where it goes" in shown.text
    assert "Made Up Lane" in shown.text
    form = _hidden(shown.text.partition('/approve"')[2])
    done, twice = (two.post(f"{AT}/approve", form) for _ in range(2))
    assert done.status_code == 303
    assert (twice.status_code, twice.headers["location"]) == (303, done.headers["location"])
    assert _status(office) == ["approved", "draft"]
    follow = done.headers["location"]
    assert "2 of 2" in two.get(follow).text
    shown = _show(two, follow)
    last = two.post(f"{AT}/approve", _hidden(shown.text.partition('/approve"')[2]))
    assert _status(office) == ["approved", "approved"]
    assert "That was the last one" in two.get(last.headers["location"]).text


def test_nothing_is_approved_that_was_not_shown(office: Office, two: Visitor) -> None:
    way = _hidden(two.get(f"{AT}?of=2").text)
    assert two.post(f"{AT}/approve", way | {"seen": ""}).status_code == 409
    shown = _hidden(_show(two, f"{AT}?of=2").text.partition('/approve"')[2])
    other = next(one.reference for one in letters(office) if one.reference != shown["letter"])
    assert two.post(f"{AT}/approve", shown | {"letter": other}).status_code == 409
    assert _status(office) == ["draft", "draft"]


def test_one_is_left_and_one_sent_back_with_what_must_be_put_right(
    office: Office, two: Visitor
) -> None:
    page = two.get(f"{AT}?of=2").text
    (follow,) = re.findall(r'href="([^"]*)">Leave it', page)
    second = two.get(follow.replace("&amp;", "&")).text
    assert "2 of 2" in second
    way = _hidden(second.partition('/send-back"')[2])
    refused = two.post(f"{AT}/send-back", way | {"why": ""})
    assert refused.status_code == 422
    way = _hidden(second.partition('/send-back"')[2])
    back = two.post(f"{AT}/send-back", way | {"why": "Canary: her name is spelt otherwise"})
    assert back.status_code == 303, back.text
    assert _status(office) == ["draft", "draft"]
    assert "Initial contact letter</a>: 1 waits" in two.get("/letters/one-by-one").text
    tasks = two.get("/tasks").text
    assert "was sent back before its approval" in tasks
    assert "Canary" not in tasks


def test_what_was_typed_about_one_letter_is_shown_beside_no_other(
    office: Office, two: Visitor
) -> None:
    """Their sign-in ended while they sent the second letter back."""
    first = _hidden(two.get(f"{AT}?of=2").text)["letter"]
    at = f"{AT}?n=2&of=2&after={first}"
    form = _hidden(two.get(at).text.partition('/send-back"')[2])
    timed_out(two)
    answer = two.post(f"{AT}/send-back", form | {"why": "Canary: her name"})
    page = back_in(two, answer, Role.VLO).text
    assert NOTICE in page
    assert "2 of 2" in page
    assert "Canary: her name" in page
    again = _hidden(page.partition('/send-back"')[2])
    assert (again["letter"], again["form_token"]) == (form["letter"], form["form_token"])
    assert NOTICE in two.get(at).text
    assert two.post(f"{AT}/send-back", again | {"why": "Canary: her name"}).status_code == 303
    two.get(f"{AT}?of=2")
    timed_out(two)
    late = two.post(f"{AT}/send-back", again | {"why": "Canary: her name"})
    page = back_in(two, late, Role.VLO).text
    assert _hidden(page)["letter"] == first
    assert NOTICE not in page
    assert "Canary" not in page
