"""A release in error in a real browser: recorded, chosen, rung, told, and told to be a mistake."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.pages.served import Site
from tests.pages.test_accessibility import _first_referral, _sound
from vcs.terms import Role


def test_a_release_in_error_is_told_to_everybody_within_the_hour(site: Site) -> None:
    reference = _two_victims_are_referred(site)
    _one_was_asked_beforehand(site, reference)
    event = _the_officer_records_it(site, reference)
    _the_officer_rings_whoever_was_asked(site, event)
    _the_manager_chooses_for_the_other(site, event)
    _the_police_have_been(site, event)
    _both_hear_again_within_twelve_hours(site, event)
    _it_was_another_man(site, event)


def test_news_that_is_planned_waits_for_all_or_for_a_manager(site: Site) -> None:
    reference = _two_victims_are_referred(site)
    site.sign_in(Role.VLO)
    site.open(f"/referrals/{reference}/events/new")
    page = site.page
    page.get_by_role("button", name="Record it").click()
    _sound(page, "a key event, wrong")
    _record(page, "Release planned", ("1", "12", "2026"), "The offender manager")
    expect(page.get_by_text("Nobody is told yet")).to_be_visible()
    expect(page.get_by_text("the month, never the day")).to_be_visible()
    _sound(page, "planned news that is held")
    page.get_by_role("link", name="Get ready (Nia Example)").click()
    _sound(page, "get somebody ready")
    expect(page.get_by_label("By letter", exact=True)).to_have_count(0)
    page.get_by_label("By letter: they were tried three times").check()
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_role("alert")).to_contain_text("does not come on paper first")
    page.get_by_label("By phone").check()
    page.get_by_role("button", name="Record it").click()
    page.wait_for_url(re.compile(r"\?done="))
    event = page.url.split("?")[0]
    site.sign_in(Role.MANAGER)
    expect(page.get_by_text("1 group of people")).to_be_visible()
    page.goto(event)
    page.get_by_role("button", name="Split the group").click()
    _sound(page, "split a set")
    page.get_by_label("Why?").fill("The other is in hospital until Friday.")
    page.get_by_role("button", name="Split the group").click()
    expect(page.get_by_text("The group is split")).to_be_visible()
    page.get_by_role("link", name="Not to be told (Bea Pike)").click()
    _sound(page, "not to be told")


def test_a_parole_decision_waits_for_its_moment(site: Site) -> None:
    reference = _two_victims_are_referred(site)
    site.sign_in(Role.VLO)
    site.open(f"/referrals/{reference}/events/new")
    page = site.page
    _on(page, "embargo_on", ("23", "3", "2026"))
    _record(page, "Parole decision", ("20", "3", "2026"), "The Parole Board")
    expect(page.get_by_role("alert")).to_contain_text("Enter the hour")
    expect(page.get_by_role("alert")).to_contain_text("who asks for it and why")
    _sound(page, "an embargo without an hour")
    page.get_by_label("Until what time on that day?").fill("2pm")
    page.get_by_label("Who asks for the embargo").fill("The Parole Board: parties first.")
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text("Under embargo until 23 March 2026 at 2:00pm")).to_be_visible()
    expect(page.get_by_role("link", name="Record telling or a try")).to_have_count(0)
    _sound(page, "news under embargo")
    site.open("/events")
    _sound(page, "people to be told, under embargo")
    site.sign_in(Role.MANAGER)
    site.open("/events")
    page.get_by_role("link", name="Parole decision").click()
    event = page.url.split("?")[0]
    page.get_by_role("button", name="Move the embargo").click()
    _sound(page, "move an embargo")
    page.goto(event)
    page.get_by_role("button", name="The news is out").click()
    _sound(page, "end an embargo")
    page.get_by_label("Where is it known?").fill("The Gazette, at noon.")
    page.get_by_role("button", name="End the embargo").click()
    expect(page.get_by_role("link", name="Record telling or a try")).to_have_count(2)
    _sound(page, "the news is out")


def _two_victims_are_referred(site: Site) -> str:
    site.sign_in(Role.WITNESS_CARE)
    reference = _first_referral(site)
    page = site.page
    for name, phone in (("Nia Example", "0113 496 0777"), ("Bea Pike", "0113 496 0778")):
        site.open(f"/referrals/{reference}/victims/new")
        page.get_by_label("Full name").fill(name)
        page.get_by_label("The victim", exact=True).check()
        safe = page.get_by_role("group", name="Is it safe to write")
        safe.get_by_label("Not known yet").check()
        page.get_by_label("Telephone number").fill(phone)
        page.get_by_label("English", exact=True).check()
        page.get_by_role("button", name="Continue").click()
        page.get_by_role("button", name="Add and refer").click()
        page.wait_for_url(re.compile(r"[?]done="))
    return reference


def _one_was_asked_beforehand(site: Site, reference: str) -> None:
    page = site.page
    site.sign_in(Role.VLO)
    site.open(f"/referrals/{reference}")
    expect(page.get_by_text("Nia Example: never asked")).to_be_visible()
    _sound(page, "a referral whose victims were never asked")
    page.get_by_role("link", name="Ask and record (Nia Example)").click()
    _sound(page, "if he is out unexpectedly")
    page.get_by_label("Ring a safe third party").check()
    page.get_by_label("Who is the safe third party?").fill("Her sister Eve")
    _on(page, "answered_on", ("19", "3", "2026"))
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter the number to ring")
    page.get_by_label("Their telephone number").fill("0113 496 0999")
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text("Nia Example: Ring a safe third party")).to_be_visible()
    expect(page.get_by_text("0113 496 0999")).to_have_count(0)


def _the_officer_records_it(site: Site, reference: str) -> str:
    page = site.page
    page.get_by_role("link", name="Record a key event").click()
    _sound(page, "record a key event")
    _record(page, "Released in error", ("20", "3", "2026"), "The prison")
    expect(page.get_by_text("0 of 2 told")).to_be_visible()
    expect(page.get_by_text("Nothing holds this back")).to_be_visible()
    expect(page.get_by_text("A manager chooses now")).to_be_visible()
    _sound(page, "a release in error")
    return page.url.split("?")[0]


def _the_officer_rings_whoever_was_asked(site: Site, event: str) -> None:
    page = site.page
    site.open("/")
    expect(page.get_by_role("heading", name="Tell people now")).to_be_visible()
    _sound(page, "first page in danger")
    page.get_by_role("link", name="Released in error").click()
    page.get_by_role("link", name="Show the number (Nia Example)").click()
    _sound(page, "before the number")
    page.get_by_role("button", name="Show the number").click()
    expect(page.get_by_text("Her sister Eve, 0113 496 0999")).to_be_visible()
    _sound(page, "the number")
    page.get_by_role("button", name="Record telling or a try").click()
    _sound(page, "record telling")
    page.get_by_label("Yes, they were told").check()
    page.get_by_label("Through the safe third party").check()
    page.get_by_label("Who did you speak to?").fill("Eve")
    page.get_by_label("They had heard already").check()
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_role("alert")).to_contain_text("from whom or where")
    page.get_by_label("They had heard from").fill("The radio at noon")
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text("1 of 2 told")).to_be_visible()
    expect(page.get_by_text("The radio at noon")).to_be_visible()
    assert page.url.split("?")[0] == event


def _the_manager_chooses_for_the_other(site: Site, event: str) -> None:
    page = site.page
    site.sign_in(Role.MANAGER)
    page.goto(event)
    page.get_by_role("link", name="Choose how (Bea Pike)").click()
    _sound(page, "a manager chooses how")
    page.get_by_label("By the police").check()
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter why")
    page.get_by_label("Why?").fill("Nobody has reached her yet.")
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text("Nobody has reached her yet.")).to_be_visible()


def _the_police_have_been(site: Site, event: str) -> None:
    page = site.page
    page.get_by_role("link", name="Record telling or a try (Bea Pike)").click()
    page.get_by_label("Yes, they were told").check()
    expect(page.get_by_label("By phone")).to_have_count(0)
    page.get_by_label("By the police").check()
    page.get_by_label("Who did you speak to?").fill("PC Tarn")
    page.get_by_label("They heard it from us first").check()
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text("2 of 2 told")).to_be_visible()
    expect(page.get_by_text("Nobody is waiting to be told")).to_be_visible()
    _sound(page, "everybody has been told")


def _both_hear_again_within_twelve_hours(site: Site, event: str) -> None:
    page = site.page
    expect(page.get_by_text("hears from us again every 12 hours")).to_be_visible()
    site.open("/")
    expect(page.get_by_text("2 of your unit’s people are owed word again")).to_be_visible()
    _sound(page, "first page while he is out")
    page.goto(event)
    page.get_by_role("link", name="Give them word again (Nia Example)").click()
    _sound(page, "give somebody word again")
    page.get_by_label("Yes, they were given word").check()
    page.get_by_label("Through the safe third party").check()
    page.get_by_label("Who did you speak to?").fill("Eve")
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_role("alert")).to_contain_text("whether they want to hear again")
    _sound(page, "give somebody word again, wrong")
    page.get_by_label("No, they want no more").check()
    page.get_by_label("What was said?").fill("“She wants to sleep.”")
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text("None is owed: They want no more word")).to_be_visible()
    _sound(page, "word was given")


def _it_was_another_man(site: Site, event: str) -> None:
    page = site.page
    page.get_by_role("button", name="Take this event back").click()
    _sound(page, "take an event back")
    page.get_by_label("Why?").fill("It was another man.")
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_text("0 of 2 told")).to_be_visible()
    _sound(page, "an event taken back")
    site.open("/events")
    _sound(page, "people to be told")
    page.goto(event)
    page.get_by_role("link", name="VCS-").last.click()
    _sound(page, "the events of a referral")


def _record(page: Page, kind: str, day: tuple[str, str, str], source: str) -> None:
    page.get_by_label("What happened, or is planned?").select_option(label=kind)
    _on(page, "happened_on", day)
    page.get_by_label(source, exact=True).check()
    page.get_by_role("button", name="Record it").click()


def _on(page: Page, field: str, day: tuple[str, str, str]) -> None:
    for part, number in zip(("day", "month", "year"), day, strict=True):
        page.locator(f"#{field}-{part}").fill(number)
