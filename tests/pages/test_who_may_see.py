"""The pages about who may see what, in a real browser: axe finds nothing, at two sizes."""

from __future__ import annotations

import pytest

from tests.pages.served import Site
from tests.pages.test_accessibility import _add_victim, _sound, _victim_address
from vcs.access.reading import limits
from vcs.access.reading.limits import ReadingLimit
from vcs.access.reading.records import Scope
from vcs.terms import Role


def test_the_pages_about_unusual_reading(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = tuple(ReadingLimit(role, Scope.ALL, 1, 1) for role in (Role.VLO, Role.MANAGER))
    monkeypatch.setattr(limits, "LIMITS", rows)
    reference, page = _add_victim(site), site.page
    site.sign_in(Role.VLO)
    site.open(f"/referrals/{reference}")
    site.open(f"{_victim_address(site)}/address")
    page.get_by_label("To prepare a letter").check()
    page.get_by_role("button", name="Show address").click()
    _sound(page, "address shown, managers told")
    site.open("/emergency")
    _sound(page, "emergency")
    page.get_by_role("button", name="Record this").click()
    _sound(page, "emergency, wrong")
    page.get_by_label("Which referral?").fill("VCS-0000-0000")
    page.get_by_label("A victim is in danger now").check()
    page.get_by_label("What has happened").fill("He is at her door.")
    page.get_by_role("button", name="Record this").click()
    _sound(page, "too many opened")
    site.open("/referrals/VCS-0000-0000")
    _sound(page, "no such referral")
    site.sign_in(Role.MANAGER)
    site.open("/reading")
    _sound(page, "unusual reading")
    page.locator("tbody th a").first.click()
    _sound(page, "what somebody opened")
    page.get_by_role("link", name="Back").click()
    page.get_by_role("link", name="Lift for a day").first.click()
    _sound(page, "lift a limit")
    page.get_by_label("Why do they need").fill("Covers for a colleague.")
    page.get_by_role("button", name="Lift the limit").click()
    _sound(page, "unusual reading, lifted")
    site.open(f"/referrals/{reference}/seen")
    _sound(page, "who has seen this")


def test_the_pages_about_an_emergency(site: Site) -> None:
    reference, page = _add_victim(site), site.page
    site.sign_in(Role.VLO)
    site.open("/emergency")
    page.get_by_label("Which referral?").fill(reference)
    page.get_by_label("A victim is in danger now").check()
    page.get_by_label("What has happened").fill("He is at her door.")
    page.get_by_role("button", name="Record this").click()
    _sound(page, "opened in an emergency")
    site.sign_in(Role.MANAGER)
    site.open(f"/referrals/{reference}/seen")
    _sound(page, "who has seen this in an emergency")


def test_the_pages_about_exclusions(site: Site) -> None:
    reference, page = _add_victim(site), site.page
    site.sign_in(Role.MANAGER)
    site.open(f"/referrals/{reference}/exclusions")
    _sound(page, "nobody is excluded")
    page.get_by_role("button", name="Exclude somebody").click()
    _sound(page, "exclude somebody")
    page.get_by_role("button", name="Exclude them").click()
    _sound(page, "exclude somebody, wrong")
    page.get_by_label("Who must not see it?").select_option(label="Vera Liaison")
    page.get_by_label("Why?").fill("She is his cousin.")
    page.get_by_role("button", name="Exclude them").click()
    _sound(page, "somebody is excluded")
    page.get_by_role("link", name="Let them see it again").click()
    _sound(page, "let somebody see it again")
    page.get_by_label("Why may they see it?").fill("It was another Vera.")
    page.get_by_role("button", name="Let them see it").click()
    _sound(page, "an exclusion that ended")
    site.open(f"/referrals/{reference}/conflict")
    _sound(page, "I know somebody")
    page.get_by_label("Whom do you know").fill("The offender is my neighbour.")
    page.get_by_role("button", name="I must not see this case").click()
    _sound(page, "worklist after a conflict")


def test_the_pages_about_a_restriction(site: Site) -> None:
    reference, page = _add_victim(site), site.page
    site.sign_in(Role.MANAGER)
    site.open(f"/referrals/{reference}/restriction")
    _sound(page, "not restricted")
    page.get_by_role("button", name="Let only named people see this").click()
    _sound(page, "restrict")
    page.get_by_role("button", name="Continue").click()
    _sound(page, "restrict, wrong")
    page.get_by_label("Moira Manager").check()
    page.get_by_label("Why?").fill("One of the family works here.")
    page.get_by_role("button", name="Continue").click()
    _sound(page, "restrict, check your answers")
    assert page.get_by_text("Nobody in witness care is named").is_visible()
    page.get_by_role("button", name="Change the answers").click()
    assert page.get_by_label("Moira Manager").is_checked()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Let only these people see it").click()
    _sound(page, "restricted")
    page.get_by_role("button", name="Lift the restriction").click()
    _sound(page, "lift a restriction")
    page.get_by_label("Why may others see it?").fill("They have left.")
    page.get_by_role("button", name="Continue").click()
    _sound(page, "lift a restriction, check")
    page.get_by_role("button", name="Lift the restriction").click()
    _sound(page, "a restriction that ended")


def test_the_pages_of_a_head_and_of_the_office(site: Site) -> None:
    reference, page = _add_victim(site), site.page
    for role, paths in (
        (Role.HEAD, ("/", "/tasks", "/ledger", "/officers", "/inspections", "/reading")),
        (Role.UNIT_ADMINISTRATOR, ("/", "/officers", "/officers/give", "/early-referrals")),
    ):
        site.sign_in(role)
        for path in (*paths, f"/referrals/{reference}"):
            site.open(path)
            _sound(page, f"{role} {path}")
    assert page.get_by_role("button", name="Assign an officer").is_visible()
    assert page.get_by_role("link", name="Show address").count() == 0


def test_the_pages_of_a_practitioner(site: Site) -> None:
    site.sign_in(Role.PRACTITIONER)
    page = site.page
    _sound(page, "consult")
    page.get_by_role("button", name="Continue").click()
    _sound(page, "consult, wrong")
    page.get_by_label("The offender’s CRN, PNC or URN").fill("X123456")
    page.get_by_label("What is to be decided?").select_option(index=1)
    page.get_by_role("button", name="Continue").click()
    page.get_by_text("Yorkshire Victim Liaison Unit").wait_for()
    _sound(page, "how to consult")
    page.get_by_role("link", name="what you asked", exact=True).click()
    _sound(page, "what was asked")


def test_the_pages_of_an_inspection(site: Site) -> None:
    _add_victim(site)
    page = site.page
    site.sign_in(Role.MANAGER)
    site.open("/inspections")
    _sound(page, "no samples")
    page.get_by_role("button", name="Draw a sample").click()
    _sound(page, "draw a sample")
    page.get_by_role("button", name="Continue").click()
    _sound(page, "draw a sample, wrong")
    page.get_by_label("Which inspector?").select_option(label="Ines Inspector")
    page.get_by_label("How many sentences?").fill("50")
    for number, day in enumerate(("1", "20")):
        for part, value in (("Day", day), ("Month", "3"), ("Year", "2026")):
            page.get_by_label(part, exact=True).nth(number).fill(value)
    page.get_by_role("button", name="Continue").click()
    _sound(page, "draw a sample, check your answers")
    page.get_by_role("button", name="Draw the sample").click()
    _sound(page, "a sample, its manager")
    site.sign_in(Role.INSPECTOR)
    _sound(page, "an inspector's first page")
    page.locator("tbody th a").first.click()
    _sound(page, "a sample")
    page.locator("tbody td a").first.click()
    _sound(page, "read a case")
    page.get_by_role("button", name="Open it").click()
    page.get_by_role("heading", name="Chronology").wait_for()
    _sound(page, "chronology")
