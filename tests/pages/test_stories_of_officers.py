"""An officer who leaves, and a referral that is in somebody's hand at every moment."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from tests.api.office import PASSWORD
from tests.pages.acts import assign, draft_and_approve, refer, show_letter, sweep
from tests.pages.served import Site
from tests.pages.test_accessibility import _sound
from tests.services.clock import MovableClock
from vcs.terms import Role

OLGA = "olga.officer@example.org"


def test_what_an_officer_who_leaves_had_is_with_a_manager_at_once(
    site: Site, tmp_path: Path, clock: MovableClock
) -> None:
    reference = refer(site, "Nia Example")
    assign(site, reference)
    site.sign_in(Role.VLO)
    letter = draft_and_approve(site, reference)
    hers = site.page.context.storage_state()
    _the_administrator_ends_her_account_and_adds_another(site)
    _her_access_has_ended(site, hers, reference)
    sweep(tmp_path, clock)
    _the_manager_gives_it_to_the_new_officer(site, reference)
    _the_new_officer_finds_a_letter_in_her_own_name(site, reference, letter)


def _the_administrator_ends_her_account_and_adds_another(site: Site) -> None:
    page = site.page
    site.sign_in(Role.ADMINISTRATOR)
    site.open("/accounts/new")
    page.get_by_label("Full name").fill("Olga Officer")
    page.get_by_label("Email address").fill(OLGA)
    page.get_by_label("Telephone number").fill("0113 496 0222")
    page.locator("[name=role][value=vlo]").check()
    page.locator("[name=region_code]").select_option("N55")
    page.get_by_label("First password").fill(PASSWORD)
    page.get_by_role("button", name="Add the account").click()
    page.get_by_role("link", name="Disable Vera Liaison").click()
    page.get_by_role("button", name="Disable the account").click()
    expect(page.get_by_role("row").filter(has_text="Vera Liaison")).to_contain_text("Disabled")


def _her_access_has_ended(site: Site, hers: object, reference: str) -> None:
    browser = site.page.context.browser
    assert browser is not None
    context = browser.new_context(storage_state=hers)  # type: ignore[arg-type]  # as it gave it
    page = context.new_page()
    page.goto(f"{site.base}/referrals/{reference}")
    expect(page.get_by_label("Password", exact=True)).to_be_visible()
    context.close()


def _the_manager_gives_it_to_the_new_officer(site: Site, reference: str) -> None:
    page = site.page
    site.sign_in(Role.MANAGER)
    site.open("/?show=unassigned")
    expect(page.get_by_role("link").and_(page.locator(f"[href*='{reference}']"))).to_be_visible()
    site.open("/tasks")
    expect(page.get_by_text(f"Referral {reference} needs an officer")).to_be_visible()
    _sound(page, "a referral whose officer left")
    assign(site, reference, "Olga Officer")
    site.open("/tasks")
    expect(page.get_by_text(f"Referral {reference} needs an officer")).to_have_count(0)


def _the_new_officer_finds_a_letter_in_her_own_name(
    site: Site, reference: str, letter: str
) -> None:
    page = site.page
    page.context.clear_cookies()
    site.open("/sign-in")
    page.get_by_label("Email address").fill(OLGA)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{site.base}/")
    page.goto(letter)
    expect(page.get_by_text("the officer whom it names no longer answers")).to_be_visible()
    expect(page.get_by_role("button", name="Open the PDF")).to_have_count(0)
    _sound(page, "a letter that names an officer who left")
    site.open(f"/referrals/{reference}")
    page.get_by_role("row").filter(has_text="Drafted by").get_by_role("link").first.click()
    show_letter(page)
    expect(page.get_by_text("My name is Olga Officer")).to_be_visible()
    expect(page.get_by_text("0113 496 0222").first).to_be_visible()
    expect(page.get_by_text("Vera Liaison")).to_have_count(0)
