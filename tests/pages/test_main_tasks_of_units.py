"""The main task of those who see cases, from the sign-in page or an email's link, on a phone.

They press what they see, slip once, lose nothing of what they typed, and come to the end.
"""

from __future__ import annotations

import re
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from playwright.sync_api import expect
from sqlmodel import select

from tests.api.conftest import settings_in
from tests.api.office import PASSWORD, email_of
from tests.pages.acts import assign, on_day, refer, sweep
from tests.pages.conftest import FRIDAY_20_MARCH, MONDAY_2_MARCH
from tests.pages.served import Site
from tests.pages.test_accessibility import SIZES
from tests.pages.test_main_tasks import Newcomer
from tests.services.clock import MovableClock
from tests.services.mailbox import text_of
from vcs.access.records import Account
from vcs.access.signing_in.sign_in import actor_of
from vcs.access.work import Work
from vcs.database import connect
from vcs.inspection.sample import SampleEntry, draw_sample
from vcs.sealing import Sealer
from vcs.terms import Role


@pytest.fixture
def newcomer(site: Site, request: pytest.FixtureRequest) -> Newcomer:
    """Return somebody who holds a phone."""
    site.page.set_viewport_size(SIZES["320"])  # type: ignore[arg-type]  # a width and a height
    return Newcomer(site.base, site.page, request.node.name)


def test_witness_care_is_told_all_that_is_wrong_at_once_and_sees_what_became_of_it(
    newcomer: Newcomer,
) -> None:
    page = newcomer.page
    newcomer.sign_in(Role.WITNESS_CARE)
    page.locator("tbody a").first.click()
    newcomer.press("Refer a victim")
    newcomer.type("Full name", "Nia Example")
    newcomer.choose("The victim")
    newcomer.type("Postcode", "LS1")
    newcomer.type("Telephone number", "0113")
    page.locator("[name=address_confirmed_on-day]").fill("31 Feb")
    newcomer.press("Continue")
    wrong = page.get_by_role("alert").get_by_role("listitem")
    expect(wrong).to_have_count(5)
    for field in ("safe to write", "UK postcode", "last confirmed", "phone number", "language"):
        expect(wrong.filter(has_text=field)).to_have_count(1)
    expect(page.get_by_label("Full name")).to_have_value("Nia Example")
    expect(page.get_by_label("Telephone number")).to_have_value("0113")
    page.get_by_role("group", name="Is it safe to write").get_by_label("Not known yet").check()
    newcomer.type("Postcode", "LS1 3AB")
    page.locator("[name=address_confirmed_on-day]").fill("26 Feb")
    newcomer.type("Telephone number", "0113 496 0000")
    newcomer.choose("English")
    newcomer.press("Continue")
    newcomer.sees("Nothing has been sent yet")
    newcomer.press("Add and refer")
    newcomer.follow("What we sent")
    newcomer.sees("With the unit, which has still to name an officer. First contact is due by")


def test_an_officer_logs_a_call_records_a_choice_and_begins_a_letter(
    site: Site, newcomer: Newcomer
) -> None:
    reference = refer(site, "Nia Example")
    assign(site, reference)
    newcomer.sign_in(Role.VLO)
    newcomer.follow(reference)
    newcomer.follow("Record contact or attempt")
    newcomer.choose("By phone")
    newcomer.choose("Yes, they were reached")
    newcomer.type("What was said or happened?", "Asked when he may come home.")
    newcomer.press("Record it")
    newcomer.sees("Enter who you spoke to")
    said = newcomer.page.get_by_label("What was said or happened?")
    expect(said).to_have_value("Asked when he may come home.")
    newcomer.type("Who did you speak to?", "Nia Example")
    newcomer.press("Record it")
    newcomer.sees("The contact has been recorded")
    newcomer.follow("Record choice")
    newcomer.choose("Wants contact")
    newcomer.choose("By phone")
    newcomer.press("Record it")
    newcomer.sees("The choice has been recorded")
    newcomer.follow("Draft letter")
    # Who has joined is not invited to join by a slip.
    newcomer.press("Draft the letter")
    newcomer.sees("Select which letter")
    newcomer.choose("Annual letter")
    newcomer.press("Draft the letter")
    newcomer.sees("Nothing has been sent")


def test_a_unit_administrator_gives_a_referral_and_records_a_letter_that_came_back(
    newcomer: Newcomer,
) -> None:
    newcomer.sign_in(Role.UNIT_ADMINISTRATOR)
    newcomer.follow("Without an officer")
    newcomer.follow("Give several of these")
    ticked = newcomer.page.locator("[name=give]").first
    ticked.check()
    newcomer.press("Show who gets what")
    newcomer.sees("Select who gets them")
    expect(ticked).to_be_checked()
    newcomer.choose("Share them evenly")
    newcomer.press("Show who gets what")
    newcomer.sees("Nothing has been given yet")
    newcomer.press("Give them")
    newcomer.sees("The referrals have been given")
    newcomer.follow("Returned letters")
    newcomer.press("Continue")
    newcomer.sees("Enter the letter’s reference")
    newcomer.type("What is the letter’s reference?", "7K3M-9QTD")
    newcomer.press("Continue")
    newcomer.sees("No letter has this reference. It is kept, and an administrator is asked")


def test_a_manager_acts_on_a_row_of_the_morning_s_email_and_decides(
    newcomer: Newcomer, tmp_path: Path, clock: MovableClock
) -> None:
    page = newcomer.page
    sweep(tmp_path, clock)
    page.goto(newcomer.base + _first_row(_newest_digest(tmp_path, Role.MANAGER)))
    newcomer.type("Email address", email_of(Role.MANAGER))
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    newcomer.press("Sign in")
    newcomer.sees("4 working days overdue")
    newcomer.follow("Say by when")
    on_day(page, "until_on", (19, 3, 2026))
    newcomer.type("What is planned?", "Witness care rings on Monday")
    newcomer.press("Keep the plan")
    newcomer.sees("Enter a day after today")
    expect(page.get_by_label("What is planned?")).to_have_value("Witness care rings on Monday")
    on_day(page, "until_on", (24, 3, 2026))
    newcomer.press("Keep the plan")
    newcomer.sees("Your plan is kept")
    newcomer.follow("Give it to an officer")
    newcomer.choose("Vera Liaison")
    newcomer.press("Assign")
    newcomer.sees("has been assigned")
    newcomer.follow("Tasks")
    newcomer.follow("Decide whether the sentence")
    newcomer.choose("Eligible: the victim has a right")
    newcomer.press("Keep this answer")
    newcomer.sees("Say what you found")
    newcomer.type("What you found", "The indictment names the offence.")
    newcomer.press("Keep this answer")
    newcomer.sees("Your decision has been recorded")


def test_a_head_finds_what_was_passed_up_and_has_what_is_very_late_in_a_weekly_list(
    newcomer: Newcomer, tmp_path: Path, clock: MovableClock
) -> None:
    sweep(tmp_path, clock)
    newcomer.sign_in(Role.HEAD)
    newcomer.follow("Today")
    newcomer.sees("You are the head of public protection")
    newcomer.page.locator("main tbody a").first.click()
    reference = newcomer.page.locator("h1 .govuk-caption-l").inner_text()
    newcomer.sees("Hugh Head, first")
    newcomer.follow("Say that it is not owed")
    newcomer.press("Ask a person")
    newcomer.sees("Enter why it is not owed")
    clock.days(10)  # Monday 30 March: ten working days late
    sweep(tmp_path, clock)
    weekly = _newest_digest(tmp_path, Role.HEAD)
    over, _, rest = weekly.partition("10 WORKING DAYS OVERDUE OR MORE")[2].partition("THIS WEEK")
    assert reference in over
    assert "WITNESS CARE TOOK" in rest


def test_an_inspector_reads_a_case_and_takes_the_sample_away_without_a_name(
    newcomer: Newcomer, tmp_path: Path, clock: MovableClock
) -> None:
    sample = _drawn(tmp_path, clock)
    page = newcomer.page
    newcomer.sign_in(Role.INSPECTOR)
    newcomer.follow(sample)
    page.locator("main tbody a").first.click()
    newcomer.press("Open it")
    newcomer.sees("It has been recorded that you opened this")
    told = page.locator("body").inner_text()
    assert not re.search(r"Colin|Madeup|Alan|Fictional|\d{4}-\d{2}-\d{2}", told)
    newcomer.follow("Sample")
    with page.expect_download() as taken:
        newcomer.press("Take the whole sample away (zip)")
    assert taken.value.suggested_filename == f"inspection-{sample}.zip"


def _newest_digest(folder: Path, role: Role) -> str:
    """Return the text of the newest email of the morning of somebody."""
    files = sorted((folder / "mail").glob("digest-*.eml"), key=lambda one: one.stat().st_mtime_ns)
    mails = [message_from_bytes(one.read_bytes(), policy=default) for one in files]
    return text_of([one for one in mails if one["To"] == email_of(role)][-1])


def _first_row(text: str) -> str:
    """Return the address of the page of a digest's first row."""
    found = re.search(r"http://[^/]+(/today/[a-z]+-\d+)", text)
    assert found
    return found[1]


def _drawn(folder: Path, clock: MovableClock) -> str:
    """Let the manager draw a sample of two sentences for the inspector; return its reference."""
    settings = settings_in(folder)
    with connect(settings).writing() as session:
        people = {one.role: one for one in session.exec(select(Account)).all()}
        manager = actor_of(people[Role.MANAGER])
        work = Work(session, Sealer(settings.sealing_keys), manager, clock.now())
        asked = SampleEntry(people[Role.INSPECTOR].id, 2, MONDAY_2_MARCH, FRIDAY_20_MARCH)
        return draw_sample(work, asked).reference
