"""What people do on the pages, in the words of the stories."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from scheduler.jobs import Sweep
from scheduler.runs import sweep_all
from tests.api.conftest import settings_in
from tests.api.office import PASSWORD
from tests.pages.served import Site
from tests.pages.test_accessibility import _first_referral
from tests.services.clock import MovableClock
from vcs.database import connect
from vcs.sealing import Sealer
from vcs.terms import Role


def sweep(folder: Path, clock: MovableClock) -> None:
    """Let the scheduler of a served site do everything that is due."""
    settings = settings_in(folder)
    database = connect(settings)
    sweep_all(Sweep(settings, database, Sealer(settings.sealing_keys), clock.now))
    database.close()


def refer(
    site: Site, name: str, relation: str = "The victim", about: str = "", to: str = ""
) -> str:
    """Refer somebody, as witness care, with a safe address; by default to the first referral."""
    site.sign_in(Role.WITNESS_CARE)
    reference, page = to or _first_referral(site), site.page
    site.open(f"/referrals/{reference}/victims/new")
    page.get_by_label("Full name").fill(name)
    page.get_by_label(relation, exact=True).check()
    if about:
        page.get_by_label("Who they act for").fill(about)
    page.get_by_role("group", name="Is it safe to write").get_by_label("Yes").check()
    page.locator("[name=address_lines]").fill(f"1 {name.split()[0]} Lane\nLeeds")
    page.locator("[name=postcode]").fill("LS1 3AB")
    confirmed(page)
    page.get_by_label("English", exact=True).check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Add and refer").click()
    expect(page.get_by_text("has been added and referred")).to_be_visible()
    return reference


def confirmed(page: Page) -> None:
    """Say on which day the address was confirmed."""
    for part, value in (("day", "20"), ("month", "3"), ("year", "2026")):
        page.locator(f"[name=address_confirmed_on-{part}]").fill(value)


def assign(site: Site, reference: str, officer: str = "Vera Liaison") -> None:
    """Give a referral to an officer, as the manager."""
    site.sign_in(Role.MANAGER)
    site.open(f"/referrals/{reference}/assign")
    site.page.get_by_label(officer).check()
    site.page.get_by_role("button", name="Assign").click()
    expect(site.page.get_by_text("has been assigned")).to_be_visible()


def draft_and_approve(site: Site, reference: str) -> str:
    """Write the first letter as whoever is signed in; returns the address of its page."""
    page = site.page
    site.open(f"/referrals/{reference}")
    page.get_by_role("link", name="Draft letter").first.click()
    page.get_by_label("English", exact=True).check()
    page.get_by_role("button", name="Draft the letter").click()
    page.get_by_label("To check it before it is approved").check()
    page.get_by_role("button", name="Show the letter").click()
    page.get_by_role("button", name="Approve the letter").click()
    expect(page.get_by_text("The letter has been approved")).to_be_visible()
    return page.url.partition("?")[0]


def show_letter(page: Page) -> None:
    """Look at a letter to check it."""
    page.get_by_label("To check it before it is approved").check()
    page.get_by_role("button", name="Show the letter").click()


def on_day(page: Page, field: str, day: tuple[int, int, int]) -> None:
    """Type a day into its three boxes."""
    for part, number in zip(("day", "month", "year"), day, strict=True):
        page.locator(f"[name={field}-{part}]").fill(str(number))


def choose(page: Page, choice: str) -> None:
    """Record a choice, made by phone, on the form that is open."""
    page.get_by_label(choice, exact=True).check()
    page.get_by_label("By phone").check()
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text(re.compile(f"Choice\\s*{choice}")).first).to_be_visible()


def reveal(page: Page) -> None:
    """Open the details of the first victim of the referral that is shown."""
    page.get_by_role("link", name=re.compile("Show address")).first.click()
    page.get_by_label("To prepare a letter").check()
    page.get_by_role("button", name="Show address").click()


def hire(site: Site, name: str, email: str, role: str = "vlo") -> None:
    """Add somebody to the region's unit, as the administrator."""
    page = site.page
    site.sign_in(Role.ADMINISTRATOR)
    site.open("/accounts/new")
    page.get_by_label("Full name").fill(name)
    page.get_by_label("Email address").fill(email)
    page.get_by_label("Telephone number").fill("0113 496 0222")
    page.locator(f"[name=role][value={role}]").check()
    page.locator("[name=region_code]").select_option("N55")
    page.get_by_label("First password").fill(PASSWORD)
    page.get_by_role("button", name="Add the account").click()


def sign_in_as(site: Site, email: str) -> None:
    """Sign in as somebody who was hired."""
    site.page.context.clear_cookies()
    site.open("/sign-in")
    site.page.get_by_label("Email address").fill(email)
    site.page.get_by_label("Password", exact=True).fill(PASSWORD)
    site.page.get_by_role("button", name="Sign in").click()
    site.page.wait_for_url(f"{site.base}/")
