"""An address that may be the offender's: letters wait, a manager compares and answers."""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import Any

import pytest
from sqlmodel import Session, select

from tests.api.office import Office, sentencing
from tests.api.staff.letters.test_letters import approve, assigned, letters, printed
from tests.api.staff.letters.visits import SAYING_WHY, begun, change, decide, events, where
from vcs.consequences.people import addresses_told
from vcs.sealing import Sealer
from vcs.tasks.records import Task, TaskKind
from vcs.terms import Role
from vcs.victims.records import AddressAnswer, Victim
from vcs.victims.whereabouts import addresses

QUIET_ROW = {"address_lines": "5 Quiet Row\r\nNowhereby", "postcode": "LS7 9ZS"}
NEW_HOME = {"address1": "5 Quiet Row", "address2": "Nowhereby", "postcode": "LS7 9ZS"}
"""Where the court says, later, that the offender lives."""


def home(body: bytes, address: dict[str, str]) -> bytes:
    """Return a message with another address of its offender."""
    message: dict[str, Any] = json.loads(body)
    for case in message["hearing"]["prosecutionCases"]:
        for one in case["defendants"]:
            one["personDefendant"]["personDetails"]["address"] = address
    return json.dumps(message).encode()


def tell_home(office: Office, address: dict[str, str], **sentence: Any) -> None:
    office.tell(home(sentencing(office.clock.today(), **sentence), address))


def asked(office: Office) -> list[Task]:
    with office.app.state.door.db.reading() as session:
        query = select(Task).where(Task.kind == TaskKind.ADDRESS_TO_CHECK)
        return list(session.exec(query.where(Task.done_at == None)))  # noqa: E711 - SQL


def answer(office: Office, task: Task, finding: str, note: str = "His mother lives there.") -> Any:
    manager = office.person(Role.MANAGER)
    return manager.fill(f"/tasks/{task.reference}", finding=finding, note=note)


def test_a_new_home_of_the_offender_asks_at_once_and_stops_what_is_on_its_way(
    office: Office,
) -> None:
    reference, victim = assigned(office, **QUIET_ROW)
    officer = office.person(Role.VLO)
    at = begun(officer, reference, victim)
    assert approve(officer, at).status_code == 303
    assert asked(office) == []
    tell_home(office, NEW_HOME, shared_at="17:30:00")
    (task,) = asked(office)
    assert "Quiet" not in task.question
    assert printed(officer, at).status_code == 409
    tell_home(office, NEW_HOME, shared_at="18:30:00")
    assert [one.id for one in asked(office)] == [task.id]


@pytest.mark.parametrize("which", ["another case", "a co-defendant"])
def test_a_home_told_in_another_case_or_of_somebody_beside_them_asks_too(
    office: Office, which: str
) -> None:
    assigned(office, **QUIET_ROW)
    if which == "another case":
        tell_home(office, NEW_HOME, urn="13EX0000226")
    else:
        tell_home(office, NEW_HOME, first="Dai", last="Other")
    assert len(asked(office)) == 1


def test_a_manager_sees_both_for_a_reason_that_is_kept(office: Office) -> None:
    reference, _ = assigned(office, **QUIET_ROW)
    tell_home(office, NEW_HOME, shared_at="17:30:00")
    (task,) = asked(office)
    manager, at = office.person(Role.MANAGER), f"/tasks/{task.reference}"
    assert "Quiet" not in manager.get(at).text
    assert "Quiet" not in manager.get(f"{at}/addresses").text
    before = events(office).count("address.revealed")
    assert manager.fill(f"{at}/addresses", reason="").status_code == 422
    assert events(office).count("address.revealed") == before
    page = manager.fill(f"{at}/addresses", reason="to compare the addresses")
    assert page.text.count("5 Quiet Row") == 2
    assert "The same place" in page.text
    assert "court message" in page.text
    assert events(office).count("address.revealed") == before + 1
    assert office.person(Role.VLO).get(f"{at}/addresses").status_code == 403
    assert reference in office.person(Role.MANAGER).get("/").text


def test_perhaps_answered_as_another_place_lets_letters_go(office: Office) -> None:
    flat = QUIET_ROW | {"address_lines": "Flat 2, 5 Quiet Row\r\nNowhereby"}
    reference, victim = assigned(office, **flat)
    tell_home(office, NEW_HOME, shared_at="17:30:00")
    officer = office.person(Role.VLO)
    at = begun(officer, reference, victim)
    assert approve(officer, at).status_code == 422
    (task,) = asked(office)
    assert answer(office, task, "another_place", "").status_code == 422
    assert answer(office, task, "another_place").status_code == 303
    assert asked(office) == []
    assert approve(officer, at).status_code == 303
    with office.app.state.door.db.reading() as session:
        (kept,) = session.exec(select(AddressAnswer)).all()
    assert b"mother" not in kept.sealed
    # The court tells that he lives in her very flat: the answer was about another address.
    hers = {"address1": "Flat 2", "address2": "5 Quiet Row", "postcode": "LS7 9ZS"}
    tell_home(office, hers, shared_at="18:30:00")
    assert len(asked(office)) == 1
    assert printed(officer, at).status_code == 409


def test_an_answer_is_about_the_addresses_that_were_there_to_see(office: Office) -> None:
    """While the manager has the page open, the court tells of her own door, misspelt."""
    flat = QUIET_ROW | {"address_lines": "14 Pretend Road\r\nNowhereby", "postcode": "LS1 9ZA"}
    assigned(office, **flat)
    tell_home(office, {"address1": "14B Pretend Road", "postcode": "LS1 9ZA"}, shared_at="17:30:00")
    (task,) = asked(office)
    manager, at = office.person(Role.MANAGER), f"/tasks/{task.reference}"
    page = manager.fill(f"{at}/addresses", reason="to compare the addresses")
    seen = re.search(rf'href="({at}\?seen=[^"]+)"', page.text)
    assert seen is not None
    misspelt = {"address1": "14 Prtned Raod", "address2": "Nwhereby"}
    tell_home(office, misspelt, shared_at="18:30:00")
    said = {"finding": "another_place", "note": "14B is another door"}
    assert manager.fill(seen[1], at, **said).status_code == 303
    (again,) = asked(office)
    assert again.id != task.id
    assert answer(office, again, "another_place").status_code == 303
    assert asked(office) == []


def test_a_decision_about_a_letter_is_about_the_addresses_that_its_form_showed(
    office: Office,
) -> None:
    """While the manager has the form open, the court tells of her own door; they look again."""
    flat = QUIET_ROW | {"address_lines": "14 Pretend Road\r\nNowhereby", "postcode": "LS1 9ZA"}
    reference, victim = assigned(office, **flat)
    tell_home(office, {"address1": "14B Pretend Road", "postcode": "LS1 9ZA"}, shared_at="17:30:00")
    officer, manager = office.person(Role.VLO), office.person(Role.MANAGER)
    at = begun(officer, reference, victim)
    page = manager.fill(f"{at}/addresses", **SAYING_WHY)
    link = re.search(rf'href="({at}/decide/shared_address\?seen=[^"]+)"', page.text)
    assert link is not None
    form = manager.hidden(link[1])
    tell_home(office, {"address1": "14 Pretend Road", "postcode": "LS1 9ZA"}, shared_at="18:30:00")
    assert manager.fill(f"{at}/addresses", **SAYING_WHY).status_code == 200
    said = {"reason": "14B is another door.", "lives_there": "A neighbour."}
    assert manager.post(f"{at}/decide/shared_address", form | said).status_code == 303
    assert approve(officer, at).status_code == 422
    assert decide(manager, at, "shared_address").status_code == 303
    assert approve(officer, at).status_code == 303


@pytest.mark.parametrize("finding", ["another_place", "same_and_safe"])
def test_the_same_place_is_asked_about_for_each_letter_whatever_was_answered(
    office: Office, finding: str
) -> None:
    reference, victim = assigned(office, **QUIET_ROW)
    tell_home(office, NEW_HOME, shared_at="17:30:00")
    (task,) = asked(office)
    assert answer(office, task, finding).status_code == 303
    officer = office.person(Role.VLO)
    at = begun(officer, reference, victim)
    assert approve(officer, at).status_code == 422
    assert decide(office.person(Role.MANAGER), at, "shared_address").status_code == 303
    assert approve(officer, at).status_code == 303


def test_not_safe_stops_the_letters_and_is_kept_beside_what_was(office: Office) -> None:
    reference, victim = assigned(office, **QUIET_ROW)
    officer = office.person(Role.VLO)
    at = begun(officer, reference, victim)
    assert approve(officer, at).status_code == 303
    tell_home(office, NEW_HOME, shared_at="17:30:00")
    (task,) = asked(office)
    assert answer(office, task, "same_not_safe").status_code == 303
    with office.app.state.door.db.reading() as session:
        assert session.exec(select(Victim)).one().person.safe_to_post is False
    assert letters(office)[0].status == "withdrawn"
    assert "address.answered" in events(office)


def test_an_acceptance_lapses_when_the_court_tells_another_address(office: Office) -> None:
    reference, victim = assigned(office, **QUIET_ROW)
    tell_home(office, NEW_HOME | {"address1": "Flat 1, 5 Quiet Row"}, shared_at="17:30:00")
    officer = office.person(Role.VLO)
    at = begun(officer, reference, victim)
    assert decide(office.person(Role.MANAGER), at, "shared_address").status_code == 303
    tell_home(office, NEW_HOME, shared_at="18:30:00")
    assert approve(officer, at).status_code == 422


def test_a_neighbour_is_written_to_and_nobody_is_asked(office: Office) -> None:
    reference, victim = assigned(office, **QUIET_ROW)
    tell_home(office, NEW_HOME | {"address1": "7 Quiet Row"}, shared_at="17:30:00")
    assert asked(office) == []
    assert where(office) == (reference, victim)
    officer = office.person(Role.VLO)
    assert approve(officer, begun(officer, reference, victim)).status_code == 303


def test_moving_to_a_former_home_of_the_offender_asks(office: Office) -> None:
    reference, victim = assigned(office)
    tell_home(office, NEW_HOME, shared_at="17:30:00")
    tell_home(office, {"address1": "9 Elsewhere", "postcode": "YO1 7HH"}, shared_at="18:30:00")
    assert asked(office) == []
    change(office, reference, victim, **QUIET_ROW)
    (task,) = asked(office)
    page = office.person(Role.MANAGER).fill(
        f"/tasks/{task.reference}/addresses", reason="to compare the addresses"
    )
    assert "formerly" in page.text


@pytest.mark.parametrize("who", ["a parent", "somebody who is not sentenced"])
def test_a_home_of_anyone_else_in_the_case_asks_too(office: Office, who: str) -> None:
    assigned(office, **QUIET_ROW)
    message: dict[str, Any] = json.loads(sentencing(office.clock.today(), shared_at="17:30:00"))
    case = message["hearing"]["prosecutionCases"][0]
    if who == "a parent":
        parent = {"role": "ParentGuardian", "person": {"lastName": "Madeup", "address": NEW_HOME}}
        case["defendants"][0]["associatedPersons"] = [parent]
    else:
        details = {"firstName": "Dai", "lastName": "Other", "address": NEW_HOME}
        other = {"id": "0c1d2e3f-0000-4000-8000-000000000001", "offences": []}
        case["defendants"].append(other | {"personDefendant": {"personDetails": details}})
    office.tell(json.dumps(message).encode())
    (task,) = asked(office)
    page = office.person(Role.MANAGER).fill(
        f"/tasks/{task.reference}/addresses", reason="to compare the addresses"
    )
    assert "Somebody else in the case" in page.text


def test_a_message_about_somebody_else_opens_nothing_of_this_case(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    assigned(office, **QUIET_ROW)
    looked: list[str] = []
    compare = addresses.ask_again_about_shared

    def noted(session: Session, sealer: Sealer, victim: Victim, now: datetime) -> bool:
        looked.append(victim.reference)
        return compare(session, sealer, victim, now)

    monkeypatch.setattr(addresses_told, "ask_again_about_shared", noted)
    tell_home(office, NEW_HOME, urn="13EX0000926", first="Dai", last="Other")
    assert looked == []
    tell_home(office, NEW_HOME, shared_at="17:30:00")
    assert len(looked) == 1
