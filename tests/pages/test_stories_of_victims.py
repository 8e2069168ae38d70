"""What becomes of victims, walked in a real browser as whoever is on the page."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from playwright.sync_api import expect

from tests.pages.acts import (
    assign,
    choose,
    draft_and_approve,
    on_day,
    refer,
    reveal,
    show_letter,
    sweep,
)
from tests.pages.served import Site
from tests.pages.test_accessibility import _sound
from tests.services.clock import MovableClock
from vcs.terms import Role

TUESDAY_31_MARCH, WEDNESDAY_1_APRIL = date(2026, 3, 31), date(2026, 4, 1)

_PARENT = "Parent, guardian or carer of the victim"

THURSDAY_1_OCTOBER = date(2026, 10, 1)


def test_a_child_who_turns_18_is_asked_themselves(
    site: Site, tmp_path: Path, clock: MovableClock
) -> None:
    reference = refer(site, "Nia Example")
    refer(site, "Mary Example", _PARENT, "mother of the victim", to=reference)
    assign(site, reference)
    _her_mother_speaks_for_her(site, reference)
    clock.move_to(TUESDAY_31_MARCH)
    sweep(tmp_path, clock)
    assert _asked_about_age(site) == 0
    clock.move_to(WEDNESDAY_1_APRIL)
    sweep(tmp_path, clock)
    assert _asked_about_age(site) == 1
    site.page.get_by_role("link", name="A child turns 18").click()
    expect(site.page.get_by_text("turns 18 in six months or sooner")).to_be_visible()
    _sound(site.page, "a child turns 18 in six months")
    clock.move_to(THURSDAY_1_OCTOBER)
    sweep(tmp_path, clock)
    _on_the_day_her_own_choice_is_owed(site, reference)


def _her_mother_speaks_for_her(site: Site, reference: str) -> None:
    page = site.page
    site.open(f"/referrals/{reference}/family")
    page.get_by_role("link", name=re.compile("Record the date of birth.*Nia")).click()
    on_day(page, "born_on", (1, 10, 2008))
    page.get_by_label("They said so").check()
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text("Under 18 until Thursday 1 October 2026")).to_be_visible()
    page.get_by_role("link", name=re.compile("Say who speaks.*Nia")).click()
    page.get_by_label("Mary Example").check()
    page.get_by_role("button", name="Record it").click()
    speaks = page.locator("dl").filter(has_text="Speaks for them")
    expect(speaks.get_by_text("Mary Example")).to_be_visible()


def _asked_about_age(site: Site) -> int:
    site.sign_in(Role.MANAGER)
    site.open("/tasks")
    return site.page.get_by_role("link", name="A child turns 18").count()


def _on_the_day_her_own_choice_is_owed(site: Site, reference: str) -> None:
    page = site.page
    site.sign_in(Role.MANAGER)
    site.open("/tasks")
    expect(page.get_by_text("is 18 now").first).to_be_visible()
    site.sign_in(Role.VLO)
    site.open(f"/referrals/{reference}/family")
    expect(page.get_by_text("18 since Thursday 1 October 2026")).to_be_visible()
    expect(page.get_by_text("Not yet known: ask them").first).to_be_visible()
    site.open(f"/referrals/{reference}")
    page.get_by_role("link", name="Draft letter (Mary Example)").click()
    expect(page.get_by_text("Begin it all the same?")).to_be_visible()
    _sound(page, "no letter to whoever spoke for a child")
    site.open(f"/referrals/{reference}")
    page.get_by_role("link", name="Record choice (Nia Example)").click()
    choose(page, "Wants contact")
    page.get_by_role("link", name="Draft letter (Nia Example)").click()
    expect(page.get_by_role("button", name="Draft the letter")).to_be_visible()
    site.sign_in(Role.MANAGER)
    site.open("/tasks")
    expect(page.get_by_text("is 18 now")).to_have_count(0)


def test_an_opt_out_stops_her_letters_and_a_change_of_mind_lets_them_go_again(site: Site) -> None:
    reference = refer(site, "Nia Example")
    assign(site, reference)
    site.sign_in(Role.VLO)
    letter = draft_and_approve(site, reference)
    _she_wants_no_contact(site, reference)
    _nothing_can_reach_her(site, reference, letter)
    _she_changes_her_mind(site, reference)


def _she_wants_no_contact(site: Site, reference: str) -> None:
    page = site.page
    site.open(f"/referrals/{reference}")
    page.get_by_role("link", name="Record choice (Nia Example)").click()
    choose(page, "Does not want contact")
    expect(page.get_by_text("No letter can begin.", exact=False)).to_be_visible()
    _sound(page, "a victim who wants no contact")


def _nothing_can_reach_her(site: Site, reference: str, letter: str) -> None:
    page = site.page
    page.goto(letter)
    expect(page.get_by_role("button", name="Open the PDF")).to_have_count(0)
    expect(page.get_by_text("does not want contact").first).to_be_visible()
    site.open(f"/referrals/{reference}")
    page.get_by_role("link", name="Draft letter (Nia Example)").click()
    expect(page.get_by_text("No letter can begin")).to_be_visible()
    expect(page.get_by_role("button", name="Draft the letter")).to_have_count(0)
    _sound(page, "no letter can begin after an opt-out")


def _she_changes_her_mind(site: Site, reference: str) -> None:
    page = site.page
    # Where no letter can begin, the way back is one click away.
    page.get_by_role("link", name="They have changed their mind").click()
    expect(page.get_by_label("Wants contact", exact=True)).to_be_checked()
    choose(page, "Wants contact")
    expect(page.get_by_text("Earlier choice")).to_be_visible()
    page.get_by_role("link", name="Draft letter (Nia Example)").click()
    page.get_by_label("Initial contact letter").check()
    page.get_by_label("English", exact=True).check()
    page.get_by_role("button", name="Draft the letter").click()
    show_letter(page)
    expect(page.get_by_role("button", name="Approve the letter")).to_be_visible()


def test_a_letter_to_the_address_she_left_does_not_go(
    site: Site, tmp_path: Path, clock: MovableClock
) -> None:
    reference, page = refer(site, "Nia Example"), site.page
    assign(site, reference)
    site.sign_in(Role.VLO)
    letter = draft_and_approve(site, reference)
    site.open(f"/referrals/{reference}")
    reveal(page)
    page.locator("[name=address_lines]").fill("2 Refuge Close\nLeeds")
    page.locator("[name=postcode]").fill("LS3 9ZX")
    page.get_by_role("button", name="Keep the changes").click()
    sweep(tmp_path, clock)
    page.goto(letter)
    expect(page.get_by_text("the address changed")).to_be_visible()
    expect(page.get_by_role("button", name="Open the PDF")).to_have_count(0)
    _sound(page, "a letter to the address she left")
    site.open(f"/referrals/{reference}")
    expect(page.get_by_text("Withdrawn", exact=True)).to_be_visible()
    page.get_by_role("row").filter(has_text="Drafted by").get_by_role("link").first.click()
    show_letter(page)
    expect(page.get_by_text("Refuge Close").first).to_be_visible()
    # It goes there only once a second person has said that it may.
    expect(page.get_by_role("button", name="Approve the letter")).to_have_count(0)
    expect(page.get_by_text("Ask a colleague").first).to_be_visible()


def test_two_who_edit_one_address_see_both_and_neither_is_lost(site: Site) -> None:
    reference, page = refer(site, "Nia Example"), site.page
    site.sign_in(Role.VLO)
    site.open(f"/referrals/{reference}")
    reveal(page)
    other = page.context.new_page()
    other.goto(f"{site.base}/referrals/{reference}")
    reveal(other)
    other.locator("[name=address_lines]").fill("2 Refuge Close\nLeeds")
    other.get_by_role("button", name="Keep the changes").click()
    page.get_by_label("Telephone number").fill("0113 496 0777")
    page.get_by_role("button", name="Keep the changes").click()
    expect(page.get_by_text("2 Refuge Close").first).to_be_visible()
    expect(page.get_by_text("0113 496 0777").first).to_be_visible()
    # They did not write the former address, so it is not offered as theirs.
    expect(page.get_by_text("1 Nia Lane")).to_have_count(0)
    _sound(page, "somebody else changed the details meanwhile")
    other.close()
