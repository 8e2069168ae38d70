"""The search box on every page, what it finds, and what it asks first about victims."""

from __future__ import annotations

import re
from typing import Any

import pytest
from sqlmodel import col, select

from api.guards.routes import TABLE
from tests.api.office import VICTIM, Office, sentencing
from tests.api.test_access import address
from vcs.access.records import AuditEntry
from vcs.search import keep
from vcs.search.victims import REASONS
from vcs.terms import Role

REASON = "they called or wrote to us"

STAFF = (Role.WITNESS_CARE, Role.VLO, Role.MANAGER)


def listed(office: Office) -> None:
    door = office.app.state.door
    with door.db.writing() as session:
        keep.list_names(session, door.sealer, 500)


def notes(office: Office, event: str) -> list[tuple[str, str]]:
    with office.app.state.door.db.reading() as session:
        query = select(AuditEntry.subject, AuditEntry.detail).where(col(AuditEntry.event) == event)
        return list(session.exec(query))


def search(office: Office, role: Role, text: str) -> Any:
    return office.person(role).fill("/search", q=text)


def people(office: Office, role: Role, text: str, reason: str = REASON) -> Any:
    return office.person(role).fill("/search/victims", q=text, reason=reason)


@pytest.mark.parametrize("role", STAFF)
def test_every_page_has_the_box_and_sends_nothing_in_an_address(office: Office, role: Role) -> None:
    office.referral()
    listed(office)
    person = office.person(role)
    page = person.get("/").text
    box = re.search(r"<search.*?</search>", page, re.DOTALL)
    assert box
    assert 'method="post"' in box[0]
    assert "<label" in box[0]
    csrf = person.hidden("/")["csrf"]
    answer = person.post("/search", {"csrf": csrf, "q": "Colin Madup"})
    assert answer.status_code == 200
    assert "Colin Madeup" in answer.text
    assert "location" not in answer.headers


def test_an_administrator_has_no_box_and_finds_nothing(office: Office) -> None:
    admin = office.person(Role.ADMINISTRATOR)
    assert "<search" not in admin.get("/").text
    assert admin.post("/search", {"csrf": admin.hidden("/")["csrf"], "q": "x"}).status_code == 403


def test_a_misspelt_name_leads_to_the_referral(office: Office) -> None:
    reference = office.referral()
    listed(office)
    page = search(office, Role.VLO, "Collin Madeap").text
    assert f'href="/referrals/{reference}"' in page
    assert "Referral awaited" in page


@pytest.mark.parametrize("text", ["LS1 3AB", "1 Made Up Lane", "0113 496 0000", "n@example.org"])
def test_an_address_is_refused_in_words_and_finds_nobody(office: Office, text: str) -> None:
    office.referral_with_victim()
    answer = search(office, Role.MANAGER, text)
    assert answer.status_code == 422
    assert "This looks like an address" in answer.text
    again = people(office, Role.MANAGER, text)
    assert again.status_code == 422
    assert "Nia Example" not in again.text


def test_a_victims_name_shows_nobody_until_a_reason_is_recorded(office: Office) -> None:
    reference, victim = office.referral_with_victim()
    page = search(office, Role.VLO, "Nia Example").text
    assert "Nothing found" in page
    assert "Is it a victim’s name?" in page
    assert victim not in page
    refused = people(office, Role.VLO, "Nia Example", "")
    assert refused.status_code == 422
    assert "Nia Example" not in refused.text.replace('value="Nia Example"', "")
    assert notes(office, "victim.searched") == []
    shown = people(office, Role.VLO, "Nia Example").text
    assert "Nia Example" in shown
    assert f'href="/referrals/{reference}"' in shown
    assert VICTIM["postcode"] not in shown
    assert [detail for _, detail in notes(office, "victim.searched")] == [REASON]
    assert notes(office, "victim.found_by_name") == [(reference, f"{victim}: {REASON}")]


@pytest.mark.parametrize(
    "text", ["Nia Exampel", "Niah Eksample", "Example", "Exampul", "N Example"]
)
def test_a_victim_is_found_however_the_name_is_spelt(office: Office, text: str) -> None:
    _, victim = office.referral_with_victim()
    assert victim in people(office, Role.WITNESS_CARE, text).text


@pytest.mark.parametrize("text", ["Mia Somebody", "Nia Else", "N"])
def test_another_name_finds_no_victim(office: Office, text: str) -> None:
    _, victim = office.referral_with_victim()
    assert victim not in people(office, Role.WITNESS_CARE, text).text


def test_a_name_that_was_searched_is_in_no_record(office: Office) -> None:
    office.referral_with_victim()
    people(office, Role.VLO, "Nia Canary")
    search(office, Role.VLO, "Nia Canary")
    with office.app.state.door.db.reading() as session:
        assert "Canary" not in repr(session.exec(select(AuditEntry)).all())


def test_a_victim_and_a_letter_are_found_by_their_references(office: Office) -> None:
    reference, victim = office.referral_with_victim()
    page = search(office, Role.VLO, victim).text
    assert f'href="/referrals/{reference}">{victim}' in page
    assert "Nia Example" not in page
    office.person(Role.MANAGER).fill(f"/referrals/{reference}/take")
    drafted = office.person(Role.VLO).fill(
        f"/referrals/{reference}/victims/{victim}/letter", language="en"
    )
    at = drafted.headers["location"].split("?")[0]
    assert f'href="{at}"' in search(office, Role.VLO, at.rpartition("/")[2]).text
    assert at not in search(office, Role.WITNESS_CARE, at.rpartition("/")[2]).text


def test_what_is_typed_is_shown_as_text(office: Office) -> None:
    page = search(office, Role.VLO, "<script>alert(a)</script>").text
    assert "<script>alert" not in page


def test_no_address_of_the_program_takes_a_search_in_its_query() -> None:
    assert [rule.path for rule in TABLE if "?" in address(rule)] == []
    assert set(REASONS)


def test_only_so_many_are_shown(office: Office) -> None:
    for n in range(1, 25):
        office.tell(sentencing(office.clock.today(), urn=f"13EX00{n:03}26"))
    listed(office)
    page = search(office, Role.MANAGER, "Colin Madeup").text
    assert "More than 20 found" in page
    assert "Narrow your search" in page
