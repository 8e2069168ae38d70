"""Lines that hold two people, nobody, or two sentences; and one person under two numbers."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import pytest

from tests.journeys.world import World
from tests.lists.listed import HEADING, QUILL, endings, line, match, probation, told
from vcs.lists.reading.columns import Cell
from vcs.lists.reading.imposed import imposed
from vcs.lists.reading.rows import HEADING as HEADING_AGAIN
from vcs.lists.reading.rows import rows_of
from vcs.lists.reading.several import NOBODY, not_one_person
from vcs.terms import SentenceKind

CANARY = {"pnc": "2019/9000402J", "surname": "CANARYNAME", "forename": "ADA"}


@pytest.fixture
def november(world: World) -> World:
    world.clock.move_to(date(2026, 11, 12))
    world.court_tells(told(QUILL))
    return world


def quoted(**more: str) -> str:
    """Return Quillfeather's line as a spreadsheet saves cells with lines in them."""
    held = {name: text.replace("\n", "~") for name, text in more.items()}
    cells = next(csv.reader([line(**held)]))
    written = io.StringIO()
    csv.writer(written).writerow([cell.replace("~", "\n") for cell in cells])
    return written.getvalue().strip("\r\n")


@pytest.mark.parametrize(
    "more",
    [
        {"surname": "QUILLFEATHER\nCANARYNAME", "forename": "TOBIAH\nADA"},
        {"surname": "QUILLFEATHER / CANARYNAME"},
        {"surname": "Quillfeather and Canaryname"},
        {"forename": "TOBIAH & ADA"},
        {"pnc": "2006/9000126L, 2019/9000402J"},
        {"born": "1988-03-14\n1990-02-14"},
        {"length": "72\n8"},
        {"code": "OF61016\nTH68001"},
    ],
    ids=lambda more: next(iter(more)),
)
def test_two_people_on_one_line_are_never_matched_as_one(
    november: World, more: dict[str, str]
) -> None:
    (ending, *_) = match(november, probation(quoted(**more)))
    assert ending["ends_as"] == "task"
    assert "perhaps two people are on one line" in ending["why"]


@pytest.mark.parametrize(
    "name",
    ["O'NEILL", "O&#39;NEILL", "SMITH-JONES", "VAN DER BERG", "DE LA A", "ANDERSON", "TARN;SIDE"],
)
def test_a_name_of_several_words_is_one(name: str) -> None:
    assert not_one_person({Cell.SURNAME: name, Cell.PNC: "2006/9000126L"}) == ""
    assert not_one_person({Cell.PNC: "2006/9000126L 06/9000126L"}) == "", "one number, twice"


def test_a_count_whose_name_was_merged_away_is_not_explained(november: World) -> None:
    """Eight months alone are too short. Beside eight of the line above they may be enough."""
    first = line(**CANARY, code="CJ88001", length="8")
    merged = line(pnc="", surname="", forename="", born="", code="CJ88001", length="8")
    found = match(november, probation(first, merged))
    assert found[1]["ends_as"] == "task"
    assert found[1]["why"] == NOBODY


def test_a_prisoner_is_found_by_another_name_that_the_prison_holds(november: World) -> None:
    prisoner = {
        "prisonerNumber": "A1234BC",
        "lastName": "Alias",
        "firstName": "Abel",
        "dateOfBirth": "1988-03-14",
        "legalStatus": "SENTENCED",
        "sentenceStartDate": "2026-09-18",
        "offenceCode": "OF61016",
        "aliases": [{"firstName": "Tobiah", "lastName": "Quillfeather"}, "nobody", {}],
    }
    (found,) = match(november, json.dumps([prisoner]).encode(), "prison")
    assert found["ends_as"] == "matched"
    assert "name equal to an alias (+11.5)" in found["why"]
    for none in ("not JSON", "{}", "[1]", "[" * 100_000):
        other = prisoner | {"aliases": none, "prisonerNumber": "A9999AA"}
        (lone, *_) = match(november, json.dumps([other]).encode(), "prison")
        assert lone["ends_as"] == "task"


def test_a_heading_that_comes_again_in_other_capitals_is_a_heading() -> None:
    rows = list(rows_of("\n".join((HEADING, line(), HEADING.title())).encode()).rows)
    assert [row.refused for row in rows] == ["", HEADING_AGAIN]


@pytest.mark.parametrize("between", ["\n", ". ", " - ", ", ", " and ", ": ", " ", "\t"])
@pytest.mark.parametrize(
    "words",
    [
        ("Suspended sentence 6 months", "Imprisonment 24 months"),
        ("Imprisonment 24 months", "Suspended sentence 6 months"),
        ("Imprisonment 6 months suspended for 12 months", "Imprisonment 24 months"),
        ("Guardianship order", "Imprisonment 24 months"),
        ("Imprisonment in default of payment 14 days", "Imprisonment 24 months"),
        ("DTO 8 months", "YOI 24 months"),
    ],
    ids=lambda words: words[0],
)
def test_words_of_two_sentences_are_never_the_one_that_nobody_is_told_of(
    words: tuple[str, str], between: str
) -> None:
    kind = imposed({Cell.SENTENCE_WORDS: between.join(words)}).kind
    assert kind in {SentenceKind.UNKNOWN, SentenceKind.IMPRISONMENT}


@pytest.mark.parametrize(
    "cells",
    [
        {Cell.SENTENCE_WORDS: "Community order", Cell.SENTENCE_TYPE: "SC"},
        {Cell.SENTENCE_WORDS: "Fine", Cell.LEGAL_STATUS: "SENTENCED"},
        {Cell.SENTENCE_WORDS: "Guardianship order", Cell.SENTENCE_TYPE: "NC"},
        {Cell.RESULT_CODE: "1009", Cell.SENTENCE_WORDS: "Imprisonment"},
        {Cell.RESULT_CODE: "1115", Cell.SENTENCE_WORDS: "Imprisonment"},
    ],
    ids=lambda cells: "; ".join(cells.values()),
)
def test_a_line_whose_cells_contradict_each_other_does_not_say_that_nobody_went_to_prison(
    cells: dict[Cell, str],
) -> None:
    assert imposed(cells).kind in {SentenceKind.UNKNOWN, SentenceKind.CUSTODY_UNCLEAR}


def test_cells_that_agree_are_read_as_before() -> None:
    fine = {Cell.RESULT_CODE: "1009", Cell.SENTENCE_WORDS: "Fine"}
    suspended = {Cell.RESULT_CODE: "1115", Cell.SENTENCE_WORDS: "Suspended sentence"}
    assert imposed(fine).kind is SentenceKind.NON_CUSTODIAL
    assert imposed(suspended).kind is SentenceKind.SUSPENDED


def test_a_length_of_nothing_is_no_length(november: World) -> None:
    """Systems write 0 for a length that they do not have; as eight months it would be explained."""
    (asked, *_) = match(november, probation(line(**CANARY, type="Custody", length="0")))
    assert asked["ends_as"] == "task"
    assert imposed({Cell.SENTENCE_WORDS: "Custody - 8 months x 3"}).term is None
    assert imposed({Cell.SENTENCE_WORDS: "Custody - 8 months"}).term is not None


def test_a_second_number_of_probation_s_is_a_question_and_no_unknown_sentence(
    november: World,
) -> None:
    first, second = line(crn="X000001"), line(crn="X000002", pnc="")
    for rows in ((first, second), (second, first)):
        found = match(november, probation(*rows))
        assert sorted(endings(found)) == ["cannot_tell", "matched"]
        asked = next(one for one in found if one["ends_as"] == "cannot_tell")
        assert "another line has it, with another CRN" in asked["why"]


@pytest.mark.parametrize(
    "other",
    [
        {"code": "CJ88001", "length": "24"},
        {"length": "24"},
        {"pnc": "2019/9000402J"},
        {"noms": "A1234BC"},
        {"on": "2026-09-21"},
    ],
    ids=lambda other: next(iter(other)),
)
def test_whoever_is_parted_by_more_than_that_number_is_still_unknown_to_us(
    november: World, other: dict[str, str]
) -> None:
    second = {"crn": "X000002", "pnc": ""} | other
    first = line(crn="X000001", noms="A4321CB" if "noms" in other else "")
    found = match(november, probation(first, line(**second)))
    assert found[0]["ends_as"] == "matched"
    assert "another CRN" not in found[1]["why"]


def test_one_mistyped_year_does_not_ask_where_all_our_sentences_are(world: World) -> None:
    world.clock.move_to(date(2026, 11, 12))
    world.court_tells(told(QUILL, sentenced_on="2026-03-20"))
    names = ("Abel", "Bede", "Cain", "Dinah", "Enos")
    rows = [
        line(pnc="", surname=f"Canary{one}", forename=other, on="2026-09-18")
        for one in names
        for other in names
    ]
    old = line(pnc="", surname="Canaryold", on="2006-09-18")
    found = match(world, probation(*rows, old))
    assert endings(found) == ["task"] * 26
    assert [one for one in found if one["row"] is None] == [], "March lies before the list"
    found = match(world, probation(*rows[:10], old))
    assert [one["ends_as"] for one in found if one["row"] is None] == ["task"], "of eleven, it may"
