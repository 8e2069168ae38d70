"""The main task of those who see no case, from the sign-in page alone, by what is on the pages.

Witness care's is in ``test_two_minutes.py``, an officer's and a manager's in
``test_stories_of_the_day.py``. Told with scripts on a desk, and without on a narrow screen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.api.office import PASSWORD, email_of
from tests.pages.served import Site
from tests.pages.test_accessibility import SIZES, _picture
from vcs.terms import Role


@dataclass
class Newcomer:
    """Somebody who has never seen it: they press what they see, and type no address."""

    base: str
    page: Page
    name: str
    steps: int = 0

    def sign_in(self, role: Role) -> None:
        """Begin at the sign-in page as the person in a role, whoever was here before."""
        self.sign_in_as(email_of(role))

    def sign_in_as(self, email: str) -> None:
        """Begin at the sign-in page."""
        self.page.context.clear_cookies()
        self.page.goto(f"{self.base}/")
        self.page.get_by_label("Email address").fill(email)
        self.page.get_by_label("Password", exact=True).fill(PASSWORD)
        self.press("Sign in")

    def follow(self, name: str) -> None:
        """Select a link, opening the menu of a narrow screen where it is there."""
        links = self.page.get_by_role("link", name=name)
        menu = self.page.get_by_role("button", name="Menu", exact=True)
        if not links.first.is_visible() and menu.is_visible():
            menu.click()
        links.first.click()
        self._look()

    def press(self, name: str) -> None:
        """Press a button."""
        self.page.get_by_role("button", name=name, exact=True).first.click()
        self._look()

    def choose(self, label: str) -> None:
        """Select an answer."""
        self.page.get_by_label(label).first.check()

    def type(self, label: str, text: str) -> None:
        """Answer in words."""
        self.page.get_by_label(label).first.fill(text)

    def sees(self, text: str) -> None:
        """Look for words on the page."""
        expect(self.page.get_by_text(text).first).to_be_visible()

    def _look(self) -> None:
        self.page.wait_for_load_state("load")
        self.steps += 1
        _picture(self.page, f"{self.name} {self.steps:02}")
        expect(self.page.get_by_role("heading", level=1)).to_have_count(1)
        width = self.page.viewport_size
        assert width
        wide = self.page.evaluate("document.documentElement.scrollWidth") if self._scripts else 0
        assert wide <= width["width"], self.page.url

    @property
    def _scripts(self) -> bool:
        return "without" not in self.name


@pytest.fixture(params=["with scripts at 1280", "without scripts at 320"])
def newcomer(site: Site, request: pytest.FixtureRequest) -> Iterator[Newcomer]:
    """Return somebody with a browser of their own."""
    browser = site.page.context.browser
    assert browser
    has_scripts = not request.param.startswith("without")
    size = SIZES[request.param.rpartition(" ")[2]]
    context = browser.new_context(
        java_script_enabled=has_scripts,
        viewport=size,  # type: ignore[arg-type]  # a width and a height
    )
    yield Newcomer(site.base, context.new_page(), request.node.name)
    context.close()


def test_a_practitioner_learns_how_to_consult_and_nothing_else(newcomer: Newcomer) -> None:
    newcomer.sign_in(Role.PRACTITIONER)
    newcomer.press("Continue")
    newcomer.sees("There is a problem")
    newcomer.type("The offender’s CRN, PNC or URN", "X123456")
    newcomer.page.get_by_label("What is to be decided?").select_option(index=1)
    newcomer.press("Continue")
    newcomer.sees("Yorkshire Victim Liaison Unit")
    newcomer.follow("what you asked")
    newcomer.sees("X123456")


def test_an_administrator_answers_for_a_message_and_lets_somebody_in(newcomer: Newcomer) -> None:
    newcomer.sign_in(Role.ADMINISTRATOR)
    newcomer.follow("Not read")
    newcomer.page.locator("tbody a").last.click()
    newcomer.choose("It holds nothing for us")
    newcomer.press("Dismiss the message")
    newcomer.sees("There is a problem")
    newcomer.type("What you found", "It was a test of the court’s system.")
    newcomer.press("Dismiss the message")
    newcomer.sees("The message has been dismissed")
    newcomer.follow("Access")
    newcomer.press("Add an account")
    newcomer.type("Full name", "Ada Second")
    newcomer.type("Email address", "ada@example.org")
    newcomer.page.get_by_role("radio", name="Administrator. Lets people in").check()
    newcomer.type("First password", PASSWORD)
    newcomer.press("Add the account")
    newcomer.sees("The account has been added")
    newcomer.sign_in_as("ada@example.org")
    newcomer.sees("Ada Second")
