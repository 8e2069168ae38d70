"""Witness care's two minutes: from the link in an email to *it has been sent*, step by step."""

from __future__ import annotations

from collections.abc import Iterator
from time import monotonic

import pytest
from playwright.sync_api import Page, expect

from tests.api.office import PASSWORD, email_of
from tests.pages.served import Site
from vcs.terms import Role

MOST_CLICKS = 8
"""Signing in, opening the form, four answers, checking them, sending them."""

MOST_SECONDS = 120


class Hand:
    """Somebody's hand: it counts its clicks, and presses nothing that is not on the page."""

    def __init__(self, page: Page) -> None:
        self.page, self.clicks = page, 0

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()
        self.clicks += 1

    def choose(self, question: str, answer: str) -> None:
        group = self.page.get_by_role("group", name=question)
        group.get_by_label(answer, exact=True).check()
        self.clicks += 1

    def type(self, label: str, text: str) -> None:
        self.page.get_by_label(label).fill(text)


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def visited(site: Site, request: pytest.FixtureRequest) -> Iterator[tuple[Site, str]]:
    """Return a browser that nobody is signed in to, and the path of a link in an email."""
    site.sign_in(Role.WITNESS_CARE)
    path = site.page.locator("tbody a").first.get_attribute("href")
    assert path
    assert path.startswith("/witness-care/VCS-")
    assert site.page.context.browser
    context = site.page.context.browser.new_context(java_script_enabled=request.param)
    yield Site(site.base, context.new_page()), path
    context.close()


def test_from_the_link_in_an_email_to_it_has_been_sent(visited: tuple[Site, str]) -> None:
    site, path = visited
    page, hand, begun = site.page, Hand(site.page), monotonic()
    site.open(path)
    hand.type("Email address", email_of(Role.WITNESS_CARE))
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    hand.press("Sign in")
    expect(page.get_by_text("Refer the victim by Monday 16 March 2026")).to_be_visible()
    expect(page.get_by_text("4 working days overdue")).to_be_visible()
    expect(page.get_by_text("They were sent to custody.")).to_be_visible()
    hand.press("Refer a victim")
    hand.type("Full name", "Nia Example")
    hand.choose("What is their connection to the crime?", "The victim")
    hand.choose("Is it safe to write to them", "Not known yet")
    hand.type("Telephone number", "0113 496 0000")
    hand.type("What do they want?", "To know when he may come home")
    hand.choose("Which language should letters be in?", "English")
    hand.press("Continue")
    expect(page.get_by_role("heading", name="Check your answers")).to_be_visible()
    hand.press("Add and refer")
    expect(page.get_by_text("The victim has been added and referred")).to_be_visible()
    expect(page.get_by_text("Nothing more is wanted from you")).to_be_visible()
    assert hand.clicks <= MOST_CLICKS
    assert monotonic() - begun < MOST_SECONDS
