"""The main job in a real browser: from the overdue referral to the letter in hand."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.pages.acts import confirmed
from tests.pages.served import Site
from tests.pages.test_accessibility import _sound
from vcs.terms import Role

COUNTED = "10 working days from Monday 2 March 2026"


def test_an_overdue_sentence_is_followed_to_an_approved_letter(site: Site) -> None:
    reference = _the_witness_care_officer_adds_the_victim(site)
    _the_manager_assigns_an_officer(site, reference)
    _the_officer_drafts_previews_and_approves_the_letter(site, reference)
    _the_choice_is_recorded(site, reference)
    _the_letter_comes_back(site, reference)


def _the_witness_care_officer_adds_the_victim(site: Site) -> str:
    page = site.page
    site.sign_in(Role.WITNESS_CARE)
    expect(page.locator(".app-headline-number").first).to_have_text("2")
    overdue = page.get_by_role("row").filter(has_text="4 working days overdue")
    overdue.get_by_role("link").click()
    reference = page.url.rsplit("/", 1)[1]
    page.get_by_role("link", name="All about this referral").click()
    expect(page.get_by_role("heading", name=re.compile("Eligible: the victim"))).to_be_visible()
    page.get_by_text("How this was counted").first.click()
    expect(page.get_by_text(COUNTED)).to_be_visible()
    page.get_by_role("button", name="Add a victim").click()
    _nothing_typed_is_refused(page)
    page.get_by_label("Full name").fill("Nia Example")
    page.get_by_label("How to greet them").fill("Ms Example")
    page.get_by_label("The victim", exact=True).check()
    page.get_by_role("group", name="Is it safe to write").get_by_label("Yes").check()
    page.get_by_label("Address (optional)", exact=True).fill("1 Made Up Lane\nLeeds")
    confirmed(page)
    page.get_by_label("Postcode").fill("LS1 3AB")
    page.get_by_label("English", exact=True).check()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="Check your answers")).to_be_visible()
    expect(page.get_by_text("Made Up Lane")).to_be_visible()
    page.get_by_role("button", name="Add and refer").click()
    expect(page.get_by_text("The victim has been added and referred")).to_be_visible()
    expect(page.get_by_text("Nia Example").first).to_be_visible()
    expect(page.get_by_text("Made Up Lane")).to_have_count(0)
    return reference


def _nothing_typed_is_refused(page: Page) -> None:
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("alert")).to_contain_text("There is a problem")
    page.get_by_role("link", name="Enter the full name").click()
    expect(page.get_by_label("Full name")).to_be_focused()


def _the_manager_assigns_an_officer(site: Site, reference: str) -> None:
    site.sign_in(Role.MANAGER)
    site.open(f"/referrals/{reference}/assign")
    site.page.get_by_label("Vera Liaison").check()
    site.page.get_by_role("button", name="Assign").click()
    expect(site.page.get_by_text("The victim liaison officer has been assigned")).to_be_visible()


def _the_officer_drafts_previews_and_approves_the_letter(site: Site, reference: str) -> None:
    page = site.page
    site.sign_in(Role.VLO)
    site.open(f"/referrals/{reference}")
    page.get_by_role("link", name="Draft letter").click()
    page.get_by_label("English", exact=True).check()
    page.get_by_role("button", name="Draft the letter").click()
    page.get_by_label("To check it before it is approved").check()
    page.get_by_role("button", name="Show the letter").click()
    expect(page.get_by_text("Dear Ms Example")).to_be_visible()
    assert _pdf(site, "/preview.pdf").startswith(b"%PDF-")
    page.get_by_role("button", name="Approve the letter").click()
    expect(page.get_by_text("The letter has been approved")).to_be_visible()
    expect(page.get_by_role("button", name="Open the PDF")).to_be_visible()
    first = _pdf(site, ".pdf")
    assert first.startswith(b"%PDF-")
    assert _pdf(site, ".pdf") == first


def _pdf(site: Site, end: str) -> bytes:
    """Send the form of the letter's page, as its button does, and take what comes."""
    hidden = site.page.locator("input[type=hidden][name=csrf]").first
    answer = site.page.request.post(
        site.page.url.partition("?")[0] + end,
        form={"csrf": hidden.get_attribute("value") or "", "reason": "to print and post it"},
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["cache-control"] == "no-store"
    assert "Nia" not in answer.headers["content-disposition"]
    return answer.body()


def _the_choice_is_recorded(site: Site, reference: str) -> None:
    page = site.page
    site.open(f"/referrals/{reference}")
    page.get_by_role("link", name="Record choice").click()
    page.get_by_label("Wants contact").check()
    page.locator("[name=chosen_on-day]").fill("20")
    page.locator("[name=chosen_on-month]").fill("3")
    page.locator("[name=chosen_on-year]").fill("2026")
    page.get_by_label("By phone").check()
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text("Wants contact, 20 Mar 2026")).to_be_visible()


def _the_letter_comes_back(site: Site, reference: str) -> None:
    page = site.page
    site.open("/returned-letters")
    page.get_by_label("What is the letter’s reference?").fill("VCS-0000-000O")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("alert")).to_contain_text("It is kept, and an administrator is asked")
    _sound(page, "returned letter, unknown reference")
    site.open(f"/referrals/{reference}")
    page.get_by_role("link", name="Record that this letter came back").click()
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_role("alert")).to_contain_text("Select what the envelope says")
    _sound(page, "returned letter, wrong")
    page.get_by_label("Not known at this address").check()
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text("It has been recorded that the letter came back")).to_be_visible()
    expect(page.get_by_text("not known at this address").first).to_be_visible()
    _sound(page, "referral with a returned letter")


def test_the_pages_work_without_scripts(site: Site) -> None:
    plain = site.page.context.browser
    assert plain is not None
    context = plain.new_context(java_script_enabled=False)
    quiet = Site(site.base, context.new_page())
    quiet.sign_in(Role.WITNESS_CARE)
    overdue = quiet.page.get_by_role("row").filter(has_text="overdue")
    overdue.get_by_role("link").click()
    quiet.page.get_by_role("button", name="Refer a victim").click()
    expect(quiet.page.get_by_label("Full name")).to_be_visible()
    context.close()
