"""The menu in a real browser: by keyboard, on a narrow screen, with and without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import ViewportSize, expect

from tests.pages.served import Site
from tests.services.chromium import accessibility_problems
from vcs.terms import Role

NARROW: ViewportSize = {"width": 320, "height": 700}


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_manager_finds_the_print_batches_by_keyboard_on_a_narrow_screen(
    site: Site, scripts: bool
) -> None:
    browser = site.page.context.browser
    assert browser is not None
    context = browser.new_context(java_script_enabled=scripts, viewport=NARROW)
    context.set_default_timeout(10_000)
    narrow = Site(site.base, context.new_page())
    narrow.sign_in(Role.MANAGER)
    page = narrow.page
    if scripts:
        page.get_by_role("button", name="Menu").press("Enter")
    page.get_by_role("navigation", name="Menu").get_by_role("link", name="Letters").press("Enter")
    section = page.get_by_role("navigation", name="Letters")
    section.get_by_role("link", name="Print batches").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Print batches")
    expect(section.locator("[aria-current=page]")).to_have_text("Print batches")
    letters = page.get_by_role("navigation", name="Menu").locator("[aria-current]")
    expect(letters).to_have_attribute("aria-current", "true")
    if scripts:
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
        assert accessibility_problems(page) == []
    context.close()


def test_the_menu_takes_one_row_on_a_desk_and_two_where_it_has_no_sections(site: Site) -> None:
    site.page.set_viewport_size({"width": 1280, "height": 900})
    for role in Role:
        site.sign_in(role)
        items = site.page.locator(".govuk-service-navigation__item")
        tops = {round(box["y"]) for one in items.all() if (box := one.bounding_box())}
        assert len(tops) <= (2 if role is Role.UNIT_ADMINISTRATOR else 1), role
