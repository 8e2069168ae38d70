"""An officer's morning, and a manager who shares out what nobody has."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.pages.acts import assign, choose, hire, refer, sign_in_as
from tests.pages.served import Site
from vcs.terms import Role

OLGA = "olga.officer@example.org"


def test_an_officers_morning_begins_with_what_is_theirs_and_ends_with_a_choice(
    site: Site,
) -> None:
    reference = refer(site, "Nia Example")
    assign(site, reference)
    site.sign_in(Role.VLO)
    _only_their_own_is_there_and_what_is_not_shown_is_said(site, reference)
    _nobody_answers_and_that_meets_nothing(site, reference)
    _she_is_reached_and_first_contact_is_done(site, reference)
    _she_wants_contact_and_that_is_on_her_page(site, reference)


def _only_their_own_is_there_and_what_is_not_shown_is_said(site: Site, reference: str) -> None:
    page = site.page
    shown = page.locator("tbody .app-reference")
    expect(shown).to_have_count(1)
    expect(shown).to_have_text(reference)
    expect(page.get_by_text("Not shown here")).to_contain_text("1 without an officer")
    shown.click()
    expect(page.get_by_role("heading", name=reference)).to_be_visible()


def _record(site: Site, reference: str, *, reached: bool) -> None:
    page = site.page
    site.open(f"/referrals/{reference}")
    page.get_by_role("link", name="Record contact or attempt (Nia Example)").click()
    page.get_by_label("By phone").check()
    page.get_by_label("Yes, they were reached" if reached else "No, this was an attempt").check()
    if reached:
        page.get_by_label("Who did you speak to?").fill("Nia Example")
    page.get_by_role("button", name="Record it").click()


def _nobody_answers_and_that_meets_nothing(site: Site, reference: str) -> None:
    _record(site, reference, reached=False)
    first = site.page.locator(".app-deadline", has_text="First contact")
    expect(first).not_to_contain_text("Done")
    expect(site.page.get_by_text("attempt").first).to_be_visible()


def _she_is_reached_and_first_contact_is_done(site: Site, reference: str) -> None:
    _record(site, reference, reached=True)
    first = site.page.locator(".app-deadline", has_text="First contact")
    expect(first).to_contain_text("Done 20 Mar 2026")


def _she_wants_contact_and_that_is_on_her_page(site: Site, reference: str) -> None:
    page = site.page
    page.get_by_role("link", name="Record choice (Nia Example)").click()
    choose(page, "Wants contact")
    site.open("/")
    expect(page.locator("tbody .app-reference")).to_have_count(1)
    expect(page.get_by_role("row").filter(has_text=reference)).not_to_contain_text("overdue")


def test_a_manager_shares_out_what_nobody_has_and_sees_it_before_it_is_given(site: Site) -> None:
    hire(site, "Olga Officer", OLGA)
    page = site.page
    site.sign_in(Role.MANAGER)
    site.open("/?show=unassigned")
    waiting = page.locator("tbody .app-reference").all_inner_texts()
    assert len(waiting) == 2
    page.get_by_role("link", name="Give several of these").click()
    for box in page.locator("[name=give]").all():
        box.check()
    page.get_by_label("Share them evenly").check()
    page.get_by_role("button", name="Show who gets what").click()
    expect(page.get_by_text("Nothing has been given yet")).to_be_visible()
    given = {
        one.locator("th").inner_text().split()[0]: one.inner_text()
        for one in page.locator("table").first.locator("tbody tr").all()
    }
    assert sorted(given) == sorted(waiting)
    page.get_by_role("button", name="Give them").click()
    site.open("/?show=unassigned")
    expect(page.locator("tbody .app-reference")).to_have_count(0)
    _each_finds_one_of_them_and_no_other(site, given)


def _each_finds_one_of_them_and_no_other(site: Site, given: dict[str, str]) -> None:
    for name, email in (("Vera Liaison", "vlo@example.org"), ("Olga Officer", OLGA)):
        sign_in_as(site, email)
        theirs = [reference for reference, row in given.items() if name in row]
        assert len(theirs) == 1
        assert site.page.locator("tbody .app-reference").all_inner_texts() == theirs
