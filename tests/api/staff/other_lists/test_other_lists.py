"""Sending a list on a page, and answering for its lines."""

from __future__ import annotations

import re
from typing import Any

from tests.api.office import FROM_US, Office
from tests.lists.listed import QUILL, line, probation, told
from vcs.lists.runs.uploads import MOST_BYTES
from vcs.terms import Role

UNKNOWN = line(pnc="2019/9000402J", surname="CANARYNAME", forename="ADA")


def send(office: Office, content: bytes, **typed: str) -> Any:
    """Send a file as an administrator; return the answer."""
    person = office.person(Role.ADMINISTRATOR)
    given = {"kind": "probation", "source": "Delius"} | typed
    data = person.hidden("/lists/new") | given
    files = {"file": ("list.csv", content, "text/csv")}
    return person.browser.post("/lists/new", data=data, files=files, headers=FROM_US)


def matched(office: Office, content: bytes) -> str:
    """Send a file and have it matched; return the address of its page."""
    preview = send(office, content).headers["location"]
    answer = office.person(Role.ADMINISTRATOR).fill(preview, order="dmy")
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"]).partition("?")[0]


def test_a_list_is_previewed_then_matched_and_its_lines_counted(office: Office) -> None:
    office.tell(told(QUILL))
    admin = office.person(Role.ADMINISTRATOR)
    assert "Not checked against a list yet" in admin.get("/ledger").text
    preview = send(office, probation(line(), UNKNOWN)).headers["location"]
    shown = admin.get(preview).text
    assert "Date of birth" in shown
    assert "2 rows below the heading" in shown
    address = matched(office, probation(line(), UNKNOWN))
    page = admin.get(address).text
    assert "2 rows, each of which ended in one way" in page
    assert "CANARYNAME" not in page
    assert "also in probation’s list of" in admin.get("/ledger").text
    for role in (Role.MANAGER, Role.VLO):
        page = office.person(role).get("/").text
        assert "1 of 2 also in" in page
        assert "In all regions" not in page
    # Another organisation gets no exact count: a certificate withholds it.
    care = office.person(Role.WITNESS_CARE).get("/").text
    assert "In all regions at least 5 in 10 also in" in care
    assert "1 of 2" not in care
    assert "no court told us of" in admin.get("/").text


def test_what_the_list_covers_is_asked_and_each_question_has_an_owner_and_a_clock(
    office: Office,
) -> None:
    office.tell(told(QUILL))
    admin = office.person(Role.ADMINISTRATOR)
    preview = send(office, probation(UNKNOWN)).headers["location"]
    assert "What does this list cover?" in admin.get(preview).text
    day = {"from_on-day": "1", "from_on-month": "9", "from_on-year": "2026"}
    late = {"to_on-day": "1", "to_on-month": "1", "to_on-year": "2039"}
    wrong = admin.fill(preview, order="dmy", **day, **late)
    assert "must not be after the day on which the list was drawn" in wrong.text
    address = matched(office, probation(UNKNOWN))
    page = admin.get(address).text
    assert "Nobody said what it covers" in page
    assert "Managers, Yorkshire and the Humber" in page
    assert re.search(r"Managers, Yorkshire and the Humber<span[^>]*>by (\w+ )?\d+ \w+", page)
    assert "Managers, Yorkshire and the Humber" in admin.get(f"{address}/lines.csv").text


def test_a_file_that_was_matched_is_gone(office: Office) -> None:
    preview = send(office, probation(line())).headers["location"]
    person = office.person(Role.ADMINISTRATOR)
    assert person.fill(preview).status_code == 303
    assert person.get(preview).status_code == 404


def test_somebody_elses_file_is_not_shown(office: Office) -> None:
    preview = send(office, probation(line())).headers["location"]
    assert office.person(Role.MANAGER).get(preview).status_code == 404


def test_what_is_wrong_is_said_on_the_page(office: Office) -> None:
    assert "Choose the file to send" in send(office, b"").text
    assert "This file is empty" in send(office, b"\n").text
    assert "Select whose list it is" in send(office, probation(line()), kind="").text
    preview = send(office, b"Name,Day\nA,B\n").headers["location"]
    answer = office.person(Role.ADMINISTRATOR).fill(preview)
    assert answer.status_code == 422
    assert "No column of this probation list" in answer.text


def test_a_file_that_is_too_large_is_refused(office: Office) -> None:
    answer = send(office, b"x" * (MOST_BYTES + 512 * 1024))
    assert answer.status_code == 413


def test_the_lines_as_a_file_name_nobody_and_run_nothing(office: Office) -> None:
    office.tell(told(QUILL))
    address = matched(office, probation(line(), line(surname="=1+1", pnc="")))
    answer = office.person(Role.ADMINISTRATOR).get(f"{address}/lines.csv")
    assert answer.headers["content-type"].startswith("text/csv")
    cells = re.findall(r'"([^"]*)"', answer.text)
    assert "Matched" in cells
    assert not [one for one in cells if one.startswith(("=", "+", "-", "@"))]
    assert "QUILLFEATHER" not in answer.text


def test_a_manager_answers_beside_what_the_list_says(office: Office) -> None:
    office.tell(told(QUILL))
    matched(office, probation(line(), UNKNOWN))
    manager = office.person(Role.MANAGER)
    found = re.search(r'href="(/tasks/VCS-[0-9A-Z-]+)"', manager.get("/tasks").text)
    assert found
    page = f"{found[1]}/lines"
    assert "CANARYNAME" in manager.get(page).text
    assert "CANARYNAME" not in office.person(Role.ADMINISTRATOR).get(page).text
    wrong = manager.fill(page, answer="explained", note="Rang the court")
    assert "Select the reason" in wrong.text
    proposed = manager.fill(page, answer="explained", reason="not_owed", note="Rang the court")
    assert proposed.headers["location"] == f"{page}?done=line-proposed"
    head = office.person(Role.HEAD)
    assert "A second person is needed" in head.get(page).text
    right = head.fill(page, answer="explained", reason="not_owed", note="Rang them too")
    assert right.headers["location"] == "/tasks?done=line-answered"
    assert "Take this answer back" in manager.get(page).text
    back = manager.fill(f"{page}/take-back")
    assert back.headers["location"] == "/tasks?done=line-taken-back"
    asked = re.findall(r'href="(/tasks/VCS-[0-9A-Z-]+)"', manager.get("/tasks").text)
    assert any("Taken back" in manager.get(f"{one}/lines").text for one in asked)
    assert "There is no answer to take back" in manager.fill(f"{page}/take-back").text


def test_the_public_key_is_open_to_anyone(office: Office) -> None:
    answer = office.client.get("/certificates/key.pem")
    assert answer.status_code == 200
    assert answer.text.startswith("-----BEGIN PUBLIC KEY-----")
