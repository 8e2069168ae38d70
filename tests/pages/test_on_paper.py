"""What is printed: the page of a referral, with a family of two and what was said to them."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.pages.acts import assign, choose, refer
from tests.pages.served import Site
from vcs.terms import Role

PARENT = "Parent, guardian or carer of the victim"

FAMILY = ("Nia Example", "Mary Example")


def test_a_family_of_two_with_some_contacts_is_printed_on_two_pages(site: Site) -> None:
    reference = refer(site, FAMILY[0])
    refer(site, FAMILY[1], PARENT, "mother of the victim", to=reference)
    assign(site, reference)
    site.sign_in(Role.VLO)
    for name in FAMILY:
        for reached in (False, False, True):
            _ring(site, reference, name, reached=reached)
        site.page.get_by_role("link", name=f"Record choice ({name})").click()
        choose(site.page, "Wants contact")
    site.open(f"/referrals/{reference}")
    printed = site.page.pdf(prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", printed)) <= 2
    _what_matters_is_on_paper(site)


def _ring(site: Site, reference: str, name: str, *, reached: bool) -> None:
    page = site.page
    site.open(f"/referrals/{reference}")
    page.get_by_role("link", name=f"Record contact or attempt ({name})").click()
    page.get_by_label("By phone").check()
    page.get_by_label("Yes, they were reached" if reached else "No, this was an attempt").check()
    if reached:
        page.get_by_label("Who did you speak to?").fill(name)
    page.get_by_role("button", name="Record it").click()


def _what_matters_is_on_paper(site: Site) -> None:
    page = site.page
    expect(page.locator("#timeline + p")).to_contain_text("standard (Nia Example)")
    page.emulate_media(media="print")
    for name in FAMILY:
        expect(page.get_by_text(f"How and when {name} may be reached")).to_be_visible()
        expect(page.get_by_text(f"First contact with the victim: {name}")).to_be_visible()
    for furniture in (".govuk-service-navigation", ".app-search", ".app-sub-navigation"):
        expect(page.locator(furniture)).to_be_hidden()
