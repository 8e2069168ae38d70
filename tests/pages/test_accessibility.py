"""Every page in a real browser: axe finds nothing, and nothing runs off a narrow screen."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page
from sqlalchemy import text

from scheduler import runs
from tests.api.conftest import settings_in
from tests.api.office import PASSWORD, Secrets, basic, email_of
from tests.journeys.program import referral
from tests.pages.served import Site
from tests.services.chromium import accessibility_problems
from tests.services.clock import MovableClock
from vcs.access.records import ClientKind
from vcs.database import connect
from vcs.terms import Role

SIZES = {"1280": {"width": 1280, "height": 900}, "320": {"width": 320, "height": 700}}

Look = Callable[[str], None]


def test_the_pages_for_anyone(site: Site) -> None:
    for path in ("/sign-in", "/accessibility", "/cookies", "/guide/unit-manager", "/nothing/here"):
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
    site.page.get_by_label("English").check()
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


def test_the_pages_of_officers_who_are_away_and_are_given_referrals(site: Site) -> None:
    site.sign_in(Role.MANAGER)
    page = site.page
    site.open("/officers/give")
    _sound(page, "give referrals")
    page.get_by_role("button", name="Show who gets what").click()
    _sound(page, "give referrals, wrong")
    page.locator("[name=give]").first.check()
    page.get_by_label("Vera Liaison").check()
    page.get_by_role("button", name="Show who gets what").click()
    _sound(page, "who gets what")
    page.get_by_role("button", name="Give them").click()
    _sound(page, "referrals given")
    site.sign_in(Role.VLO)
    site.open("/officers/leave/new")
    _sound(page, "record leave")
    page.get_by_role("button", name="Record the leave").click()
    _sound(page, "record leave, wrong")
    for name in ("first_on", "last_on"):
        for part, typed in (("day", "20"), ("month", "3"), ("year", "2026")):
            page.locator(f"[name={name}-{part}]").fill(typed)
    page.get_by_label("No officer: the managers of the region").check()
    page.get_by_role("button", name="Record the leave").click()
    _sound(page, "officers, one away")
    for link in ("Change cover", "Back early"):
        site.open("/officers")
        page.get_by_role("link", name=re.compile(link)).click()
        _sound(page, link)
    site.open("/")
    _sound(page, "worklist of an officer who is away")
    page.locator("tbody a").first.click()
    _sound(page, "referral of an officer who is away")
    site.sign_in(Role.MANAGER)
    site.open("/officers")
    _sound(page, "officers with their workload")
    site.open("/?show=unassigned")
    _sound(page, "referrals without an officer at work")


def test_the_pages_of_a_transfer_and_of_a_trace(site: Site, tmp_path: Path) -> None:
    reference, page = _add_victim(site), site.page
    site.sign_in(Role.VLO)
    site.open("/tasks")
    _sound(page, "tasks of an officer")
    page.locator("tbody a").first.click()
    _sound(page, "a task that somebody else can answer")
    site.open(f"/referrals/{reference}/trace/step")
    page.get_by_role("button", name="Record the step").click()
    _sound(page, "a step of the trace, wrong")
    page.get_by_label("Prosecutor").check()
    page.get_by_label("It cannot be tried").check()
    page.locator("[name=words]").fill("The file was destroyed.")
    page.get_by_role("button", name="Record the step").click()
    _sound(page, "trace")
    site.sign_in(Role.MANAGER)
    site.open(f"/referrals/{reference}/transfer")
    page.get_by_role("button", name="Offer the referral").click()
    _sound(page, "offer to another region, wrong")
    page.locator("[name=to_region]").select_option("N03")
    page.locator("[name=note]").fill("She moved to Cardiff. Ring after four.")
    page.get_by_role("button", name="Offer the referral").click()
    _sound(page, "referral offered to another region")
    page.get_by_role("link", name="Withdraw the offer").click()
    _sound(page, "withdraw the offer")
    # The manager moves to the region that is asked, and sees what is offered to it.
    database = connect(settings_in(tmp_path))
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE account SET region_code = 'N03'"))
    site.sign_in(Role.MANAGER)
    site.open("/tasks")
    page.get_by_role("link", name="Another region offers a referral").click()
    _sound(page, "a referral offered by another region")
    page.get_by_label("Yes, we take it").check()
    page.get_by_role("button", name="Keep this answer").click()
    _sound(page, "a referral offered by another region, wrong")
    page.locator("[name=vlo_account_id]").select_option(label="Vera Liaison")
    page.get_by_role("button", name="Keep this answer").click()
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE account SET region_code = 'N55' WHERE role = 'vlo'"))
    database.close()
    site.sign_in(Role.VLO)
    site.open("/tasks")
    page.get_by_role("link", name="Introduce the new officer").click()
    _sound(page, "introduce the new officer")


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


def test_the_pages_of_needs(site: Site) -> None:
    reference = _add_victim(site)
    site.sign_in(Role.VLO)
    site.open(f"/referrals/{reference}")
    page = site.page
    page.get_by_role("link", name="Needs (").click()
    _sound(page, "needs, nothing asked")
    page.get_by_role("link", name="Record answers about safety").click()
    _sound(page, "ask about needs")
    page.get_by_role("button", name="Record the answers").click()
    _sound(page, "ask about needs, wrong")
    page.get_by_role("group", name="Do you feel safe").get_by_label("They said").check()
    page.get_by_label("Safety now: their words").fill("A cousin lives next door.")
    for part, number in (("day", "20"), ("month", "3"), ("year", "2026")):
        page.locator(f"[name=asked_on-{part}]").fill(number)
    page.get_by_label("By phone").check()
    page.get_by_role("button", name="Record the answers").click()
    page.get_by_role("link", name="Open an action about safety now").click()
    _sound(page, "open an action")
    page.get_by_label("What is needed?").fill("Afraid at night")
    page.get_by_label("What is to be done?").fill("Agree a code word with the police")
    for part, number in (("day", "27"), ("month", "3"), ("year", "2026")):
        page.locator(f"[name=due_on-{part}]").fill(number)
    page.get_by_role("button", name="Open the action").click()
    _sound(page, "needs with an answer and an action")
    page.get_by_role("link", name="the sheet for them").click()
    _sound(page, "what you said, what we did")
    site.open("/needs-actions")
    _sound(page, "actions about needs")
    page.get_by_role("link", name="Safety now").click()
    _sound(page, "close an action")
    page.goto(f"{page.url}/hand-over")
    _sound(page, "change who does it")


def test_the_pages_of_a_search(site: Site) -> None:
    _add_victim(site)
    site.sign_in(Role.VLO)
    page = site.page
    site.open("/search")
    _sound(page, "search")
    for typed in ("Colin Madeup", "Nobody Here", "x123456", "1 Made Up Lane", ""):
        site.open("/tasks")
        page.get_by_label("Find a reference or an offender").fill(typed)
        page.get_by_role("search").get_by_role("button", name="Search").click()
        _sound(page, f"search for {typed}")
    site.open("/search/victims")
    page.get_by_role("main").get_by_role("button", name="Search").click()
    _sound(page, "search for a victim, wrong")
    page.get_by_label("Name", exact=True).fill("Nia Example")
    page.get_by_label("They called or wrote to us").check()
    page.get_by_role("main").get_by_role("button", name="Search").click()
    _sound(page, "search for a victim")
    assert page.get_by_text("Nia Example").count()


def test_the_pages_of_ones_own_password(site: Site) -> None:
    site.sign_in(Role.VLO)
    site.page.get_by_role("link", name="Change password").click()
    _sound(site.page, "own password")
    site.page.get_by_role("button", name="Change the password").click()
    _sound(site.page, "own password, wrong")


def test_the_pages_of_a_form_that_comes_back(site: Site) -> None:
    site.sign_in(Role.WITNESS_CARE)
    reference, page = _first_referral(site), site.page
    site.open(f"/referrals/{reference}/victims/new")
    page.get_by_label("Full name").fill("Nia Example")
    page.context.clear_cookies()
    page.get_by_role("button", name="Continue").click()
    _sound(page, "signed out with something typed")
    page.get_by_label("Email address").fill(email_of(Role.WITNESS_CARE))
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    _sound(page, "a form that came back")
    assert page.get_by_label("Full name").input_value() == "Nia Example"


def test_the_pages_of_licence_conditions(site: Site) -> None:
    reference = _add_victim(site)
    site.sign_in(Role.MANAGER)
    site.open(f"/referrals/{reference}")
    page = site.page
    page.get_by_role("link", name="Licence conditions and statement").click()
    address = page.url
    _sound(page, "licence conditions, nothing asked")
    page.get_by_role("link", name="Ask for a condition").click()
    _sound(page, "ask for a condition")
    page.get_by_label("Keep away from a kind of place").check()
    page.get_by_label("Which place or area?").fill("The play areas")
    for part, number in (("day", "20"), ("month", "3"), ("year", "2026")):
        page.locator(f"[name=asked_on-{part}]").fill(number)
    page.get_by_role("button", name="Record it").click()
    _sound(page, "licence conditions")
    page.get_by_role("link", name="Record that it was sent").click()
    _sound(page, "sent to the offender manager")
    for part, number in (("day", "20"), ("month", "3"), ("year", "2026")):
        page.locator(f"[name=sent_on-{part}]").fill(number)
    page.get_by_role("button", name="Record it").click()
    page.get_by_role("link", name="Record the answer").click()
    _sound(page, "what was decided")
    page.get_by_label("Granted as asked").check()
    for part, number in (("day", "20"), ("month", "3"), ("year", "2026")):
        page.locator(f"[name=answered_on-{part}]").fill(number)
    page.get_by_role("button", name="Record it").click()
    page.get_by_role("link", name="Record that they were told").click()
    _sound(page, "told back")
    page.goto(f"{address}/sheet")
    _sound(page, "sheet for the offender manager")
    page.goto(address.replace("/conditions", "/statement"))
    _sound(page, "personal statement")


def test_the_pages_of_a_family(site: Site) -> None:
    reference = _add_victim(site)
    site.sign_in(Role.MANAGER)
    path = f"/referrals/{reference}/family"
    site.open(path)
    page = site.page
    _sound(page, "family of one")
    page.get_by_role("link", name="Record the date of birth").click()
    _sound(page, "date of birth")
    for part, number in (("day", "5"), ("month", "1"), ("year", "2010")):
        page.locator(f"[name=born_on-{part}]").fill(number)
    page.get_by_label("They said so").check()
    page.get_by_role("button", name="Record it").click()
    _sound(page, "family with a child")
    for ending in ("Say who speaks for this child", "Change who tells them", "They have died"):
        site.open(path)
        page.get_by_role("link", name=ending).click()
        _sound(page, f"family {ending}")
    page.get_by_label("How do you know?").fill("Their sister rang.")
    page.get_by_role("button", name="Record that they have died").click()
    _sound(page, "family, one has died")
    page.get_by_role("link", name="They have not died").click()
    _sound(page, "they have not died")
    site.open(f"{path}/lead")
    _sound(page, "agree a lead")


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
    page.get_by_label("English").check()
    page.get_by_role("button", name="Continue").click()
    _sound(page, "check your answers")
    page.get_by_role("button", name="Add and refer").click()
    return reference


def _victim_address(site: Site) -> str:
    href = site.page.get_by_role("link", name=re.compile("Show address")).get_attribute("href")
    assert href
    return href.rsplit("/", 1)[0]
