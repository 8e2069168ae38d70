"""A manager proposes that there is no contact, and another reads why and confirms it."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.api.conftest import settings_in
from tests.api.office import PASSWORD, YORKSHIRE, email_of
from tests.pages.served import Site
from tests.pages.test_accessibility import _sound
from tests.services.clock import MovableClock
from vcs.access.accounts import AccountEntry, add_account
from vcs.database import connect
from vcs.terms import Role


def test_a_no_is_proposed_read_and_confirmed(
    site: Site, tmp_path: Path, clock: MovableClock
) -> None:
    second = _another_manager(tmp_path, clock)
    task = _the_first_proposes(site)
    _nothing_has_changed_yet(site, task)
    _the_second_reads_and_confirms(site, second, task)


def _another_manager(folder: Path, clock: MovableClock) -> str:
    entry = AccountEntry(
        "olive@example.org", "Olive Other", PASSWORD, Role.MANAGER, YORKSHIRE, None, "0113 496 0002"
    )
    with connect(settings_in(folder)).writing() as session:
        add_account(session, None, entry, clock.now())
    return entry.email


def _the_first_proposes(site: Site) -> str:
    page = site.page
    site.sign_in(Role.MANAGER)
    site.open("/tasks")
    page.get_by_role("link", name=re.compile("Decide whether the sentence")).first.click()
    expect(page.get_by_text("A yes takes one person")).to_be_visible()
    expect(page.get_by_role("heading", name="Like cases in this region")).to_be_visible()
    page.get_by_role("group", name="What do you decide?").get_by_label("Not eligible").check()
    page.get_by_label("The register shows a sentence that is too short").check()
    page.get_by_label("What you found").fill("Eight months, by the register.")
    for part, number in (("day", "20"), ("month", "3"), ("year", "2028")):
        page.locator(f"#review_on-{part}").fill(number)
    page.get_by_role("button", name="Keep this answer").click()
    expect(page.get_by_role("alert")).to_contain_text("within 12 months")
    _sound(page, "a no with a wrong day of review")
    page.locator("#review_on-year").fill("2027")
    task = page.url.split("?")[0]
    page.get_by_role("button", name="Keep this answer").click()
    expect(page.get_by_text("Your proposal has been kept")).to_be_visible()
    return task


def _nothing_has_changed_yet(site: Site, task: str) -> None:
    page = site.page
    expect(page.get_by_text("A second manager is needed")).to_be_visible()
    _sound(page, "tasks with a proposed no")
    page.goto(task)
    expect(page.get_by_text("another manager must confirm it").first).to_be_visible()
    _sound(page, "a proposed no, to whoever proposed it")


def _the_second_reads_and_confirms(site: Site, email: str, task: str) -> None:
    page = site.page
    page.context.clear_cookies()
    site.open("/sign-in")
    page.get_by_label("Email address").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{site.base}/")
    assert email != email_of(Role.MANAGER)
    page.goto(task)
    expect(page.get_by_text("You are the second manager")).to_be_visible()
    expect(page.get_by_text("Eight months, by the register.")).to_be_visible()
    _sound(page, "a proposed no, to the second manager")
    page.get_by_label("I agree: there is no contact").check()
    page.get_by_label("Why?").fill("I rang the court too.")
    page.get_by_role("button", name="Keep this answer").click()
    expect(page.get_by_text("A second manager is needed")).to_have_count(0)
    site.open("/sentences")
    page.get_by_label("Case reference").fill("13EX0000226")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name="Barry Invented").click()
    expect(page.get_by_text("I rang the court too.")).to_be_visible()
    expect(page.get_by_role("button", name="Offer contact at discretion")).to_be_visible()
    _sound(page, "a sentence without contact, and when that is looked at again")
