"""Signing in: a row on our side, an id in the cookie, and an end to both."""

from __future__ import annotations

import json
import time
from base64 import b64decode

import pytest

from tests.api.office import Office, email_of
from vcs.access.accounts import disable_account
from vcs.access.actors import Actor
from vcs.access.records import Account
from vcs.terms import Role


def test_whoever_is_not_signed_in_is_sent_to_sign_in_and_back_again(office: Office) -> None:
    visitor = office.visitor()
    answer = visitor.get("/tasks")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/sign-in?next=/tasks"
    form = visitor.hidden("/sign-in?next=/tasks")
    typed = {"email": email_of(Role.MANAGER), "password": "correct horse battery staple"}
    answer = visitor.post("/sign-in", form | typed)
    assert answer.headers["location"] == "/tasks"


@pytest.mark.parametrize(
    "address", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:1", "/a?b"]
)
def test_signing_in_leads_nowhere_but_here(office: Office, address: str) -> None:
    visitor = office.visitor()
    form = visitor.hidden("/sign-in") | {"next": address}
    typed = {"email": email_of(Role.VLO), "password": "correct horse battery staple"}
    assert visitor.post("/sign-in", form | typed).headers["location"] == "/"


def test_an_unknown_email_and_a_wrong_password_are_answered_alike(office: Office) -> None:
    answers = [
        office.visitor().fill("/sign-in", email=email, password="wrong wrong wrong")
        for email in (email_of(Role.VLO), "nobody@example.org")
    ]
    assert [a.status_code for a in answers] == [422, 422]
    messages = [a.text.split("error-summary__list")[1].split("</ul>")[0] for a in answers]
    assert messages[0] == messages[1]


def test_the_password_typed_is_never_shown_again(office: Office) -> None:
    answer = office.visitor().fill("/sign-in", email="", password="a-secret-canary")
    assert answer.status_code == 422
    assert "a-secret-canary" not in answer.text


def test_the_cookie_holds_an_id_and_a_form_token_and_cannot_be_read_by_scripts(
    office: Office,
) -> None:
    visitor = office.visitor()
    header = visitor.sign_in(email_of(Role.VLO)).headers["set-cookie"]
    assert "httponly" in header.lower()
    assert "samesite=lax" in header.lower()
    assert "max-age=1800" in header.lower()
    value = header.split("=", 1)[1].split(";")[0].split(".")[0]
    assert set(json.loads(b64decode(value))) == {"sign_in", "csrf"}


def test_the_session_is_new_after_signing_in(office: Office) -> None:
    visitor = office.visitor()
    before = visitor.hidden("/sign-in")["csrf"]
    visitor.sign_in(email_of(Role.MANAGER))
    assert visitor.hidden("/")["csrf"] != before


def test_signing_out_ends_it_also_for_a_copy_of_the_cookie(office: Office) -> None:
    visitor = office.visitor()
    visitor.sign_in(email_of(Role.MANAGER))
    copy = office.visitor()
    copy.browser.cookies.update(visitor.browser.cookies)
    assert copy.get("/").status_code == 200
    answer = visitor.post("/sign-out", visitor.hidden("/"))
    assert answer.status_code == 303
    assert "cache" in answer.headers["clear-site-data"]
    assert copy.get("/").status_code == 303


def test_a_sign_in_ends_after_twelve_hours(office: Office) -> None:
    manager = office.person(Role.MANAGER)
    office.clock.minutes(12 * 60)
    assert manager.get("/").status_code == 200
    office.clock.minutes(1)
    assert manager.get("/").status_code == 303


def test_a_cookie_older_than_thirty_minutes_is_no_good(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = "itsdangerous.timed.time.time"
    visitor = office.visitor()
    visitor.sign_in(email_of(Role.MANAGER))
    began = time.time()  # the cookie tells its age by the machine
    monkeypatch.setattr(told, lambda: began + 29 * 60)
    assert visitor.get("/").status_code == 200
    monkeypatch.setattr(told, lambda: began + 58 * 60)
    assert visitor.get("/").status_code == 200, "each visit begins the thirty minutes anew"
    monkeypatch.setattr(told, lambda: began + 89 * 60)
    assert visitor.get("/").status_code == 303


def test_disabling_an_account_ends_its_sign_ins_at_once(office: Office) -> None:
    officer = office.person(Role.VLO)
    assert officer.get("/").status_code == 200
    door = office.app.state.door
    with door.db.writing() as session:
        from sqlmodel import select

        its_id = session.exec(select(Account.id).where(Account.email == email_of(Role.VLO))).one()
        admin = Actor(0, "Ada", Role.ADMINISTRATOR)
        disable_account(session, admin, its_id or 0, office.clock.now())
    assert officer.get("/").status_code == 303


def test_a_forged_cookie_is_no_sign_in(office: Office) -> None:
    visitor = office.visitor()
    visitor.browser.cookies.set("vcs", "eyJzaWduX2luIjogIjEifQ==.aaaa.bbbb")
    assert visitor.get("/").status_code == 303
