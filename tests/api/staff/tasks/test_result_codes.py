"""The page on which an administrator says what a result code means."""

from __future__ import annotations

import re

from tests.api.office import Office
from tests.consequences.test_result_codes import told
from vcs.terms import Role


def test_an_administrator_finds_the_question_and_answers_it_with_a_reason(office: Office) -> None:
    office.tell(told("01AA0000126"))
    admin = office.person(Role.ADMINISTRATOR)
    listed = admin.get("/tasks").text
    assert "Say what a result code means" in listed
    found = re.search(r"/tasks/(VCS-[0-9A-Z-]+)", listed)
    assert found is not None

    page = admin.get(found.group()).text
    assert "8888" in page
    assert "Special sentence" in page
    assert "Suspended sentence" in page

    refused = admin.fill(found.group(), kind="", note="")
    assert refused.status_code == 422
    assert "Select what the code means" in refused.text
    assert "Enter how you know what it means" in refused.text

    answered = admin.fill(found.group(), kind="IMPRISONMENT", note="List of codes, July 2026")
    assert answered.status_code == 303
    assert "Say what a result code means" not in admin.get("/tasks").text


def test_a_manager_is_not_asked(office: Office) -> None:
    office.tell(told("01AA0000126"))

    assert "Say what a result code means" not in office.person(Role.MANAGER).get("/tasks").text
