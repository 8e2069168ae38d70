"""The list of questions and the page of each, as the person on it sees them."""

from __future__ import annotations

import re
from datetime import date

import pytest

from api.example.messages import as_bytes, hearing, offence, person
from api.staff.tasks.answers import ANSWERS
from api.staff.tasks.page import FORMS_OF_EACH
from api.staff.tasks.questions import FORMS
from tests.api.office import LEEDS, Office, sentencing
from tests.api.staff.letters.visits import colleague
from tests.consequences.test_awaited_codes import LISTED, new_code
from tests.journeys.world import CANNOT_TELL, FRIDAY_20_MARCH, NOWHERE, YORKSHIRE, told
from vcs.tasks.kinds import POLICIES, AskedFor
from vcs.tasks.records import TaskKind
from vcs.terms import Role

LINK = re.compile(r'href="(/tasks/VCS-[0-9A-Z-]+)"')


@pytest.fixture
def here(office: Office) -> Office:
    """Return the office on the day of sentence."""
    office.clock.move_to(FRIDAY_20_MARCH)
    return office


def two_of_a_case(office: Office) -> None:
    doubt = [("First", *CANNOT_TELL), ("Second", *CANNOT_TELL)]
    office.tell(told(FRIDAY_20_MARCH, *doubt))


def new_code_in_leeds(urn: str = "13EX0000126") -> bytes:
    """Return a sentence in which only the meaning of a result code is open."""
    count = offence(*LISTED, [new_code()], date(2025, 9, 1))
    offender = person("Sam", "Madeup", FRIDAY_20_MARCH, [count])
    return as_bytes(hearing(urn, LEEDS, FRIDAY_20_MARCH, [offender]))


def test_two_questions_of_a_case_stand_under_one_heading_and_lead_to_each_other(
    here: Office,
) -> None:
    two_of_a_case(here)
    manager = here.person(Role.MANAGER)
    listed = manager.get("/tasks").text
    assert "Case 13EX0000126: 2 questions, which one call may answer" in listed
    first, second = dict.fromkeys(LINK.findall(listed))
    shown = manager.get(first).text
    assert "Also asked about this case" in shown
    assert f'href="{second}"' in shown
    assert f'href="{first}"' in manager.get(second).text


def test_one_question_of_a_case_has_no_heading(here: Office) -> None:
    here.tell(sentencing(FRIDAY_20_MARCH, term=""))
    manager = here.person(Role.MANAGER)
    listed = manager.get("/tasks").text
    assert "one call may answer" not in listed
    assert "Also asked about this case" not in manager.get(LINK.findall(listed)[0]).text


def test_who_waits_for_a_code_is_said_to_the_administrator_and_to_the_manager(
    here: Office,
) -> None:
    here.tell(new_code_in_leeds())
    admin, manager = here.person(Role.ADMINISTRATOR), here.person(Role.MANAGER)
    (question,) = LINK.findall(admin.get("/tasks").text)
    assert "1 sentence waits for this answer alone" in admin.get(question).text
    listed = manager.get("/tasks").text
    assert "Nothing waits for a decision" in listed
    assert "1 sentence in your region waits for what a result code means" in listed
    rows = manager.get("/ledger/rows?state=decision_due").text
    assert "waits for what result code 8888 means" in rows
    (sentence,) = re.findall(r'href="(/sentences/VCS-[0-9A-Z-]+)"', rows)
    shown = manager.get(sentence).text
    assert "An administrator is asked, due by" in shown
    assert "Offer contact at discretion" not in shown


def test_an_earlier_answer_is_shown_with_who_gave_it_and_chosen_for_nobody(here: Office) -> None:
    two_of_a_case(here)
    manager = here.person(Role.MANAGER)
    first, second = dict.fromkeys(LINK.findall(manager.get("/tasks").text))
    assert "Earlier answers to this question" not in manager.get(first).text
    said = {"outcome": "not_eligible", "note": "Nine months, by the register"}
    assert "proposed" in manager.fill(first, **said).headers["location"]
    assert "A second manager is needed" in manager.get("/tasks").text
    assert "Earlier answers to this question" not in manager.get(second).text
    again = manager.fill(first, **said)
    assert again.status_code == 422
    assert "another manager must confirm it" in again.text
    other = colleague(here, "Olive", Role.MANAGER)
    assert f'href="{first}"' in other.get("/today").text, "one click from their Today"
    assert first not in manager.get("/today").text
    shown = other.get(first).text
    assert "You are the second manager" in shown
    assert "Nine months, by the register" in shown
    other.fill(first, outcome="not_eligible", note="I agree")
    shown = manager.get(second).text
    assert "Earlier answers to this question" in shown
    assert "Olive" in shown
    assert "Not eligible: Nine months, by the register" in shown
    assert "Like cases in this region" in shown
    assert "offered or owed in 0, not in 1" in shown
    assert not re.search(r"<input[^>]* checked", shown)


def test_a_courts_earlier_region_is_named_and_not_chosen(here: Office) -> None:
    here.tell(told(court=NOWHERE))
    here.tell(told(urn="13EX0000226", court=NOWHERE))
    manager = here.person(Role.MANAGER)
    first, second = dict.fromkeys(LINK.findall(manager.get("/tasks").text))
    manager.fill(first, region=YORKSHIRE)
    shown = manager.get(second).text
    assert "The last time for this court the answer was Yorkshire and the Humber" in shown
    assert "selected" not in shown


@pytest.mark.parametrize("kind", [kind for kind in TaskKind if kind is not TaskKind.LIST_LINE])
def test_every_kind_of_question_has_a_form_and_an_answer_of_its_own_sort(kind: TaskKind) -> None:
    asked = POLICIES[kind].asks_for
    assert asked in ANSWERS
    assert asked in FORMS or asked in FORMS_OF_EACH or asked is AskedFor.DECISION
