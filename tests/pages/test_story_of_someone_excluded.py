"""Somebody who must not see a case finds nothing of it anywhere, and is not told why."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.pages.acts import assign, refer
from tests.pages.served import Site
from vcs.terms import Role

NO_SUCH = "VCS-2222-2222"


def test_to_an_excluded_officer_the_case_looks_as_if_it_did_not_exist(site: Site) -> None:
    reference = refer(site, "Nia Example")
    assign(site, reference)
    site.sign_in(Role.VLO)
    offender = site.page.locator("tbody tr").first.locator(".app-stack__under").first.inner_text()
    assert offender
    _the_manager_excludes_her(site, reference)
    _it_is_gone_from_her_lists_and_files(site, reference, offender)
    _neither_its_address_nor_a_search_tells_it_from_nothing(site, reference, offender)
    _the_manager_has_it_and_it_needs_an_officer(site, reference)


def _the_manager_excludes_her(site: Site, reference: str) -> None:
    page = site.page
    site.sign_in(Role.MANAGER)
    site.open(f"/referrals/{reference}/exclusions")
    page.get_by_role("button", name="Exclude somebody").click()
    page.get_by_label("Who must not see it?").select_option(label="Vera Liaison")
    page.get_by_label("Why?").fill("She is his cousin.")
    page.get_by_role("button", name="Exclude them").click()
    expect(page.get_by_text("She is his cousin.")).to_be_visible()


def _it_is_gone_from_her_lists_and_files(site: Site, reference: str, offender: str) -> None:
    page = site.page
    site.sign_in(Role.VLO)
    for path in ("/", "/?show=open", "/?show=unassigned", "/tasks", "/events"):
        site.open(path)
        expect(page.locator("body")).not_to_contain_text(reference)
        expect(page.locator("body")).not_to_contain_text(offender)
    for path in ("/worklist.csv?show=open", "/due.ics"):
        assert reference not in page.request.get(site.base + path).text()


def _neither_its_address_nor_a_search_tells_it_from_nothing(
    site: Site, reference: str, offender: str
) -> None:
    page = site.page
    for ending in ("", "/contact", "/events/new", "/family", "/seen"):
        hers = page.request.get(f"{site.base}/referrals/{reference}{ending}")
        none = page.request.get(f"{site.base}/referrals/{NO_SUCH}{ending}")
        assert (hers.status, none.status) in ((404, 404), (403, 403)), ending
        site.open(f"/referrals/{reference}{ending}")
        said = page.locator("main").inner_text()
        site.open(f"/referrals/{NO_SUCH}{ending}")
        assert page.locator("main").inner_text() == said
    answers = []
    for asked in (reference, NO_SUCH, offender, "Nobody Whatever"):
        site.open("/")
        page.locator("#search-text").fill(asked)
        page.get_by_role("button", name="Search").first.click()
        answers.append(page.locator("main").inner_text().replace(asked, "…"))
        expect(page.locator("main a").filter(has_text=reference)).to_have_count(0)
    assert answers[0] == answers[1]
    assert answers[2] == answers[3]


def _the_manager_has_it_and_it_needs_an_officer(site: Site, reference: str) -> None:
    page = site.page
    site.sign_in(Role.MANAGER)
    site.open("/?show=unassigned")
    expect(page.locator("tbody .app-reference").filter(has_text=reference)).to_be_visible()
    site.open("/tasks")
    expect(page.get_by_text(f"Referral {reference} needs an officer")).to_be_visible()
    expect(page.get_by_text("cousin")).to_have_count(0)
