"""Bodies as systems write them, read into facts: no world needed."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest

from tests.custody.told import NOMS, movement, released
from vcs.custody.sources.reading import facts_of
from vcs.intake.person_numbers import Number

ESCAPED = released("2026-11-16T10:05:00Z", "ESCP")

ROW = movement("REL", "ESCP", "2026-11-16 10:05")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("indent", [None, 1])
def test_json_is_read_however_it_is_encoded(encoding: str, indent: int | None) -> None:
    (fact,) = facts_of(json.dumps([ESCAPED], indent=indent).encode(encoding))
    assert (fact.reading, fact.happened_on) == ("escaped", date(2026, 11, 16))


def test_a_list_within_an_object_is_read_with_whom_the_object_is_about() -> None:
    of_nobody = {name: value for name, value in ROW.items() if name != "offenderNo"}
    for body in (
        {"movements": [ROW]},
        {"prisonerNumber": NOMS, "movements": [of_nobody]},
        {"page": 1, "data": {"prisonerNumber": NOMS, "lastMovement": of_nobody}},
    ):
        found = [one for one in facts_of(json.dumps(body).encode()) if not one.problem]
        assert [one.who.numbers for one in found] == [{Number.NOMS: NOMS}]
        assert found[0].reading in ("escaped", "danger_in_doubt")


def test_the_hour_that_comes_twice_in_autumn_is_not_known() -> None:
    (twice,) = facts_of(json.dumps(movement("REL", "CR", "2026-10-25 01:50")).encode())
    assert (twice.happened_on, twice.happened_at) == (date(2026, 10, 25), None)
    (after,) = facts_of(json.dumps(movement("REL", "CR", "2026-10-25 02:10")).encode())
    assert after.happened_at == datetime(2026, 10, 25, 2, 10, tzinfo=UTC)
    (zoned,) = facts_of(json.dumps(released("2026-10-25T01:50:00+01:00")).encode())
    assert zoned.happened_at == datetime(2026, 10, 25, 0, 50, tzinfo=UTC)
    skipped = movement("REL", "CR", "2026-03-29 01:30")
    (before,) = facts_of(json.dumps(skipped).encode())
    assert before.happened_on == date(2026, 3, 29)


def test_headings_of_numbers_are_known_as_spreadsheets_write_them() -> None:
    for heading in ("Noms No", "NOMIS No.", "Prison No", "Prisoner No", "NOMIS Number"):
        rows = f"{heading},Movement Type,Movement Reason Code,Movement Date\n"
        (fact,) = facts_of(f"{rows}{NOMS},REL,ESCP,2026-11-16\n".encode())
        assert fact.who.numbers == {Number.NOMS: NOMS}


def test_a_recall_is_a_return_only_where_somebody_says_that_they_are_back() -> None:
    recall = {"prisonerId": NOMS, "recallType": "LR", "revocationDate": "2026-11-20"}
    for more, reading in (
        ({}, "recall_ordered"),
        ({"inPrisonOnRevocationDate": False}, "at_large_after_recall"),
        ({"inPrisonOnRevocationDate": True}, "recalled"),
        ({"returnToCustodyDate": "2026-11-22"}, "recalled"),
    ):
        (fact,) = facts_of(json.dumps(recall | more).encode())
        assert fact.reading == reading


def test_a_report_of_danger_that_is_called_a_duplicate_is_in_doubt() -> None:
    told = {"reportReference": "1", "type": "ESCAPE_FROM_PRISON_1", "status": "DUPLICATE"}
    told |= {"incidentDateAndTime": "2026-11-23T10:00:00"}
    body = told | {"prisonersInvolved": [{"prisonerNumber": NOMS}]}
    (fact,) = facts_of(json.dumps(body).encode())
    assert fact.reading == "danger_in_doubt"
