"""An extract repeats itself, joins with no other, and names nobody."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import random
from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.journeys.world import World, told
from vcs.access.rules import Reach
from vcs.access.trail import Note, note
from vcs.measures.extract.generalise import COLUMNS, generalise
from vcs.measures.extract.owed import MEASURED
from vcs.measures.extract.write import WRITTEN, ExtractAsked, extract
from vcs.measures.facts import Asked
from vcs.measures.formulas.referring import referred_in_time
from vcs.small_numbers.withheld import FEWEST

WHOLE_YEAR = ExtractAsked(date(2026, 1, 1), date(2026, 12, 31), "the first review")


def made(world: World, asked: ExtractAsked = WHOLE_YEAR) -> dict[str, bytes]:
    with world.db.reading() as session:
        return extract(session, world.sealer, asked, "tracker 1")


def events(files: dict[str, bytes]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files["events.csv"].decode())))


def test_the_same_twice_and_another_review_shares_no_pseudonym(world: World) -> None:
    world.court_tells(told())
    world.clock.days(5)
    world.refer()
    files = made(world)
    assert files == made(world)
    found = events(files)
    kinds = {"sentence_passed", "decided", "result_received", "referred"}
    assert {row["event"] for row in found} == kinds | {"duty_started", "duty_due"}
    (referred,) = [row for row in found if row["event"] == "referred"]
    assert (referred["duty"], referred["late_by_working_days"]) == ("refer-to-probation", "0")
    assert len(referred["victim_key"]) == 16
    other = events(made(world, ExtractAsked(WHOLE_YEAR.from_on, WHOLE_YEAR.to_on, "another")))
    keys = ("victim_key", "sentence_key", "officer_key")
    assert not {row[k] for row in found for k in keys if row[k]} & {
        row[k] for row in other for k in keys if row[k]
    }


def test_it_names_nobody_and_the_manifest_holds_the_hashes(world: World) -> None:
    world.court_tells(told())
    world.refer()
    reference = world.only_referral()
    files = made(world)
    text = b"".join(files.values()).decode()
    for secret in ("Canary", "Madeup", "Colin", "13EX", "LS1", "2026-03-20", reference):
        assert secret not in text
    manifest: dict[str, Any] = json.loads(files["manifest.json"])
    for name, digest in manifest["sha256"].items():
        assert hashlib.sha256(files[name]).hexdigest() == digest
    assert manifest["generalised"]["region_code"] == manifest["rows"]
    assert {row["region_code"] for row in events(files)} == {""}


def test_what_was_never_referred_has_a_row_and_the_extract_counts_as_m1_does(world: World) -> None:
    world.court_tells(*(told(urn=f"13EX000{n}126") for n in range(6)))
    in_time, late, closed_before, closed_after, *_never = world.referrals()
    world.refer(in_time)
    world.close_without_victim(reference=closed_before)
    world.clock.move_to(date(2026, 4, 10))
    world.refer(late)
    world.close_without_victim(reference=closed_after)
    asked = ExtractAsked(date(2026, 3, 1), date(2026, 4, 30), "the first review")
    world.clock.move_to(date(2026, 5, 4))
    files = made(world, asked)
    owed = [row for row in events(files) if row["duty"] == "refer-to-probation"]
    due = [row for row in owed if row["event"] == "duty_due"]
    assert Counter((row["detail"], row["late_by_working_days"]) for row in due) == {
        ("in_time", "0"): 1,
        ("late", "3"): 1,
        ("not_met", "3"): 1,
        ("not_met", "17"): 2,
        ("ended_before_due", ""): 1,
    }
    assert {(row["turn"], row["due_day"], row["victim_key"]) for row in due} == {
        ("witness care", "18", "")
    }
    assert sum(row["event"] == "duty_started" for row in owed) == 6
    with world.db.reading() as session:
        reach = Reach(everywhere=True)
        of_m1 = list(
            referred_in_time(session, Asked(asked.from_on, asked.to_on, world.today, reach))
        )
    measured = [row for row in due if row["detail"] in MEASURED]
    assert len(measured) == sum(fact.left_out is None for fact in of_m1) == 5
    assert sum(row["detail"] == "in_time" for row in due) == sum(fact.counts for fact in of_m1) == 1


def test_a_period_that_is_over_is_told_the_same_whatever_came_later(world: World) -> None:
    world.court_tells(told())
    asked = ExtractAsked(date(2026, 3, 1), date(2026, 4, 8), "the first review")
    world.clock.move_to(date(2026, 4, 9))
    before = made(world, asked)
    assert [row["detail"] for row in events(before) if row["event"] == "duty_due"] == ["not_met"]
    world.refer()
    assert made(world, asked)["events.csv"] == before["events.csv"]


def _row(person: int, quarter: int = 0, **told: Any) -> dict[str, Any]:
    place = {"region_code": "N07", "police_area": "01", "court_code": "C01CE"}
    kept = {"victim_kind": "victim", "language": "en", "route": "section-35"} | place | told
    key = {"victim_key": f"v{person}", "sentence_key": f"s{person}", "quarter": (2026, quarter)}
    return {**key, "outcome": "statutory", **kept}


def _shared_by(rows: list[dict[str, Any]]) -> Counter[tuple[Any, ...]]:
    """Count the people of each combination in a quarter."""
    names = ("quarter", *COLUMNS)
    return Counter(
        told for _, told in {(row["victim_key"], tuple(row[one] for one in names)) for row in rows}
    )


def test_a_place_that_few_share_is_blanked_with_another_so_that_its_absence_says_nothing() -> None:
    rows = [_row(0, court_code="C62SS"), *(_row(one) for one in range(1, 7))]
    assert generalise(rows) == Counter({"court_code": 7})
    assert {row["region_code"] for row in rows} == {"N07"}


def test_the_only_bereaved_relative_of_a_region_stands_out_in_no_combination() -> None:
    """Six victims and four relatives in one region, six victims and one relative in another."""
    wales: dict[str, Any] = {"region_code": "N03", "police_area": "62", "court_code": "C62SS"}
    kinds = ["victim"] * 6 + ["bereaved_relative"] * 4
    rows = [_row(n, victim_kind=kind) for n, kind in enumerate(kinds)]
    rows += [_row(10 + n, victim_kind=kind, **wales) for n, kind in enumerate(kinds[:7])]
    assert generalise(rows) == Counter({"victim_kind": 17})
    assert {row["court_code"] for row in rows} == {"C01CE", "C62SS"}, "the more useful stays"


def test_what_is_blanked_in_one_quarter_is_in_every_other_of_the_same_person() -> None:
    rows = [_row(n, quarter) for n in range(9) for quarter in (0, 1)]
    rows = [row for row in rows if row["quarter"] == (2026, 0) or row["victim_key"] <= "v2"]
    rows += [_row(20 + n, 1, court_code="C62SS") for n in range(4)]
    generalise(rows)
    of_first = {row["court_code"] for row in rows if row["victim_key"] == "v0"}
    assert of_first == {""}
    assert min(_shared_by(rows).values()) >= FEWEST


@pytest.mark.parametrize("seed", range(8))
def test_no_combination_of_any_made_up_extract_is_shared_by_few(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret
    rows = [
        _row(
            person,
            quarter,
            region_code=f"N0{place // 4}",
            police_area=f"{place // 2}",
            court_code=f"C{place}",
            victim_kind=chance.choice(("victim", "victim", "parent")),
            language="cy" if chance.random() < 0.1 else "en",
        )
        for person in range(60)
        for place in [chance.randrange(8)]
        for quarter in range(chance.randint(1, 2))
    ]
    generalise(rows)
    assert min(_shared_by(rows).values()) >= FEWEST
    assert any(row["region_code"] for row in rows)


def test_a_manifest_names_the_earlier_extracts_of_the_same_days(world: World) -> None:
    first, second = WHOLE_YEAR, ExtractAsked(date(2026, 6, 1), date(2027, 1, 31), "the second")
    world.court_tells(told())
    for asked in (first, second, first):
        with world.db.writing() as session:
            noted = Note(world.clock.now(), "vcs extract", WRITTEN, asked.subject, asked.review)
            note(session, noted)
    earlier = "earlier_extracts_of_these_days"
    assert json.loads(made(world, first)["manifest.json"])[earlier] == []
    assert json.loads(made(world, second)["manifest.json"])[earlier] == [
        {"from": "2026-01-01", "to": "2026-12-31", "review": "the first review"}
    ]
    assert json.loads(made(world)["manifest.json"])["quarters_of_fewer_people"] == [
        "2026-Q1",
        "2026-Q2",
    ]


def test_small_counts_of_events_are_withheld_and_cannot_be_worked_out(world: World) -> None:
    world.court_tells(told())
    world.refer()
    manifest = json.loads(made(world)["manifest.json"])
    assert set(manifest["events"].values()) == {"withheld"}


def test_what_is_not_due_yet_is_no_miss_however_far_the_period_reaches(world: World) -> None:
    world.court_tells(told())
    files = made(world, replace(WHOLE_YEAR, known_to=world.clock.now().date()))
    assert "duty_due" not in {row["event"] for row in events(files)}
    assert json.loads(files["manifest.json"])["told_up_to"] == f"{world.clock.now():%Y-%m-%d}"
    later = made(world, replace(WHOLE_YEAR, known_to=date(2026, 12, 31)))
    assert "duty_due" in {row["event"] for row in events(later)}
