"""Pages for anyone: they open whoever reads them, and show their own to whoever is signed in."""

from __future__ import annotations

import re

import pytest

from api.guards.routes import TABLE, Rule
from api.guards.session import IDLE
from tests.api.office import Office
from tests.api.test_access import address, name_of
from vcs.errors import Busy
from vcs.terms import Role

OPEN_PAGES = [rule for rule in TABLE if rule.knows_reader]

_MENU = 'action="/sign-out"'


def test_each_page_that_anyone_reads_knows_its_reader() -> None:
    for_programs = {"/livez", "/readyz", "/metrics", "/info"}
    for_programs |= {"/certificates/key.pem", "/certificates/keys.pem"}
    read = {rule.path for rule in TABLE if rule.anyone and rule.method == "GET"}
    assert {rule.path for rule in OPEN_PAGES} == read - for_programs - {"/sign-in"}


@pytest.mark.parametrize("rule", OPEN_PAGES, ids=name_of)
def test_it_opens_for_nobody_in_particular(shared_office: Office, rule: Rule) -> None:
    page = shared_office.visitor().get(address(rule))
    assert page.status_code == 200
    assert _MENU not in page.text


@pytest.mark.parametrize("rule", OPEN_PAGES, ids=name_of)
def test_whoever_is_signed_in_keeps_their_menu(shared_office: Office, rule: Rule) -> None:
    for role in Role:
        reader = shared_office.person(role)
        page = reader.get(address(rule)).text
        assert _links(page) == _links(reader.get("/guide/unit-manager").text)
        assert _MENU in page


def test_a_sign_in_that_ended_is_read_as_nobodys(office: Office) -> None:
    reader = office.person(Role.VLO)
    office.clock.minutes(13 * 60)
    page = reader.get("/recommendations")
    assert (page.status_code, _MENU in page.text) == (200, False)


def test_reading_an_open_page_keeps_somebody_signed_in(office: Office) -> None:
    reader = office.person(Role.VLO)
    for _ in range(2):
        office.clock.minutes(int(IDLE.total_seconds() // 60) - 1)
        assert _MENU in reader.get("/rules").text
    assert reader.get("/").status_code == 200


def test_a_cookie_that_is_not_ours_is_nobodys(office: Office) -> None:
    visitor = office.visitor()
    visitor.browser.cookies.set("vcs", "e30=.made.up")
    assert visitor.get("/check").status_code == 200


def test_it_opens_while_the_database_is_away(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = office.person(Role.VLO)

    def stuck(*_: object) -> None:
        raise Busy("The database is busy.")

    monkeypatch.setattr(type(office.app.state.door.db), "reading", stuck)
    page = reader.get("/accessibility")
    assert (page.status_code, _MENU in page.text) == (200, False)
    assert reader.get("/").status_code == 503


def _links(page: str) -> list[str]:
    (menu,) = re.findall(r"<nav[^>]*class=\"govuk-service-navigation.*?</nav>", page, re.DOTALL)
    return re.findall(r'href="([^"]*)"', menu)
