"""What was sent can be corrected, passed on and taken back, and what became of it is told."""

from __future__ import annotations

import re
from typing import Any

import pytest
from sqlmodel import select

from tests.api.office import VICTIM, WEST_YORKSHIRE, Office
from tests.api.staff.test_my_day import plain
from tests.api.staff.witness_care.test_short_page import (
    answer_unit,
    carried,
    elsewhere,
    through,
    unit_task,
    witness,
)
from vcs.ledger.integrity.invariants import invariant_problems
from vcs.terms import Role
from vcs.victims.entries import VictimEntry, held_entry
from vcs.victims.records import PersonRecord, Victim


@pytest.fixture
def at(office: Office) -> str:
    """Return the address of a victim whom witness care referred today."""
    reference, victim = office.referral_with_victim(safe_contact_notes="Ring before noon")
    return f"/witness-care/{reference}/victims/{victim}"


def referral_of(at: str) -> str:
    return at.split("/")[2]


def held(office: Office) -> VictimEntry:
    """Return what is held about the only victim."""
    door = office.app.state.door
    with door.db.reading() as session:
        return held_entry(door.sealer, session.exec(select(Victim)).one())


def by_the_unit(office: Office, at: str, **changes: str) -> None:
    """Let the manager change the victim's details."""
    manager = office.person(Role.MANAGER)
    victim = at.replace("/witness-care/", "/referrals/")
    shown = manager.fill(f"{victim}/address", reason="to mend the details")
    form = {**carried(shown.text), **VICTIM, **changes}
    answer = manager.post(f"{victim}/amend", form)
    assert answer.status_code == 303, plain(answer.text)


def test_a_name_and_a_number_are_corrected_at_once(office: Office, at: str) -> None:
    back = through(witness(office), f"{at}/correct", name="Nia Exampel", phone="0113 496 0999")
    assert back.endswith("?done=corrected")
    now = held(office)
    assert (now.name, now.phone) == ("Nia Exampel", "0113 496 0999")
    assert now.address_lines == ("1 Made Up Lane", "Leeds")
    assert now.safe_contact_notes == "Ring before noon"
    assert "Name, telephone number" in plain(
        witness(office).get("/what-we-sent?show=messages").text
    )


def test_no_form_shows_where_she_lives_after_it_was_sent(office: Office, at: str) -> None:
    by_the_unit(office, at, address_lines="9 New Road", postcode="LS2 9ZZ")
    person = witness(office)
    pages = [f"{at}/correct", f"{at}/said", f"{at}/take-back", f"/witness-care/{referral_of(at)}"]
    for path in [*pages, "/what-we-sent"]:
        page = person.get(path).text
        assert "Nia Example" in page, path
        for secret in ("Made Up Lane", "New Road", "LS2", "496 0000"):
            assert secret not in page, (path, secret)


def test_they_read_their_own_note_on_what_they_sent_and_nothing_that_the_unit_added(
    office: Office, at: str
) -> None:
    by_the_unit(office, at, safe_contact_notes="Ring before noon. Her son opens letters")
    person = witness(office)
    for path in (f"/witness-care/{referral_of(at)}", "/what-we-sent"):
        page = person.get(path).text
        assert "Ring before noon</dd>" in page, path
        assert "Her son" not in page, path
    assert "Ring before noon" not in person.get(f"{at}/correct").text


def test_what_makes_her_safer_is_applied_at_once(office: Office, at: str) -> None:
    typed = {"safe_to_post": "no", "safe_contact_notes": "Her son opens letters"}
    assert through(witness(office), f"{at}/correct", **typed).endswith("?done=corrected")
    now = held(office)
    assert now.safe_to_post is False
    assert now.safe_contact_notes == "Ring before noon\nHer son opens letters"


def test_what_makes_her_less_safe_is_a_question_to_the_unit(office: Office, at: str) -> None:
    person = witness(office)
    through(person, f"{at}/correct", safe_to_post="no")
    typed = {"safe_to_post": "yes", "name": "Nia Exampel"}
    assert through(person, f"{at}/correct", **typed).endswith("?done=corrected-in-part")
    now = held(office)
    assert (now.safe_to_post, now.name) == (False, "Nia Exampel")
    answer_unit(office, "accepted", "She told the officer so")
    assert held(office).safe_to_post is True
    page = plain(person.get("/what-we-sent?show=messages").text)
    assert "Accepted" in page
    assert "She told the officer so" in page


def test_what_the_unit_recorded_is_not_overwritten_unseen(office: Office, at: str) -> None:
    by_the_unit(office, at, phone="0113 496 0555")
    back = through(witness(office), f"{at}/correct", phone="0113 496 0999")
    assert back.endswith("?done=unit-asked")
    assert held(office).phone == "0113 496 0555"
    answer_unit(office, "refused", "The number of the officer is newer")
    assert held(office).phone == "0113 496 0555"


def test_a_move_that_goes_back_is_asked_about(office: Office, at: str) -> None:
    person = witness(office)
    away = {"address_lines": "2 Refuge Close", "postcode": "LS9 9ZZ", "safe_to_post": "no"}
    assert through(person, f"{at}/correct", **away).endswith("?done=corrected")
    home = {"address_lines": "1 Made Up Lane\r\nLeeds", "postcode": "LS1 3AB"}
    back = through(person, f"{at}/correct", **home, safe_to_post="yes")
    assert back.endswith("?done=unit-asked")
    assert held(office).address_lines == ("2 Refuge Close",)
    assert held(office).safe_to_post is False


def test_a_new_address_needs_an_answer_whether_it_is_safe(office: Office, at: str) -> None:
    answer = witness(office).fill(f"{at}/correct", step="check", address_lines="2 Refuge Close")
    assert answer.status_code == 422
    assert "whether it is safe to write to the address" in answer.text
    assert "2 Refuge Close" in answer.text


def test_a_correction_drawn_from_what_was_changed_since_is_not_taken(
    office: Office, at: str
) -> None:
    person = witness(office)
    checked = person.check(f"{at}/correct", name="Nia Exampel")
    by_the_unit(office, at, name="Nia Samples")
    late = person.post(f"{at}/correct", carried(checked.text) | {"step": "send"})
    assert late.status_code == 422
    assert "Somebody changed these details" in late.text
    assert 'value="Nia Exampel"' in late.text
    assert held(office).name == "Nia Samples"
    again = person.post(f"{at}/correct", carried(late.text) | {"name": "Nia Exampel"})
    assert again.status_code == 303


def test_a_question_about_a_correction_holds_her_letters(office: Office, at: str) -> None:
    by_the_unit(office, at, address_lines="9 New Road", postcode="LS2 9ZZ")
    typed = {"address_lines": "2 Refuge Close", "postcode": "LS9 9ZZ", "safe_to_post": "yes"}
    through(witness(office), f"{at}/correct", **typed)
    task = unit_task(office)
    shown = office.person(Role.MANAGER).fill(f"/tasks/{task}/sent", reason="to answer witness care")
    for words in ("2 Refuge Close", "9 New Road"):
        assert words in shown.text, words
    page = office.person(Role.MANAGER).get(f"/tasks/{task}").text
    assert "Refuge" not in page


def test_a_no_that_is_passed_on_counts_at_once_and_is_not_taken_back(
    office: Office, at: str
) -> None:
    typed = {"said_on-day": "2/3/26", "how": "by phone", "said": "no_contact", "words": "No thanks"}
    assert through(witness(office), f"{at}/said", **typed).endswith("?done=passed-on")
    manager = office.person(Role.MANAGER).get(f"/referrals/{referral_of(at)}").text
    assert "Does not want contact" in manager
    assert "Answer witness care" in office.person(Role.MANAGER).get("/tasks").text
    assert "Not reached yet" in plain(manager)
    assert "Take it back" not in witness(office).get("/what-we-sent?show=messages").text


def test_a_referral_sent_by_mistake_is_taken_back_whole(office: Office, at: str) -> None:
    person, reference = witness(office), referral_of(at)
    through(person, f"{at}/correct", phone="0113 496 0999")
    back = through(person, f"{at}/take-back", words="It was her sister")
    assert back.endswith("?done=taken-back")
    page = plain(person.get(back).text)
    assert "Refer the victim by Monday 16 March 2026" in page
    assert "Nia Example" not in page
    assert person.get(f"{at}/correct").status_code == 404
    sent = plain(person.get("/what-we-sent?show=messages").text)
    assert "Referred by mistake: Nia Example" in sent
    door = office.app.state.door
    with door.db.reading() as session:
        assert session.exec(select(Victim)).first() is None
        assert session.exec(select(PersonRecord)).first() is None
        assert invariant_problems(session, door.sealer) == []
    through(person, f"/referrals/{reference}/victims/new", **VICTIM)


def looks(office: Office, at: str) -> Any:
    victim = at.replace("/witness-care/", "/referrals/")
    return office.person(Role.MANAGER).fill(f"{victim}/address", reason="to prepare a letter")


def notes(office: Office, at: str) -> Any:
    victim = at.replace("/witness-care/", "/referrals/")
    return office.person(Role.MANAGER).fill(f"{victim}/note", words="Ring on Tuesday")


def changes(office: Office, at: str) -> Any:
    by_the_unit(office, at, phone="0113 496 0555")


@pytest.mark.parametrize("acts", [looks, notes, changes])
def test_once_the_unit_has_acted_it_is_asked(office: Office, at: str, acts: Any) -> None:
    acts(office, at)
    back = through(witness(office), f"{at}/take-back", words="It was her sister")
    assert back.endswith("?done=unit-asked")
    assert held(office).name == "Nia Example"
    answer_unit(office, "more", "Which sister? Ring the officer")
    page = plain(witness(office).get(f"/witness-care/{referral_of(at)}").text)
    assert "More information asked" in page
    assert "Which sister? Ring the officer" in page


def test_the_manager_who_added_somebody_is_not_overruled(office: Office) -> None:
    reference = office.referral()
    manager = office.person(Role.MANAGER)
    assert manager.fill(f"/referrals/{reference}/victims/new", **VICTIM).status_code == 303
    page = manager.get(f"/referrals/{reference}").text
    victim = re.findall(rf"/referrals/{reference}/victims/(VCS-[0-9A-Z-]+)/address", page)[0]
    path = f"/witness-care/{reference}/victims/{victim}/take-back"
    checked = witness(office).check(path, words="Mistake")
    assert witness(office).post(path, carried(checked.text)).status_code == 403


def test_what_became_of_each_is_told_and_never_her_choice(office: Office, at: str) -> None:
    reference, person = referral_of(at), witness(office)
    assert "which has still to name an officer" in plain(person.get("/what-we-sent").text)
    officer = office.person(Role.VLO)
    officer.fill(f"/referrals/{reference}/take")
    page = plain(person.get("/what-we-sent").text)
    assert "With the officer, Vera Liaison" in page
    assert "First contact is due by Monday 30 March 2026" in page
    victim = at.replace("/witness-care/", "/referrals/")
    day = {"chosen_on-day": "2", "chosen_on-month": "3", "chosen_on-year": "2026"}
    chosen = officer.fill(f"{victim}/choice", choice="opt_out", how="by phone", **day)
    assert chosen.headers["location"].endswith("?done=choice-no-contact")
    met = {"happened_on-day": "2", "happened_on-month": "3", "happened_on-year": "2026"}
    spoke = {"how": "by phone", "reached": "yes", "spoke_to": "Nia"}
    spoke["emergency"] = "She rang herself"
    contact = officer.fill(f"{victim}/contact", **spoke, **met)
    assert contact.status_code == 303, plain(contact.text)
    page = plain(person.get("/what-we-sent").text)
    assert "First contact made on Monday 2 March 2026" in page
    assert "want contact" not in page


@pytest.mark.parametrize("show", ["victims", "messages", "proposals", "program"])
def test_an_empty_list_says_so(office: Office, show: str) -> None:
    page = plain(witness(office).get(f"/what-we-sent?show={show}").text)
    assert re.search(r"nobody yet|no messages yet|has not said|has sent anything yet", page)


def test_somebody_excluded_sees_nothing_of_what_was_sent(office: Office, at: str) -> None:
    through(witness(office), f"{at}/correct", phone="0113 496 0999")
    other = elsewhere(office, WEST_YORKSHIRE)
    assert "Nia Example" in other.get("/what-we-sent").text
    other.fill(f"/referrals/{referral_of(at)}/conflict", reason="Family")
    for show in ("victims", "messages", "proposals", "program"):
        page = other.get(f"/what-we-sent?show={show}").text
        assert referral_of(at) not in page
        assert "Nia" not in page
    assert other.get(f"{at}/correct").status_code == 404
