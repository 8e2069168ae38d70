"""Every page in a real browser: axe finds nothing, and nothing runs off a narrow screen."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page

from scheduler import runs
from tests.api.conftest import settings_in
from tests.api.office import Secrets, basic
from tests.journeys.program import referral
from tests.pages.served import Site
from tests.services.chromium import accessibility_problems
from tests.services.clock import MovableClock
from vcs.access.records import ClientKind
from vcs.terms import Role

SIZES = {"1280": {"width": 1280, "height": 900}, "320": {"width": 320, "height": 700}}

Look = Callable[[str], None]


def test_the_pages_for_anyone(site: Site) -> None:
    for path in (
        *("/sign-in", "/accessibility", "/cookies", "/guide/unit-manager", "/nothing/here"),
        *("/recommendations", "/message-standard"),
    ):
        site.open(path)
        _sound(site.page, path)
    site.open("/sign-in")
    site.page.get_by_role("button", name="Sign in").click()
    _sound(site.page, "/sign-in, wrong")


def test_the_what_if_checker(site: Site) -> None:
    answered = "/check?code=OF61102&sentence=imprisonment&months=12&sentenced=2026-03-20"
    for path in (
        "/rules/offences",
        "/check",
        "/check?words=wunding",
        "/check?form=1&sentence=imprisonment&others=yes&sentenced=31/2/2026",
        f"{answered}&others=yes&other_terms=6+months&runs=consecutive&age=adult",
        f"{answered}&moved=restricted&ended_on=2026-05-01&counted=300",
        answered,
        "/check?sentence=imprisonment&months=x",
    ):
        site.open(path)
        _sound(site.page, path)


def test_the_law_as_it_was_on_a_day_and_what_changed_since(site: Site) -> None:
    site.open("/rules?on=2024-02-01&since=2020-11-30")
    _sound(site.page, "what changed")
    for ending in ("", "?on=2015-01-01", "?on=nonsense", "?on=2024-02-01&since=soon"):
        site.open(f"/rules{ending}")
        _sound(site.page, f"/rules{ending}", contrast=False)


def test_the_pages_of_a_witness_care_officer(site: Site) -> None:
    site.sign_in(Role.WITNESS_CARE)
    _sound(site.page, "/")
    reference = _first_referral(site)
    for end in ("", "/victims/new", "/no-victim", "/trace", "/refused"):
        site.open(f"/referrals/{reference}{end}")
        _sound(site.page, f"referral{end}")
    site.open(f"/referrals/{reference}/victims/new")
    site.page.get_by_role("button", name="Continue").click()
    _sound(site.page, "add a victim, wrong")
    site.open(f"/referrals/{reference}/refused")
    site.page.get_by_role("button", name="Close the referral").click()
    _sound(site.page, "refused, wrong")


def test_the_short_page_of_witness_care_and_what_they_sent(site: Site) -> None:
    reference = _add_victim(site)
    page, short = site.page, f"/witness-care/{reference}"
    site.open(short)
    _sound(page, "short page, referred")
    victim = page.get_by_role("link", name=re.compile("Correct what was sent"))
    at = (victim.get_attribute("href") or "").rsplit("/", 1)[0]
    for end in ("correct", "said", "take-back"):
        site.open(f"{at}/{end}")
        _sound(page, f"witness care {end}")
        page.get_by_role("button", name="Continue").click()
        _sound(page, f"witness care {end}, wrong")
    site.open(f"{at}/said")
    page.locator("[name=said_on-day]").fill("19 Mar")
    page.get_by_label("By phone").check()
    page.get_by_label("They want contact").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Tell the unit").click()
    _sound(page, "short page, after a message")
    for show in ("victims", "messages", "proposals", "program"):
        site.open(f"/what-we-sent?show={show}")
        _sound(page, f"what we sent, {show}")
    site.open("/what-we-sent?show=messages")
    page.get_by_role("link", name="Take it back").click()
    _sound(page, "take a message back")
    _the_unit_answers_witness_care(site)


def _the_unit_answers_witness_care(site: Site) -> None:
    site.sign_in(Role.MANAGER)
    site.open("/tasks")
    site.page.get_by_role("link", name="Answer witness care").click()
    _sound(site.page, "answer witness care")
    site.page.get_by_role("link", name="Show what witness care sent").click()
    _sound(site.page, "why what witness care sent is needed")
    site.page.get_by_label("To answer witness care").check()
    site.page.get_by_role("button", name="Show it").click()
    _sound(site.page, "what witness care sent")


def test_the_short_page_of_a_sentence_that_is_due(site: Site) -> None:
    site.sign_in(Role.WITNESS_CARE)
    reference = _first_referral(site)
    for end in ("", "/not-ours", "/already-sent"):
        site.open(f"/witness-care/{reference}{end}")
        _sound(site.page, f"short page{end}")
    site.open(f"/referrals/{reference}/victims/new")
    site.page.get_by_label("Full name").fill("Nia Draft")
    site.page.get_by_role("button", name="Save and come back later").click()
    _sound(site.page, "short page with a draft")
    site.page.get_by_role("link", name="Go on with it").click()
    _sound(site.page, "a draft taken up again")


def test_the_question_whether_somebody_is_known(site: Site) -> None:
    reference = _add_victim(site)
    _add_victim(site)
    _sound(site.page, "is this somebody we know")
    site.page.get_by_role("button", name="Continue").click()
    _sound(site.page, "is this somebody we know, wrong")
    site.page.get_by_label("I cannot tell").check()
    site.page.get_by_role("button", name="Continue").click()
    site.sign_in(Role.MANAGER)
    site.open("/tasks")
    site.page.get_by_role("link", name="Is this somebody we know?").first.click()
    _sound(site.page, "task: is this somebody we know")
    site.open(f"/referrals/{reference}")
    site.page.get_by_role("link", name=re.compile("Same as somebody")).first.click()
    _sound(site.page, "same person")


def test_the_pages_of_a_proposal_that_nobody_can_be_referred(site: Site) -> None:
    site.sign_in(Role.WITNESS_CARE)
    reference = _first_referral(site)
    site.open(f"/referrals/{reference}/no-victim")
    site.page.get_by_role("button", name="Ask the unit").click()
    _sound(site.page, "no victim, wrong")
    site.page.get_by_label("There is no identifiable victim").check()
    site.page.get_by_label("How do you know?").fill("The officer in the case says so.")
    site.page.get_by_role("button", name="Ask the unit").click()
    _sound(site.page, "referral with a proposal")
    site.open("/")
    _sound(site.page, "worklist with a proposal")
    site.sign_in(Role.MANAGER)
    site.open("/tasks")
    site.page.get_by_role("link", name="Decide whether there is nobody to refer").click()
    _sound(site.page, "task about a proposal")
    site.page.get_by_label("Yes: close the referral").check()
    site.page.get_by_label("Why?").fill("The file names nobody.")
    site.page.get_by_role("button", name="Keep this answer").click()
    site.open(f"/referrals/{reference}")
    _sound(site.page, "referral closed by the unit")
    site.page.get_by_role("button", name="Open again").click()
    _sound(site.page, "open again")
    site.page.get_by_label("Why should it be opened again?").fill("A victim has called us.")
    site.page.get_by_role("button", name="Open the referral again").click()
    _sound(site.page, "referral opened again")


def test_the_pages_of_an_officer_and_a_manager(site: Site) -> None:
    reference = _add_victim(site)
    site.sign_in(Role.MANAGER)
    for path in (
        "/ledger",
        "/ledger?by=week",
        "/ledger/rows?state=referred",
        "/?show=all",
        "/?show=closed",
        "/?show=all&sort=-case",
        f"/referrals/{reference}/assign",
        f"/referrals/{reference}/decision",
        "/tasks",
    ):
        site.open(path)
        _sound(site.page, path.replace(reference, "reference"))
    site.page.get_by_role("link", name=re.compile("Decide")).first.click()
    _sound(site.page, "a task")
    site.open(f"/referrals/{reference}")
    _sound(site.page, "referral with a victim")
    at = _victim_address(site)
    for end in ("address", "preferences", "never", "contact", "choice", "note", "letter"):
        site.open(f"{at}/{end}")
        _sound(site.page, f"victim {end}")
    site.open(f"{at}/address")
    site.page.get_by_label("To prepare a letter").check()
    site.page.get_by_role("button", name="Show address").click()
    _sound(site.page, "address shown")
    _changed_in_the_meantime(site)
    _sound(site.page, "both changes")
    site.open(f"{at}/letter")
    site.page.get_by_label("English", exact=True).check()
    site.page.get_by_role("button", name="Draft the letter").click()
    _sound(site.page, "letter that lacks facts")
    site.page.get_by_label("To check it before it is approved").check()
    site.page.get_by_role("button", name="Show the letter").click()
    _sound(site.page, "letter looked at")


def test_a_referral_is_printed_on_two_pages(site: Site) -> None:
    reference = _add_victim(site)
    site.sign_in(Role.MANAGER)
    site.open(f"/referrals/{reference}")
    printed = site.page.pdf(prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", printed)) <= 2


def test_the_pages_of_an_address_that_may_be_the_courts(site: Site) -> None:
    reference = _add_victim(site)
    site.sign_in(Role.MANAGER)
    site.open(f"/referrals/{reference}")
    site.open(f"{_victim_address(site)}/address")
    page = site.page
    page.get_by_label("To prepare a letter").check()
    page.get_by_role("button", name="Show address").click()
    page.locator("[name=address_lines]").fill("1 Example Street")
    page.locator("[name=postcode]").fill("EX1 1EX")
    page.get_by_role("button", name="Keep the changes").click()
    site.open("/tasks")
    page.get_by_role("link", name=re.compile("address")).first.click()
    _sound(page, "a task about an address")
    page.get_by_role("link", name="Show both addresses").click()
    _sound(page, "why both addresses")
    page.get_by_label("To decide whether they are the same place").check()
    page.get_by_role("button", name="Show both addresses").click()
    _sound(page, "both addresses")


def _changed_in_the_meantime(site: Site) -> None:
    """Save the details that are open, then save an older copy of the same page."""
    older, page = site.page.context.new_page(), site.page
    older.goto(page.url)
    older.get_by_label("To prepare a letter").check()
    older.get_by_role("button", name="Show address").click()
    for tab, phone in ((older, "0113 496 0001"), (page, "0113 496 0002")):
        tab.get_by_label("Telephone number").fill(phone)
        tab.get_by_role("button", name="Keep the changes").click()
    older.close()


def test_the_pages_of_a_sentence_that_was_not_referred(site: Site) -> None:
    site.sign_in(Role.MANAGER)
    site.open("/sentences")
    _sound(site.page, "find a sentence")
    site.page.get_by_label("Case reference").fill("13EX0000426")
    site.page.get_by_role("button", name="Find").click()
    _sound(site.page, "sentences of a case")
    site.page.get_by_role("link", name="Short Sample").click()
    _sound(site.page, "sentence")
    site.page.get_by_role("button", name="Offer contact at discretion").click()
    _sound(site.page, "offer contact")
    site.page.get_by_role("button", name="Offer contact").click()
    _sound(site.page, "offer contact, wrong")
    site.page.get_by_label("The police").check()
    site.page.get_by_label("Why is contact offered?").fill("The officer in the case asked.")
    site.page.get_by_label("Yes, I have looked at it again").check()
    site.page.get_by_role("button", name="Offer contact").click()
    _sound(site.page, "referral offered at discretion")
    site.open("/sentences")
    site.page.get_by_label("Case reference").fill("13EX0000426")
    site.page.get_by_role("button", name="Find").click()
    site.page.get_by_role("link", name="Short Sample").click()
    _sound(site.page, "sentence that was offered contact")


def test_the_pages_of_an_administrator(site: Site) -> None:
    site.sign_in(Role.ADMINISTRATOR)
    for path in (
        "/",
        "/ledger?by=court",
        "/ledger/rows",
        "/feeds",
        "/set-aside",
        "/accounts",
        "/accounts/new",
        "/clients",
        "/clients/new",
        "/units",
        "/units/N55",
    ):
        site.open(path)
        _sound(site.page, f"administrator {path}")
    _the_pages_of_a_message_set_aside(site)
    site.open("/clients/new")
    site.page.get_by_label("Name of the system").fill("Example court system")
    site.page.get_by_label("A court system").check()
    site.page.get_by_role("button", name="Add the client").click()
    _sound(site.page, "secret shown once")


def _the_pages_of_a_message_set_aside(site: Site) -> None:
    site.open("/set-aside")
    site.page.locator("tbody a").last.click()
    _sound(site.page, "a message set aside")
    message = site.page.url
    site.page.get_by_role("button", name="Enter what the message says").click()
    _sound(site.page, "a message read by hand")
    site.page.get_by_role("button", name="Continue").click()
    _sound(site.page, "a message read by hand, with errors")
    site.page.goto(message)
    site.page.get_by_role("button", name="Dismiss the message").click()
    _sound(site.page, "a message dismissed without a reason")
    site.page.get_by_label("To read it by hand").check()
    site.page.get_by_role("button", name="Show the message").click()
    _sound(site.page, "a message shown")
    site.page.get_by_role("link", name="Back").click()
    site.page.get_by_label("It holds nothing for us").check()
    site.page.get_by_label("What you found").fill("It was a test of the court's system.")
    site.page.get_by_role("button", name="Dismiss the message").click()
    _sound(site.page, "messages set aside after one was dismissed")
    site.page.get_by_role("link", name="See those dismissed").click()
    _sound(site.page, "messages dismissed")
    site.page.locator("tbody a").last.click()
    _sound(site.page, "a message dismissed")


def test_the_feeds_and_the_ledger_once_they_were_looked_over(
    site: Site, tmp_path: Path, clock: MovableClock
) -> None:
    clock.minutes(10)
    runs.tick(settings_in(tmp_path), now=clock.now)
    site.sign_in(Role.ADMINISTRATOR)
    for path, words in (("/feeds", "ZZ99999"), ("/ledger", "The ledger closed")):
        site.open(path)
        assert words in site.page.inner_text("main")
        _sound(site.page, f"{path} looked over")


def test_the_pages_of_early_referrals(site: Site, furniture: tuple[Path, Secrets]) -> None:
    api = site.page.request
    client = basic(*furniture[1].clients[ClientKind.WITNESS_CARE])
    grant: dict[str, str | float | bool] = {"grant_type": "client_credentials"}
    token = api.post(f"{site.base}/oauth2/token", form=grant, headers=client).json()
    bearer = {"Authorization": f"Bearer {token['access_token']}"}
    for offender in ("Somebody Else", "Nobody Known"):
        asked = referral(offender={"name": offender})
        assert api.post(f"{site.base}/referrals", data=asked, headers=bearer).status == 202
    site.sign_in(Role.MANAGER)
    site.open("/early-referrals")
    while site.page.get_by_role("link", name="A person is asked").count() < 2:
        site.open("/early-referrals")
    _sound(site.page, "early referrals")
    site.page.get_by_role("link", name="A person is asked").first.click()
    _sound(site.page, "a referral to match")
    site.open("/early-referrals")
    site.page.locator("tbody a").first.click()
    _sound(site.page, "why what was sent is needed")
    site.page.get_by_label("To find the sentence").check()
    site.page.get_by_role("button", name="Show it").click()
    _sound(site.page, "what was sent")


def _sound(page: Page, name: str, *, contrast: bool = True) -> None:
    """Check a page as it stands at both sizes, and keep its picture where a folder is named.

    Colours are the same at every size, and the same in the law of every day.
    """
    page.wait_for_load_state("load")
    for size, viewport in SIZES.items():
        page.set_viewport_size(viewport)  # type: ignore[arg-type]  # a width and a height
        _picture(page, f"{name} {size}")
        found = accessibility_problems(page, contrast=contrast and size == "1280")
        assert found == [], f"{name} at {size}"
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= viewport["width"], f"{name} is {wide} wide at {size}"
    page.set_viewport_size(SIZES["1280"])  # type: ignore[arg-type]  # as above


def _picture(page: Page, name: str) -> None:
    folder = os.environ.get("VCS_TEST_PICTURES")
    if folder:
        file = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
        page.screenshot(path=Path(folder) / f"{file}.png", full_page=True)


def _first_referral(site: Site) -> str:
    site.open("/")
    href = site.page.locator("tbody a").first.get_attribute("href") or ""
    return href.rsplit("/", 1)[1]


def _add_victim(site: Site) -> str:
    site.sign_in(Role.WITNESS_CARE)
    reference = _first_referral(site)
    site.open(f"/referrals/{reference}/victims/new")
    page = site.page
    page.get_by_label("Full name").fill("Nia Example")
    page.get_by_label("The victim", exact=True).check()
    page.get_by_role("group", name="Is it safe to write").get_by_label("Not known yet").check()
    page.get_by_label("English", exact=True).check()
    page.get_by_role("button", name="Continue").click()
    _sound(page, "check your answers")
    page.get_by_role("button", name="Add and refer").click()
    return reference


def _victim_address(site: Site) -> str:
    href = site.page.get_by_role("link", name=re.compile("Show address")).get_attribute("href")
    assert href
    return href.rsplit("/", 1)[0]
