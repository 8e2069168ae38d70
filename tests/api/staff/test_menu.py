"""The menu: everything a role may open is in it, and nothing is far away."""

from __future__ import annotations

import re

import pytest

from api.guards.menu import MOST_IN_ONE_ROW, SECTIONS, menu
from tests.api.office import Office
from vcs.terms import Role

PAGES = {href for section in SECTIONS for _, href in section.pages}

ONE_CLICK_AWAY = {
    Role.WITNESS_CARE: ("/", "/what-we-sent"),
    Role.VLO: ("/", "/today", "/tasks", "/events", "/letters", "/officers"),
    Role.MANAGER: ("/", "/today", "/tasks", "/events", "/letters", "/officers", "/ledger"),
    Role.HEAD: ("/", "/today", "/tasks", "/events", "/letters", "/officers", "/ledger"),
    Role.UNIT_ADMINISTRATOR: ("/", "/today", "/letters", "/print-batches", "/officers"),
    Role.PRACTITIONER: ("/consult", "/consult/asked", "/training"),
    Role.INSPECTOR: ("/inspections",),
    Role.ADMINISTRATOR: ("/", "/today", "/tasks", "/set-aside", "/ledger", "/accounts"),
}
"""What each role uses most, wherever they are."""


def links(page: str, pattern: str) -> list[str]:
    """Return where the links of a kind lead, in order."""
    return re.findall(rf'{pattern}__link" href="([^"]+)"', page)


@pytest.mark.parametrize("role", list(Role))
def test_what_a_role_uses_most_is_one_click_from_every_page(role: Role) -> None:
    for path in ("/training", "/referrals/VCS-0000-0000", *sorted(PAGES)):
        top = {item.href for item in menu(role, path).top}
        assert top >= set(ONE_CLICK_AWAY[role]), path
        assert len(top) <= MOST_IN_ONE_ROW + 1, path


@pytest.mark.parametrize("role", list(Role))
def test_every_page_of_the_menu_is_two_clicks_away_and_opens(
    shared_office: Office, role: Role
) -> None:
    visitor, found = shared_office.person(role), set[str]()
    for first in links(visitor.get("/").text, "govuk-service-navigation"):
        answer = visitor.get(first)
        assert answer.status_code == 200, first
        for second in (first, *links(answer.text, "app-sub-navigation")):
            assert visitor.get(second).status_code == 200, second
            found.add(second)
    hidden = {"/"} if role in (Role.PRACTITIONER, Role.INSPECTOR) else set()
    may_open = {one for one in PAGES - hidden if shared_office.person(role).get(one).is_success}
    assert found == may_open


def test_a_page_says_where_in_the_menu_it_is() -> None:
    found = menu(Role.MANAGER, "/print-batches")
    assert found.section == "Letters"
    assert [(one.text, one.current) for one in found.below if one.active] == [
        ("Print batches", True)
    ]
    assert [(one.text, one.current) for one in found.top if one.active] == [("Letters", False)]


def test_a_page_below_another_says_so_and_claims_not_to_be_it(office: Office) -> None:
    page = office.person(Role.MANAGER).get(f"/referrals/{office.referral()}").text
    assert re.findall(r'__link" href="([^"]+)"\s*aria-current="(\w+)"', page) == [
        ("/", "true"),
        ("/", "true"),
    ]


def test_who_has_few_pages_sees_them_all_in_one_row() -> None:
    for role in (Role.WITNESS_CARE, Role.UNIT_ADMINISTRATOR, Role.PRACTITIONER, Role.INSPECTOR):
        assert menu(role, "/").below == ()
