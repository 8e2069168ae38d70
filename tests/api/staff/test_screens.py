"""What every screen must show: the headline number, what is urgent, which dates may still move."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta

import pytest

from api.public.search import search
from api.staff import words
from tests.api.office import Office, sentencing
from vcs.terms import Role

HEADLINE = "<strong>1</strong> eligible sentence not accounted for"

PAGES = [
    (Role.WITNESS_CARE, "/referrals/{reference}"),
    (Role.VLO, "/tasks"),
    (Role.MANAGER, "/ledger"),
    (Role.MANAGER, "/referrals/{reference}/refused"),
    (Role.MANAGER, "/referrals/VCS-NOPE"),
    (Role.WITNESS_CARE, "/ledger"),
    (Role.ADMINISTRATOR, "/set-aside"),
]


@pytest.mark.parametrize(("role", "path"), PAGES)
def test_the_headline_number_leads_every_signed_in_page(
    office: Office, role: Role, path: str
) -> None:
    reference = office.referral()
    assert HEADLINE in office.person(role).get(path.format(reference=reference)).text


def test_the_number_is_that_of_ones_own_region_and_nobody_elses(office: Office) -> None:
    office.tell(sentencing(office.clock.today(), court=("C01CE00", "Central Criminal Court")))
    assert "<strong>0</strong> eligible" in office.person(Role.MANAGER).get("/tasks").text
    assert HEADLINE in office.person(Role.ADMINISTRATOR).get("/feeds").text


def test_nobody_who_is_not_signed_in_learns_the_number(office: Office) -> None:
    office.referral()
    assert "not accounted for" not in office.visitor().get("/check").text


def with_days_on_remand(told: bytes, days: int) -> bytes:
    message = json.loads(told)
    count = message["hearing"]["prosecutionCases"][0]["defendants"][0]["offences"][0]
    prompt = {"promptReference": "numberOfDaysOnRemandToCount", "label": "Days", "value": str(days)}
    count["judicialResults"][0]["judicialResultPrompts"].append(prompt)
    return json.dumps(message).encode()


def test_a_sentence_that_is_nearly_served_is_urgent_on_list_and_page(office: Office) -> None:
    earlier = office.clock.today() - timedelta(days=7)
    office.tell(sentencing(earlier, last="Soonest", urn="13EX0000226"))
    office.tell(with_days_on_remand(sentencing(office.clock.today()), 400))
    manager = office.person(Role.MANAGER)
    first = manager.get("/").text
    assert first.count(words.URGENT[0]) == 1
    assert first.index("Release may come before the deadline") < first.index("Madeup")
    assert first.index("Madeup") < first.index("Soonest")
    page = manager.get(f"/referrals/{office.first_referral()}").text
    assert page.count("Urgent: 400 days on remand") == 1
    assert words.URGENT[0] in page


def test_a_date_past_the_official_bank_holidays_is_provisional_in_every_list(
    office: Office,
) -> None:
    office.clock.move_to(date(2028, 12, 20))
    office.referral()
    manager = office.person(Role.MANAGER)
    for path in ("/", "/ledger/rows"):
        assert ">Provisional<" in manager.get(path).text, path


def test_a_date_within_them_is_not(office: Office) -> None:
    office.referral()
    assert "Provisional" not in office.person(Role.MANAGER).get("/").text


def test_an_address_is_shown_in_lines_and_not_with_marks(office: Office) -> None:
    reference, victim = office.referral_with_victim()
    at = f"/referrals/{reference}/victims/{victim}/address"
    page = office.person(Role.VLO).fill(at, reason="to prepare a letter").text
    assert "1 Made Up Lane<br>Leeds" in page
    assert "&lt;br" not in page


def test_a_referral_shows_its_victims_before_the_reasons_of_the_law(office: Office) -> None:
    reference, victim = office.referral_with_victim()
    page = office.person(Role.VLO).get(f"/referrals/{reference}").text
    assert page.index(victim) < page.index("Was the offender convicted of this offence?")


def test_a_referral_whose_sentence_was_reduced_says_that_it_stands(office: Office) -> None:
    reference, _ = office.referral_with_victim()
    office.tell(sentencing(office.clock.today(), term="6 Months", shared_at="18:00:00"))
    page = office.person(Role.VLO).get(f"/referrals/{reference}").text
    assert "The referral stands until a person decides" in page
    assert "Eligible to Not eligible" in page


def test_a_task_names_its_case(office: Office) -> None:
    office.tell(sentencing(office.clock.today(), code="ZZ99999"))
    assert "case 13EX0000126" in office.person(Role.MANAGER).get("/tasks").text


def test_only_officers_are_offered_the_list_of_their_own(office: Office) -> None:
    offered = {role: "?show=mine" in office.person(role).get("/").text for role in Role}
    assert [role for role, shown in offered.items() if shown] == [Role.VLO]


@pytest.mark.parametrize("path", ["/rules?on=soon", "/check?sentence=imprisonment&months=x"])
def test_what_is_wrong_is_said_at_the_head_and_beside_the_field(office: Office, path: str) -> None:
    page = office.visitor().get(path).text
    assert "There is a problem" in page
    assert re.search(r"<title>\s*Error: ", page)


def test_a_day_in_a_reason_is_written_as_people_say_it() -> None:
    assert words.sentence("convicted on 2026-03-20") == "Convicted on 20 March 2026."
    assert words.sentence("case 2026-99-99, 12026-03-20") == "Case 2026-99-99, 12026-03-20."


def test_the_history_leaves_out_what_only_a_program_needs() -> None:
    assert words.detail("missed-43d70415b60307a80fd6e4fa4ef15681") == ""
    assert words.detail("statutory to not_eligible") == "Eligible to Not eligible"


@pytest.mark.parametrize(
    ("typed", "first", "missing"),
    [
        ("coercive control", "SC15004", "WC81014"),
        ("murdr", "COML025", "OF61131"),
    ],
)
def test_the_search_finds_what_is_meant_and_leaves_out_the_rest(
    typed: str, first: str, missing: str
) -> None:
    found = [row.code for row in search(typed).rows]
    assert found[0] == first
    assert missing not in found
