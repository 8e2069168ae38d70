"""The pages of what is done for people, in a real browser: axe finds nothing, nothing runs off."""

from __future__ import annotations

import re
from pathlib import Path

from sqlalchemy import text

from tests.api.conftest import settings_in
from tests.api.office import PASSWORD, email_of
from tests.pages.served import Site
from tests.pages.test_accessibility import _add_victim, _first_referral, _sound
from vcs.database import connect
from vcs.terms import Role


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
    _offered_to_another_region(site, tmp_path)


def _offered_to_another_region(site: Site, tmp_path: Path) -> None:
    page = site.page
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
    page.get_by_role("radio", name="Granted as asked").check()
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
