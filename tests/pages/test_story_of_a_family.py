"""A family of five: one leads, each has a choice of their own, and nobody is told last."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.pages.acts import assign, choose, on_day, refer
from tests.pages.served import Site
from vcs.terms import Role

KIN = "Next of kin of the person who died"

PARENT = "Parent, guardian or carer of the victim"


def test_a_family_of_five_has_one_who_leads_and_five_choices_of_their_own(site: Site) -> None:
    reference = _five_are_referred(site)
    assign(site, reference)
    site.sign_in(Role.VLO)
    _they_agree_who_leads(site, reference)
    _one_is_a_child_for_whom_the_mother_speaks(site, reference)
    _one_has_died_and_nothing_can_be_written_to_them(site, reference)
    _one_wants_no_contact_and_the_others_are_still_owed_theirs(site, reference)
    _news_is_for_all_three_together_and_for_neither_of_the_two(site, reference)


def _five_are_referred(site: Site) -> str:
    reference = refer(site, "Nia Example")
    refer(site, "Mary Example", PARENT, "mother of the victim", to=reference)
    for name in ("Gwen Pike", "Owen Pike", "Tess Pike"):
        refer(site, name, KIN, "of the victim's family", to=reference)
    return reference


def _they_agree_who_leads(site: Site, reference: str) -> None:
    page = site.page
    site.open(f"/referrals/{reference}/family")
    expect(page.get_by_text("No lead has been agreed yet")).to_be_visible()
    expect(page.get_by_text("Not yet known: ask them")).to_have_count(5)
    page.get_by_role("link", name="Agree a lead").click()
    page.get_by_label("Mary Example").check()
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text("Mary Example leads: they are told first")).to_be_visible()


def _one_is_a_child_for_whom_the_mother_speaks(site: Site, reference: str) -> None:
    page = site.page
    page.get_by_role("link", name=re.compile("Record the date of birth.*Nia")).click()
    on_day(page, "born_on", (1, 10, 2012))
    page.get_by_label("They said so").check()
    page.get_by_role("button", name="Record it").click()
    page.get_by_role("link", name=re.compile("Say who speaks.*Nia")).click()
    page.get_by_label("Mary Example").check()
    page.get_by_role("button", name="Record it").click()
    expect(page.locator("dl").filter(has_text="Speaks for them")).to_contain_text("Mary Example")


def _one_has_died_and_nothing_can_be_written_to_them(site: Site, reference: str) -> None:
    page = site.page
    page.get_by_role("link", name=re.compile("They have died.*Gwen")).click()
    page.get_by_label("How do you know?").fill("Her brother Owen rang.")
    page.get_by_role("button", name="Record that they have died").click()
    expect(page.get_by_text("The day is not known. Her brother Owen rang.")).to_be_visible()
    site.open(f"/referrals/{reference}")
    page.get_by_role("link", name="Draft letter (Gwen Pike)").click()
    expect(page.get_by_text("No letter can begin")).to_be_visible()
    expect(page.get_by_role("button", name="Draft the letter")).to_have_count(0)


def _one_wants_no_contact_and_the_others_are_still_owed_theirs(site: Site, reference: str) -> None:
    page = site.page
    site.open(f"/referrals/{reference}")
    page.get_by_role("link", name="Record choice (Owen Pike)").click()
    choose(page, "Does not want contact")
    page.get_by_role("link", name="Draft letter (Owen Pike)").click()
    expect(page.get_by_text("No letter can begin")).to_be_visible()
    site.open(f"/referrals/{reference}/family")
    expect(page.get_by_text("Does not want contact")).to_have_count(1)
    expect(page.get_by_text("Not yet known: ask them")).to_have_count(3)


def _news_is_for_all_three_together_and_for_neither_of_the_two(site: Site, reference: str) -> None:
    page = site.page
    site.open(f"/referrals/{reference}/events/new")
    page.get_by_label("What happened, or is planned?").select_option(label="Release planned")
    on_day(page, "happened_on", (1, 12, 2026))
    page.get_by_label("The offender manager", exact=True).check()
    page.get_by_role("button", name="Record it").click()
    expect(page.locator(".govuk-summary-card__title").first).to_have_text("Mary Example")
    page.get_by_role("link", name="Not to be told (Gwen Pike)").click()
    page.get_by_label("They have died").check()
    page.get_by_label("How do you know?").fill("Her brother Owen rang.")
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text("0 of 3 told. 2 not to be told")).to_be_visible()
    expect(page.get_by_text("Nobody is told yet")).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("Get ready"))).to_have_count(3)
    expect(page.get_by_role("link", name=re.compile("Record telling"))).to_have_count(0)
