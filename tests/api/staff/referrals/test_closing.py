"""Nobody to refer, on the pages: one person proposes, another decides, a manager opens again."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from tests.api.office import PASSWORD, Office, Visitor, email_of, sentencing
from vcs.terms import Role

WAITS = "proposes: no identifiable victim. The unit has not decided."


def propose(person: Visitor, reference: str, **answers: str) -> Any:
    given = {"reason": "no_identifiable_victim", "words": "The officer in the case says so."}
    return person.fill(f"/referrals/{reference}/no-victim", **(given | answers))


def task_at(office: Office) -> str:
    page = office.person(Role.MANAGER).get("/tasks").text
    found = re.search(r'href="(/tasks/VCS-[0-9A-Z-]+)">Decide whether there is nobody', page)
    assert found, "no task about a proposal"
    return found[1]


def second_manager(office: Office) -> Visitor:
    office.person(Role.ADMINISTRATOR).fill(
        "/accounts/new", name="Second Manager", email="second@example.org", role="manager",
        region_code="N55", password=PASSWORD,
    )  # fmt: skip
    visitor = office.visitor()
    visitor.sign_in("second@example.org")
    return visitor


def unaccounted(person: Visitor) -> int:
    found = re.search(r'app-headline-number">(\d+)<', person.get("/").text)
    assert found
    return int(found[1])


def plain(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_witness_care_proposes_and_page_and_worklist_say_that_nothing_is_decided(
    office: Office,
) -> None:
    reference = office.referral()
    witness_care = office.person(Role.WITNESS_CARE)
    assert propose(witness_care, reference).status_code == 303
    for role in (Role.WITNESS_CARE, Role.VLO, Role.MANAGER):
        person = office.person(role)
        assert f"Witness care {WAITS}" in plain(person.get(f"/referrals/{reference}").text)
        assert f"Witness care {WAITS}" in plain(person.get("/?show=open").text)
        assert unaccounted(person) == 1
    page = witness_care.get(f"/referrals/{reference}").text
    assert "Waiting for the victim" in page
    assert "No victim to refer</a>" not in page
    office.clock.move_to(date(2026, 3, 17))
    witness_care.sign_in(email_of(Role.WITNESS_CARE))
    assert "(1 working day overdue)" in plain(witness_care.get("/").text)


def test_a_manager_confirms_on_the_task_and_another_opens_it_again(office: Office) -> None:
    reference = office.referral()
    propose(office.person(Role.WITNESS_CARE), reference)
    manager, at = office.person(Role.MANAGER), task_at(office)
    assert "The officer in the case says so." in manager.get(at).text
    assert manager.fill(at, answer="confirmed").status_code == 422
    answer = manager.fill(at, answer="confirmed", words="The file names nobody.")
    assert answer.status_code == 303
    page = plain(manager.get(f"/referrals/{reference}").text)
    assert "There is no identifiable victim" in page
    assert "The file names nobody." in page
    assert unaccounted(manager) == 0

    office.clock.move_to(date(2026, 3, 20))
    other = second_manager(office)
    assert "Open again" in other.get(f"/referrals/{reference}").text
    at = f"/referrals/{reference}/reopen"
    assert other.fill(at).status_code == 422
    assert other.fill(at, why="A victim has called us.").status_code == 303
    page = plain(other.get(f"/referrals/{reference}").text)
    assert "Opened again by Second Manager" in page
    assert "It had been closed: There is no identifiable victim" in page
    assert "A victim has called us." in page
    assert "overdue)" in page
    assert unaccounted(other) == 1


def test_a_manager_cannot_confirm_what_they_proposed_and_a_second_one_can(
    office: Office,
) -> None:
    reference = office.referral()
    manager = office.person(Role.MANAGER)
    assert propose(manager, reference).status_code == 303
    assert f"A manager {WAITS}" in plain(manager.get(f"/referrals/{reference}").text)
    at = task_at(office)
    assert "another manager must confirm it" in manager.get(at).text
    answer = manager.fill(at, answer="confirmed", words="I know.")
    assert answer.status_code == 422
    assert "another manager must confirm it" in answer.text
    assert unaccounted(manager) == 1
    second = second_manager(office)
    assert f'href="{at}"' in second.get("/today").text, "one click from their Today"
    assert at not in manager.get("/today").text, "nobody is a second person to themself"
    assert second.fill(at, answer="confirmed", words="Yes.").status_code == 303
    assert at not in second.get("/today").text
    assert "Closed" in manager.get(f"/referrals/{reference}").text


def test_witness_care_sees_why_the_unit_does_not_agree_and_may_go_on(office: Office) -> None:
    reference = office.referral()
    witness_care = office.person(Role.WITNESS_CARE)
    propose(witness_care, reference)
    manager = office.person(Role.MANAGER)
    manager.fill(task_at(office), answer="refused", words="The indictment names one.")
    page = witness_care.get(f"/referrals/{reference}").text
    assert "The unit did not agree." in page
    assert "The indictment names one." in page
    assert "No victim to refer</a>" in page
    assert "has not decided" not in witness_care.get("/").text
    assert unaccounted(witness_care) == 1


def test_a_refusal_is_closed_by_a_manager_who_has_read_what_the_victim_said(
    office: Office,
) -> None:
    reference = office.referral()
    witness_care, manager = office.person(Role.WITNESS_CARE), office.person(Role.MANAGER)
    today = office.clock.today()
    said = {
        **{"refused_on-day": str(today.day), "refused_on-month": str(today.month)},
        **{"refused_on-year": str(today.year), "how": "by phone"},
        **{"told_by": "Sam Example, witness care", "words": "She wants no letters from us."},
    }
    assert witness_care.fill(f"/referrals/{reference}/refused", **said).status_code == 303
    page = plain(witness_care.get(f"/witness-care/{reference}").text)
    assert "does not want to be referred. The unit has not decided." in page
    assert (unaccounted(witness_care), unaccounted(manager)) == (1, 1)
    at = task_at(office)
    page = plain(manager.get(at).text)
    assert "She wants no letters from us." in page
    assert "Sam Example, witness care" in page
    assert manager.fill(at, answer="confirmed", words="I rang her.").status_code == 303
    page = plain(manager.get(f"/referrals/{reference}").text)
    assert page.count("She wants no letters from us.") == 1
    assert (unaccounted(manager), "I rang her." in page) == (0, True)


def test_a_proposal_says_how_it_is_known(office: Office) -> None:
    reference = office.referral()
    answer = propose(office.person(Role.WITNESS_CARE), reference, words="")
    assert answer.status_code == 422
    assert "Enter how you know" in answer.text


def test_the_same_form_sent_twice_proposes_once(office: Office) -> None:
    reference = office.referral()
    witness_care, at = office.person(Role.WITNESS_CARE), f"/referrals/{reference}/no-victim"
    form = witness_care.hidden(at) | {"reason": "no_identifiable_victim", "words": "Nobody."}
    assert [witness_care.post(at, form).status_code for _ in range(2)] == [303, 303]
    assert witness_care.fill(at, reason="no_identifiable_victim", words="Gone.").status_code == 409


@pytest.mark.parametrize("role", [Role.WITNESS_CARE, Role.VLO, Role.ADMINISTRATOR])
def test_only_a_manager_opens_again(office: Office, role: Role) -> None:
    reference = office.referral()
    propose(office.person(Role.WITNESS_CARE), reference)
    office.person(Role.MANAGER).fill(task_at(office), answer="confirmed", words="Yes.")
    person = office.person(role)
    assert person.get(f"/referrals/{reference}/reopen").status_code == 403
    if role is not Role.ADMINISTRATOR:
        assert "Open again" not in person.get(f"/referrals/{reference}").text


def test_a_referral_that_is_not_owed_after_all_shows_nothing_overdue(office: Office) -> None:
    reference = office.referral()
    office.tell(sentencing(office.clock.today(), term="8 Months", shared_at="17:30:00"))
    manager = office.person(Role.MANAGER)
    found = re.search(r"/tasks/VCS-[0-9A-Z-]+", manager.get("/tasks").text)
    assert found
    assert manager.fill(found[0], outcome="not_eligible", note="Cut.").status_code == 303
    second = second_manager(office)
    assert second.fill(found[0], outcome="not_eligible", note="So it is.").status_code == 303
    office.clock.move_to(date(2026, 5, 1))
    manager.sign_in(email_of(Role.MANAGER))
    page = plain(manager.get(f"/referrals/{reference}").text)
    assert "No longer owed since" in page
    assert "overdue" not in page
