"""The lists that are shared with this project end as their ``expected.csv`` says, line by line."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from datetime import date

import pytest

from tests.journeys.world import World
from tests.lists.listed import FOLDER, match, questions, told
from vcs.lists.reads import coverage

needs_the_lists = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="the folder of lists is not beside this checkout"
)

FILES = {
    "probation": "probation_cases.csv",
    "prison": "prison_sentenced.csv",
    "court": "court_register.csv",
    "police": "police_report.csv",
}

SATURDAY_28_NOVEMBER = date(2026, 11, 28)

LEARNED = ("PNC", "NOMS")
"""A prison number that an earlier list taught is asked before a PNC number."""


def rows_of(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


@pytest.fixture
def november(world: World) -> World:
    """Return a world whose courts told what the shared ledger holds."""
    world.clock.move_to(SATURDAY_28_NOVEMBER)
    world.court_tells(*(told(row) for row in rows_of("ledger.csv")))
    return world


def expected(kind: str) -> Iterator[Mapping[str, str]]:
    return (row for row in rows_of("expected.csv") if row["list"] == FILES[kind])


@needs_the_lists
def test_each_line_ends_as_it_must(november: World) -> None:
    cases = {row["sentence_ref"]: row["case_urn"] for row in rows_of("ledger.csv")}
    # The prisons' list goes first: it tells who was released on the day.
    for kind in ("prison", "probation", "court", "police"):
        found = match(november, (FOLDER / FILES[kind]).read_bytes(), kind)
        by_line = {(one["row"], one["case_reference"]): one for one in found}
        wanted = list(expected(kind))
        assert len(found) == len(wanted)
        for row in wanted:
            place = int(row["row"]) if row["row"] else None
            one = by_line[place, cases.get(row["sentence_ref"])]
            assert one["ends_as"] == row["ends_as"], (kind, row)
            is_learned = row["rule"] in LEARNED and one["rule"] in LEARNED
            assert is_learned or one["rule"] == row["rule"], (kind, row)
            if row["match_weight"]:
                assert one["match_weight"] == float(row["match_weight"])


@needs_the_lists
def test_what_several_lists_name_is_asked_once(november: World) -> None:
    for kind, name in FILES.items():
        match(november, (FOLDER / name).read_bytes(), kind)
    topics = sorted(str(one.topic) for one in questions(november))
    assert topics == [
        *["list_differs"] * 3,
        *["list_lacks"] * 2,
        "list_unsure",
        *["unknown_to_us"] * 2,
        *["unknown_undecided"] * 2,
    ]
    with november.db.reading() as session:
        assert len(coverage(session)) == 4
    for kind, name in FILES.items():
        match(november, (FOLDER / name).read_bytes(), kind)
    assert len(questions(november)) == len(topics)
