"""N-14 for packs: one police area, one quarter that is over; nothing given away by subtraction."""

from __future__ import annotations

import csv
import io
import json
import subprocess
from datetime import date
from typing import Any

import pytest

from api.commissioner_pack import PACK_FILES
from tests.journeys.world import World
from tests.measures.test_october import october
from vcs.access.rules import Reach
from vcs.errors import NotFound, NotValid
from vcs.measures.commissioner import Pack, Quarter, pack_of, quarters_before
from vcs.measures.disclosure.tallies import Axis
from vcs.measures.facts import Asked
from vcs.measures.figures import figures
from vcs.small_numbers.withheld import FEWEST

__all__ = ["october"]

MONDAY_4_JANUARY = date(2027, 1, 4)

FOURTH = Quarter(2026, 4)

LONDON, SOUTH_WALES, NORFOLK = "01", "62", "36"


def pack(world: World, area: str) -> Pack:
    with world.db.writing() as session:
        return pack_of(session, area, FOURTH, MONDAY_4_JANUARY)


def numbers(value: Any) -> list[int]:
    """Return every count in a pack, however deep."""
    if isinstance(value, dict):
        named = ("numerator", "denominator", "count", "start", "in", "out", "end")
        own = [value[name] for name in named if isinstance(value.get(name), int)]
        return own + [n for one in value.values() for n in numbers(one)]
    return [n for one in value for n in numbers(one)] if isinstance(value, list) else []


def test_no_pack_shows_a_small_number_and_none_gives_one_away(october: World) -> None:
    told = {}
    for area in (LONDON, SOUTH_WALES, NORFOLK):
        content = PACK_FILES["json"][1](pack(october, area), is_training=False)
        told[area] = json.loads(content)
        assert not [n for n in numbers(told[area]) if 0 < n < FEWEST], area
    shown = {area: _of(one, "M1") for area, one in told.items()}
    assert shown[NORFOLK] == ("withheld", "withheld")
    with october.db.reading() as session:
        asked = Asked(FOURTH.from_on, FOURTH.to_on, MONDAY_4_JANUARY, Reach(everywhere=True))
        by_region = figures(session, asked, Axis.REGION)
    regions = {one.group: one.denominator for one in by_region if one.measure.id == "M1"}
    hidden = [name for name, count in regions.items() if count == "withheld"]
    assert len(hidden) != 1, "one that is withheld alone is the whole less the others"
    of_areas = [one for one in shown.values() if one[1] == "withheld"]
    assert len(of_areas) >= 2


def _of(told: dict[str, Any], measure: str) -> tuple[Any, Any]:
    (row,) = [one for one in told["measures"] if one["id"] == measure]
    return row["numerator"], row["denominator"]


def test_csv_json_and_pdf_say_the_same_each_time_beside_its_partner(
    october: World, tmp_path: Any
) -> None:
    found = pack(october, LONDON)
    told = json.loads(PACK_FILES["json"][1](found, is_training=False))["measures"]
    written = PACK_FILES["csv"][1](found, is_training=False).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(written)))
    assert [(row["id"], row["numerator"]) for row in rows] == [
        (row["id"], str(row["numerator"])) for row in told
    ]
    assert all(row["partner"] for row in told if row["id"] in ("M1", "M2", "M3", "M8", "M13"))
    file = tmp_path / "pack.pdf"
    file.write_bytes(PACK_FILES["pdf"][1](found, is_training=False))
    read = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, check=True)
    text = " ".join(read.stdout.decode().split())
    assert "Metropolitan" in text or "London" in text
    for row in told:
        assert f"{row['id']} {row['words']}" in text
    assert "A withheld number is not 0" in text


def test_an_area_without_a_case_is_a_true_nothing(october: World) -> None:
    told = json.loads(PACK_FILES["json"][1](pack(october, "13"), is_training=False))
    assert _of(told, "M1") == (0, 0)
    assert _of(told, "M19") == (0, 0)


def test_only_quarters_that_are_over_and_areas_that_there_are(october: World) -> None:
    today = date(2026, 11, 24)
    assert quarters_before(today, 2) == (Quarter(2026, 3), Quarter(2026, 2))
    assert (FOURTH.from_on, FOURTH.to_on) == (date(2026, 10, 1), date(2026, 12, 31))
    for name in ("2026-Q4", "2026-Q5", "Q3", "2019-Q1", ""):
        with pytest.raises(NotValid):
            Quarter.named(name, today)
    with october.db.reading() as session, pytest.raises(NotFound):
        pack_of(session, "99", FOURTH, MONDAY_4_JANUARY)
