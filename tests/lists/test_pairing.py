"""Which line goes with which sentence: one to one, whatever the order of the rows."""

from __future__ import annotations

from itertools import permutations

import pytest

from tests.journeys.world import World
from tests.lists.listed import QUILL, endings, line, match, probation, questions, told


def test_a_person_sentenced_twice_has_two_lines_and_two_sentences(world: World) -> None:
    later = {"case_urn": "31NQ9900777", "asn": "", "sentenced_on": "2026-09-25"}
    world.court_tells(told(QUILL), told(QUILL, **later))
    rows = [line(), line(on="2026-09-25")]
    for order in (rows, rows[::-1]):
        found = match(world, probation(*order))
        assert endings(found) == ["matched", "matched"]
        by_row = [one["case_reference"] for one in found]
        assert set(by_row) == {"31NQ9900126", "31NQ9900777"}


def test_the_order_of_the_rows_changes_nothing(world: World) -> None:
    world.court_tells(
        told(QUILL),
        told(QUILL, case_urn="31NQ9900200", asn="", pnc_id="", surname="Ashgrove"),
        told(QUILL, case_urn="31NQ9900201", asn="", pnc_id="", forenames="Toby"),
    )
    rows = [
        line(),
        line(pnc="", surname="ASHGROVE"),
        line(pnc="", forename="TOBY"),
        line(pnc="2019/9000402J", surname="NEWMAN"),
    ]
    seen = set()
    for mixed in permutations(rows):
        found = match(world, probation(*mixed))
        ended = {
            mixed[one["row"] - 1]: (one["ends_as"], one["case_reference"])
            for one in found
            if one["row"]
        }
        seen.add(tuple(sorted(ended.items())))
    assert len(seen) == 1


def test_another_count_of_the_same_day_joins_its_sentence(world: World) -> None:
    world.court_tells(told(QUILL))
    found = match(world, probation(line(), line(code="TH68023", length="40")))
    assert found[0]["sentence_ref"] == found[1]["sentence_ref"]
    assert endings(found) == ["matched", "differs"]


def test_a_day_that_is_told_otherwise_is_the_same_occasion_within_two_weeks(world: World) -> None:
    world.court_tells(told(QUILL))
    assert endings(match(world, probation(line(on="2026-09-19")))) == ["differs"]
    assert endings(match(world, probation(line(on="2026-10-02")))) == ["differs"]
    assert endings(match(world, probation(line(on="2026-10-03")))) == ["task"]


def test_twins_who_are_sentenced_together_are_never_joined(world: World) -> None:
    world.court_tells(told(QUILL))
    found = match(world, probation(line(), line(pnc="2019/9000402J", forename="TOMAS")))
    assert endings(found) == ["matched", "task"]


@pytest.mark.parametrize("pnc", ["2006/9000126L", "06/9000126L"])
def test_a_number_finds_somebody_whose_name_changed(world: World, pnc: str) -> None:
    world.court_tells(told(QUILL))
    (one, *_) = match(world, probation(line(pnc=pnc, surname="MARRIEDNAME")))
    assert (one["ends_as"], one["rule"]) == ("matched", "PNC")


def test_a_number_of_somebody_else_is_for_a_person(world: World) -> None:
    world.court_tells(told(QUILL))
    other = line(surname="NOMAN", forename="JAIDEN", born="1970-05-02")
    (one, *_) = match(world, probation(other))
    assert (one["ends_as"], one["rule"]) == ("cannot_tell", "PNC")
    (question,) = questions(world)
    assert question.topic == "list_unsure"


def test_two_cases_of_one_day_of_which_a_list_tells_nothing_else_have_a_line_each(
    world: World,
) -> None:
    """Else one joined the other’s sentence as one count more, and a sentence was missing."""
    other = {"case_urn": "31NQ9900777", "asn": "", "offence_code": "TH68023", "term_months": "24"}
    world.court_tells(told(QUILL), told(QUILL, **other))
    bare = {"code": "", "length": "", "unit": ""}
    rows = [line(**bare), line(**bare, court="")]
    for order in permutations(rows):
        found = match(world, probation(*order))
        assert endings(found) == ["matched", "matched"]
        assert len({one["sentence_ref"] for one in found}) == 2
    known, again = line(), line(**bare)
    for order in permutations([known, again, line(**bare)]):
        found = match(world, probation(*order))
        assert {one["sentence_ref"] for one in found if one["row"]} == {
            one["sentence_ref"] for one in found
        }, "none of ours is missing"
