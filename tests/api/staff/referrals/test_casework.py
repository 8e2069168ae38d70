"""What staff do on the pages besides letters: deciding, closing, contact, accounts, clients."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest

from api.example.messages import as_bytes
from api.example.shapes import as_copy
from tests.api.office import PASSWORD, VICTIM, Office, basic, email_of, sentencing
from vcs.terms import Role


def first_task(office: Office) -> str:
    found = re.search(r"/tasks/VCS-[0-9A-Z-]+", office.person(Role.MANAGER).get("/tasks").text)
    assert found, "no task"
    return found[0]


def test_a_question_that_the_law_leaves_open_is_decided_by_a_manager(office: Office) -> None:
    office.tell(sentencing(office.clock.today(), code="ZZ99999"))
    manager, at = office.person(Role.MANAGER), first_task(office)
    assert manager.fill(at, outcome="statutory").status_code == 422
    answer = manager.fill(at, outcome="statutory", note="The court's file says wounding.")
    assert answer.status_code == 303
    assert office.first_referral()
    assert at not in manager.get("/tasks").text


def test_a_decision_made_from_a_copy_says_so_on_its_card(office: Office) -> None:
    copied = as_copy(json.loads(sentencing(office.clock.today())))
    office.tell(as_bytes(copied))
    page = office.person(Role.MANAGER).get(f"/referrals/{office.first_referral()}").text
    assert "Lower confidence" in page
    assert "Check the court register" in page


def test_a_decision_made_from_the_courts_own_message_says_nothing_of_confidence(
    office: Office,
) -> None:
    page = office.person(Role.MANAGER).get(f"/referrals/{office.referral()}").text
    assert "confidence" not in page


def test_an_outcome_that_was_not_offered_cannot_be_decided(office: Office) -> None:
    office.tell(sentencing(office.clock.today(), code="ZZ99999"))
    answer = office.person(Role.MANAGER).fill(first_task(office), outcome="maybe", note="x")
    assert answer.status_code == 422


def test_the_worklist_counts_what_is_not_accounted_for(office: Office) -> None:
    witness_care = office.person(Role.WITNESS_CARE)
    assert _headline(witness_care.get("/").text) == 0
    reference = office.referral()
    assert _headline(witness_care.get("/").text) == 1
    witness_care.fill(f"/referrals/{reference}/victims/new", **VICTIM)
    assert _headline(witness_care.get("/").text) == 0


def _headline(page: str) -> int:
    found = re.search(r'app-headline-number">(\d+)<', page)
    assert found
    return int(found[1])


def test_an_overdue_referral_says_by_how_much_on_the_day_after(office: Office) -> None:
    office.referral()
    person = office.person(Role.WITNESS_CARE)
    for day, words in (
        (date(2026, 3, 13), "(1 working day left)"),
        (date(2026, 3, 16), "(due today)"),
        (date(2026, 3, 17), "(1 working day overdue)"),
    ):
        office.clock.move_to(day)
        person.sign_in(email_of(Role.WITNESS_CARE))
        assert words in re.sub(r"\s+", " ", person.get("/").text), day


def test_first_contact_and_choice_are_recorded(office: Office) -> None:
    reference, victim = office.referral_with_victim()
    officer, at = office.person(Role.VLO), f"/referrals/{reference}/victims/{victim}"
    on = {"day": "2", "month": "3", "year": "2026"}
    contact = {f"happened_on-{part}": number for part, number in on.items()}
    asked = {"how": "by phone", "reached": "yes", "spoke_to": "Herself"} | contact
    assert officer.fill(f"{at}/contact", **asked).status_code == 303
    choice = {f"chosen_on-{part}": number for part, number in on.items()}
    answer = officer.fill(f"{at}/choice", choice="opt_in", how="by phone", **choice)
    assert answer.status_code == 303
    assert "Wants contact" in officer.get(f"/referrals/{reference}").text


def test_days_that_cannot_be_are_refused(office: Office) -> None:
    reference, victim = office.referral_with_victim()
    officer, at = office.person(Role.VLO), f"/referrals/{reference}/victims/{victim}/contact"
    for day, month, year in (
        ("31", "2", "2026"),
        ("1", "1", "9999"),
        ("0", "0", "0"),
        ("٣", "3", "2026"),
        ("1" * 5000, "1", "2026"),
        ("3", "3", "2026"),
        ("", "3", ""),
    ):
        typed = {"happened_on-day": day, "happened_on-month": month, "happened_on-year": year}
        asked = {"how": "by phone", "reached": "yes", "spoke_to": "Herself"} | typed
        assert officer.fill(at, **asked).status_code == 422, (day, month, year)


@pytest.mark.parametrize(
    "boxes",
    [("20", "3", "2026"), ("20", "Mar", "26"), ("20/03/26", "", ""), ("20 March", "", "")],
)
def test_days_are_read_as_people_write_them_in_any_form(
    office: Office, boxes: tuple[str, str, str]
) -> None:
    office.clock.move_to(date(2026, 3, 20))  # a Friday
    reference, victim = office.referral_with_victim()
    officer, at = office.person(Role.VLO), f"/referrals/{reference}/victims/{victim}/contact"
    names = ("happened_on-day", "happened_on-month", "happened_on-year")
    asked = {"how": "by phone", "reached": "yes", "spoke_to": "Herself"}
    answer = officer.fill(at, **asked, **dict(zip(names, boxes, strict=True)))
    assert answer.status_code == 303, answer.text
    assert "20 Mar 2026" in officer.get(f"/referrals/{reference}").text


def test_a_victim_of_one_referral_is_not_found_under_another(office: Office) -> None:
    reference, victim = office.referral_with_victim()
    officer = office.person(Role.VLO)
    assert officer.get(f"/referrals/{reference}/victims/{victim}/contact").status_code == 200
    assert officer.get(f"/referrals/VCS-0000-0000/victims/{victim}/contact").status_code == 404


def test_an_account_is_added_signs_in_and_is_disabled(office: Office) -> None:
    admin = office.person(Role.ADMINISTRATOR)
    answer = admin.fill(
        "/accounts/new",
        name="New Person",
        email="new@example.org",
        role="vlo",
        region_code="N55",
        password=PASSWORD,
    )
    assert answer.status_code == 303, answer.text
    newcomer = office.visitor()
    newcomer.sign_in("new@example.org")
    page = admin.get("/accounts").text
    found = re.search(r'/accounts/(\d+)/disable">(?:(?!</a>).)*New Person', page, re.DOTALL)
    assert found
    answer = admin.fill(f"/accounts/{found[1]}/disable")
    assert answer.status_code == 303
    assert newcomer.get("/").status_code == 303


def test_a_password_that_is_too_short_is_refused_and_not_shown(office: Office) -> None:
    answer = office.person(Role.ADMINISTRATOR).fill(
        "/accounts/new", name="A", email="a@example.org", role="administrator", password="abc-1"
    )
    assert answer.status_code == 422
    assert "abc-1" not in answer.text


def test_a_clients_secret_is_shown_once_and_works(office: Office) -> None:
    admin = office.person(Role.ADMINISTRATOR)
    page = admin.fill("/clients/new", name="Example court system", kind="court").text
    secret = re.search(r"(?<![\w-])([\w-]{43})(?![\w-])", page.split("Client secret")[1])
    client_id = re.search(r"client-[0-9a-f]{16}", page)
    assert secret
    assert client_id
    assert secret[1] not in admin.get("/clients").text
    grant = {"grant_type": "client_credentials"}
    headers = basic(client_id[0], secret[1])
    assert office.client.post("/oauth2/token", data=grant, headers=headers).status_code == 200
    assert admin.fill(f"/clients/{client_id[0]}/disable").status_code == 303
    assert office.client.post("/oauth2/token", data=grant, headers=headers).status_code == 401


def test_how_letters_name_a_unit_can_be_set(office: Office) -> None:
    admin = office.person(Role.ADMINISTRATOR)
    answer = admin.fill("/units/N07", name="London VLU", email="vlu.london@example.org")
    assert answer.status_code == 303
    assert "London VLU" in admin.get("/units").text
    assert admin.get("/units/N99").status_code == 404


def test_nothing_of_a_victim_is_in_any_address(office: Office) -> None:
    reference, _ = office.referral_with_victim()
    page = office.person(Role.VLO).get(f"/referrals/{reference}").text
    for link in re.findall(r'href="([^"]+)"', page):
        assert VICTIM["name"].split()[0] not in link


def test_a_referral_whose_officer_was_disabled_is_a_task_that_assigning_another_closes(
    office: Office,
) -> None:
    reference, manager = office.referral(), office.person(Role.MANAGER)
    page = manager.get(f"/referrals/{reference}/assign").text
    vera = re.search(r'value="(\d+)"(?:(?!value=).)*Vera Liaison', page, re.DOTALL)
    assert vera, "the officer is not offered"
    assigned = manager.fill(f"/referrals/{reference}/assign", vlo_account_id=vera[1])
    assert assigned.status_code == 303
    admin = office.person(Role.ADMINISTRATOR)
    admin.fill(f"/accounts/{vera[1]}/disable")
    tasks = manager.get("/tasks").text
    assert f"Referral {reference} needs an officer" in tasks
    found = re.search(r"/tasks/(VCS-[0-9A-Z-]+)", tasks)
    assert found
    assert f'href="/referrals/{reference}"' in manager.get(f"/tasks/{found[1]}").text
    assert "another officer is needed" in manager.get(f"/referrals/{reference}").text
    assert "Vera Liaison" not in manager.get(f"/referrals/{reference}/assign").text
