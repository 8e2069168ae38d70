"""Somebody who may be on record is asked about on the page, before anything is kept."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from sqlmodel import select

from tests.api.office import PASSWORD, VICTIM, Office, sentencing
from tests.api.staff.letters.visits import another_referral, begin, give_officer, victims
from vcs.access.accounts import AccountEntry, add_account
from vcs.referrals.records import Referral
from vcs.terms import Role
from vcs.victims.records import PersonRecord, Victim

_HIDDEN = re.compile(r'<input type="hidden" name="([\w-]+)" value="([^"]*)">')


def enter(office: Office, reference: str, **details: str) -> Any:
    at = f"/referrals/{reference}/victims/new"
    person = office.person(Role.WITNESS_CARE)
    sent = person.fill(at, **(VICTIM | details))
    # Who may be meant is asked at an address of its own, so that Back shows it again.
    asked = sent.headers.get("location", "").endswith("?who=yes")
    return person.get(sent.headers["location"]) if asked else sent


def answer(office: Office, reference: str, page: Any, choice: str) -> Any:
    hidden = {name: unescape(value) for name, value in _HIDDEN.findall(page.text)}
    at = f"/referrals/{reference}/victims/new"
    chosen = {"known": choice} if choice else {}
    return office.person(Role.WITNESS_CARE).post(at, hidden | chosen)


def held(office: Office) -> tuple[int, int]:
    """Return how many people and how many victims are on record."""
    with office.app.state.door.db.reading() as session:
        people, parts = session.exec(select(PersonRecord)), session.exec(select(Victim))
        return len(people.all()), len(parts.all())


def test_a_form_that_is_filled_in_twice_makes_one_person(office: Office) -> None:
    reference, victim = office.referral_with_victim()
    page = enter(office, reference, phone="0113 496 0099")
    assert "Is this somebody we know?" in page.text
    assert f"Nia Example, in referral {reference}: the same name, the same address" in page.text
    assert held(office) == (1, 1)
    done = answer(office, reference, page, victim)
    assert done.status_code == 303
    assert held(office) == (1, 1)
    back = office.person(Role.WITNESS_CARE).get(f"/referrals/{reference}/victims/new?who=yes")
    assert back.headers["location"].endswith("?done=answers-gone")
    shown = office.person(Role.VLO).fill(
        f"/referrals/{reference}/victims/{victim}/address", reason="to check the address"
    )
    assert "0113 496 0099" in shown.text


def test_without_an_answer_the_question_is_asked_again_and_nothing_is_lost(office: Office) -> None:
    reference, victim = office.referral_with_victim()
    day = {"address_confirmed_on-day": "1", "address_confirmed_on-month": "3"}
    page = enter(office, reference, **day, **{"address_confirmed_on-year": "2026"})
    again = answer(office, reference, page, "")
    assert again.status_code == 422
    assert "Select who it is" in again.text
    assert answer(office, reference, again, "somebody_else").status_code == 303
    assert held(office) == (2, 2)
    with office.app.state.door.db.reading() as session:
        newest = session.exec(select(PersonRecord).order_by("id")).all()[-1]
    assert str(newest.address_confirmed_on) == "2026-03-01"
    assert len(victims(office, reference)) == 2
    assert victim in victims(office, reference)


def test_who_cannot_tell_leaves_it_to_a_manager(office: Office) -> None:
    reference, _ = office.referral_with_victim()
    other = another_referral(office, last="Other", urn="13EX0000226")
    page = enter(office, other)
    assert answer(office, other, page, "not_sure").status_code == 303
    (victim,) = victims(office, other)
    give_officer(office, other)
    at = begin(office.person(Role.VLO), other, victim).headers["location"].partition("?")[0]
    assert "Somebody else on record may be this person" in office.person(Role.VLO).get(at).text
    manager = office.person(Role.MANAGER)
    (task,) = set(re.findall(r"/tasks/(VCS-[0-9A-Z-]+)", manager.get("/tasks").text))
    shown = manager.get(f"/tasks/{task}")
    assert "Is this somebody we know?" in shown.text
    assert reference in shown.text
    wrong = manager.fill(f"/tasks/{task}", note="Rang her.")
    assert "Select whether they are one person" in wrong.text
    done = manager.fill(f"/tasks/{task}", answer="one_person", note="Rang her.")
    assert done.status_code == 303
    assert held(office)[0] == 2  # the record that was joined is kept
    assert "Somebody else on record" not in office.person(Role.VLO).get(at).text


def test_somebody_of_another_area_is_not_shown(office: Office) -> None:
    office.referral_with_victim()
    cardiff = another_referral_elsewhere(office)
    assert enter_in_wales(office, cardiff).status_code == 303


def another_referral_elsewhere(office: Office) -> str:
    court = ("C62CR00", "Cardiff Crown Court")
    office.tell(sentencing(office.clock.today(), last="Other", urn="62EX0000226", court=court))
    with office.app.state.door.db.reading() as session:
        return str(
            session.exec(select(Referral.reference).where(Referral.police_area == "62")).one()
        )


def enter_in_wales(office: Office, reference: str) -> Any:
    email = "wyn@example.org"
    with office.app.state.door.db.writing() as session:
        entry = AccountEntry(email, "Wyn", PASSWORD, Role.WITNESS_CARE, None, "62", "")
        add_account(session, None, entry, office.clock.now())
    wyn = office.visitor()
    wyn.sign_in(email)
    return wyn.fill(f"/referrals/{reference}/victims/new", **VICTIM)


def test_a_manager_joins_two_records_and_gives_each_its_own_again(office: Office) -> None:
    reference, victim = office.referral_with_victim()
    other = another_referral(office, last="Other", urn="13EX0000226")
    page = enter(office, other, name="Ann Elsewhere", phone="", address_lines="9 Far Road")
    assert page.status_code == 303
    (there,) = victims(office, other)
    manager, at = office.person(Role.MANAGER), f"/referrals/{reference}/victims/{victim}"
    wrong = manager.fill(f"{at}/same-person", other="VCS-0000-0000", how="they said so")
    assert "Enter the reference of a victim in your region" in wrong.text
    done = manager.fill(f"{at}/same-person", other=there.lower(), how="they said so")
    assert done.status_code == 303
    assert "Two records of one person joined" in manager.get(f"/referrals/{other}").text
    parting = f"/referrals/{other}/victims/{there}/separate"
    assert parting in manager.get(f"/referrals/{other}").text
    assert parting not in office.person(Role.VLO).get(f"/referrals/{other}").text
    assert manager.fill(parting, how="they said so").status_code == 303
    assert parting not in manager.get(f"/referrals/{other}").text
    assert "Ann Elsewhere" in manager.get(f"/referrals/{other}").text
    assert "Nia Example" in manager.get(f"/referrals/{reference}").text
