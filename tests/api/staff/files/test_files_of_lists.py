"""Lists as files: for a spreadsheet that can run nothing of them, and for a calendar."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, date, datetime

import pytest

from api.staff.files import csv_file
from api.staff.files.calendar_file import DueDay, escaped, folded, text_of
from tests.api.office import VICTIM, Office, Visitor, sentencing
from tests.api.staff.letters.test_letters import assigned
from vcs.terms import Role

NASTY = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\uff1d1+1", "  =1", "-")


def cells(person: Visitor, path: str) -> list[list[str]]:
    answer = person.get(path)
    assert answer.status_code == 200
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer.headers["content-disposition"]
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


@pytest.mark.parametrize("cell", NASTY)
def test_a_cell_that_looks_like_a_formula_is_only_shown(cell: str) -> None:
    assert csv_file.harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["O’Brien", "13EX0000126", "a=b", "", None, 3, date(2026, 3, 20)])
def test_any_other_cell_is_as_it_is(cell: object) -> None:
    assert csv_file.harmless(cell) == ("" if cell is None else str(cell))


def test_commas_quotes_and_lines_stay_in_their_cell() -> None:
    row = ['a "b", c', "d\ne", "Siân"]
    text = "".join(csv_file.lines(["x"], [row])).removeprefix("\ufeff")
    assert list(csv.reader(io.StringIO(text, newline="")))[1] == row


def test_a_file_has_an_end_and_says_where_it_was_cut() -> None:
    whole, cut = (list(csv_file.lines(["x"], [[n] for n in range(count)], 2)) for count in (2, 3))
    assert len(whole) == 3
    assert len(cut) == 4
    assert "Only the first" in cut[-1]


def test_an_offender_whose_name_is_a_formula_cannot_be_run(office: Office) -> None:
    last = '=HYPERLINK("http://evil.example","x")'
    office.tell(sentencing(office.clock.today(), first="@cmd", last=last))
    rows = cells(office.person(Role.MANAGER), "/worklist.csv")
    assert rows[1][1].startswith("'@cmd")
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)


def test_the_file_is_the_list_that_is_shown_with_all_its_pages(office: Office) -> None:
    for n in range(1, 56):
        office.tell(sentencing(office.clock.today(), urn=f"13EX00{n:03}26"))
    manager = office.person(Role.MANAGER)
    rows = cells(manager, "/worklist.csv?show=open")
    assert len(rows) == 56
    assert len({row[0] for row in rows}) == 56
    assert cells(manager, "/worklist.csv?show=closed")[1:] == []
    by_case = cells(manager, "/worklist.csv?show=open&sort=-case")[1:]
    assert [row[2] for row in by_case] == sorted((row[2] for row in by_case), reverse=True)
    name = manager.get("/worklist.csv?show=open").headers["content-disposition"]
    assert f"worklist-open-{office.clock.today()}.csv" in name


def test_a_file_holds_no_more_than_the_list_and_only_ones_own(office: Office) -> None:
    reference, _ = assigned(office)
    text = office.person(Role.VLO).get("/worklist.csv").text
    assert reference in text
    assert VICTIM["name"] not in text
    assert VICTIM["postcode"] not in text
    assert reference not in office.person(Role.VLO).get("/worklist.csv?show=unassigned").text
    assert office.person(Role.ADMINISTRATOR).get("/worklist.csv").status_code == 403
    assert office.visitor().get("/worklist.csv").status_code == 303


def test_tasks_are_a_file_too(office: Office) -> None:
    office.tell(sentencing(office.clock.today(), code="ZZ99999"))
    rows = cells(office.person(Role.MANAGER), "/tasks.csv")
    assert len(rows) == 2
    assert rows[1][1] in office.person(Role.MANAGER).get("/tasks").text


def test_the_worklist_is_sorted_by_a_column_and_back(office: Office) -> None:
    for n in (3, 1, 2):
        office.tell(sentencing(office.clock.today(), urn=f"13EX000000{n}26"[:11]))
    manager = office.person(Role.MANAGER)
    page = manager.get("/?show=open&sort=case").text
    assert 'aria-sort="ascending"' in page
    assert "sort=-case" in page
    assert 'href="/?show=open"' in page
    assert "sort=case&page" not in manager.get("/?show=open").text
    assert manager.get("/?show=open&sort=offender").status_code == 422


def test_a_list_that_is_too_long_to_be_sorted_says_so(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in (3, 1, 2):
        office.tell(sentencing(office.clock.today(), urn=f"13EX000000{n}26"[:11]))
    manager = office.person(Role.MANAGER)
    by_need = [row[0] for row in cells(manager, "/worklist.csv?show=open")]
    for module in ("vcs.ledger.worklists.worklist", "api.staff.worklist"):
        monkeypatch.setattr(f"{module}.MOST_SORTED", 2)
    page = manager.get("/?show=open&sort=case").text
    assert "This list is not sorted: it has more than 2 referrals." in page
    assert "aria-sort" not in page
    assert "sort=case&amp;" not in page
    found = re.findall(r"/referrals/(VCS-[0-9A-Z-]+)\"", page)
    assert found == by_need[1:]
    assert [row[0] for row in cells(manager, "/worklist.csv?show=open&sort=case")] == by_need
    assert "not sorted" not in manager.get("/?show=open").text


def test_what_is_due_is_a_calendar_of_references_and_duties(office: Office) -> None:
    reference, _ = assigned(office)
    answer = office.person(Role.VLO).get("/due.ics")
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    text = answer.text
    assert text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert text.endswith("END:VCALENDAR\r\n")
    assert text.count("BEGIN:VEVENT") == 1
    assert f"SUMMARY:{reference}: " in text
    for name in (VICTIM["name"], "Madeup", "Liaison"):
        assert name not in text
    other = office.person(Role.WITNESS_CARE).get("/due.ics").text
    assert other.count("BEGIN:VEVENT") == 1


def test_a_calendar_is_written_as_the_standard_says() -> None:
    day = DueDay("VCS-1@h", date(2026, 12, 31), "VCS-1: a, b; c\\d\ne", "http://h/referrals/VCS-1")
    text = text_of([day], datetime(2026, 3, 20, 9, 0, tzinfo=UTC))
    assert "DTSTAMP:20260320T090000Z\r\n" in text
    assert "DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101\r\n" in text
    assert "SUMMARY:VCS-1: a\\, b\\; c\\\\d\\ne\r\n" in text
    assert text.replace("\r\n", "").count("\n") == 0


def test_long_lines_are_folded_between_characters() -> None:
    line = "SUMMARY:" + "ŵé" * 60
    parts = list(folded(line))
    assert all(len(part.encode()) <= 75 for part in parts)
    assert all(part.startswith(" ") for part in parts[1:])
    assert parts[0] + "".join(part[1:] for part in parts[1:]) == line
    assert escaped("a\r\nb") == "a\\nb"
