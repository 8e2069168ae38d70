"""An extract repeats itself, joins with no other, and names nobody."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

from tests.journeys.world import World, told
from vcs.access.rules import Reach
from vcs.measures.extract.owed import MEASURED
from vcs.measures.extract.write import ExtractAsked, extract, generalise
from vcs.measures.facts import Asked
from vcs.measures.formulas.referring import referred_in_time

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


def test_a_place_that_five_people_share_stays() -> None:
    def row(person: int, court: str) -> dict[str, Any]:
        place = {"region_code": "N55", "police_area": "13", "court_code": court}
        return {"victim_key": f"v{person}", "sentence_key": "s", "quarter": (2026, 0), **place}

    rows = [row(1, "C13LE"), *(row(one, "C13BR") for one in range(2, 7))]
    assert generalise(rows) == Counter({"court_code": 1})
    assert rows[0]["court_code"] == ""
    assert {one["region_code"] for one in rows} == {"N55"}


def test_what_tells_few_people_apart_is_blanked_beside_the_place_too() -> None:
    rows = [
        {
            "victim_key": f"v{one}",
            "quarter": (2026, 0),
            "language": "cy" if one < 2 else "en",
            "route": "section-35",
            **dict.fromkeys(("region_code", "police_area", "court_code"), ""),
        }
        for one in range(8)
    ]
    assert generalise(rows) == Counter({"language": 2})
    assert [row["language"] for row in rows] == ["", "", *["en"] * 6]
    assert {row["route"] for row in rows} == {"section-35"}


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
