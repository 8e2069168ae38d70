"""Every real SPI sample decides as a reading of the message says.

``samples.csv`` has a row for each file, in both folders: the offender (each message has one at
most), the outcome, and why. ``set_aside`` means that a person must read the message.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import pytest

from api.commands.messages.deciding import answer_to
from vcs.intake.message import READ
from vcs.intake.reading import read
from vcs.law.eligibility import decide
from vcs.terms import Outcome, Route

FOLDER = Path(__file__).parents[4] / "shared" / "data" / "messages"

TABLE = Path(__file__).with_name("samples.csv")

NOBODY, SET_ASIDE = "nobody", "set_aside"

needs_the_samples = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="the folder of court samples is not beside this checkout"
)


@cache
def rows() -> dict[str, dict[str, str]]:
    """Return the table by folder and file."""
    with TABLE.open(encoding="utf-8", newline="") as table:
        return {f"{row['folder']}/{row['file']}": row for row in csv.DictReader(table)}


def decided(path: Path) -> list[tuple[str, str]]:
    """Return outcome and route of everybody in a message."""
    message = read(path.read_bytes())
    if message.status != READ:
        return [(SET_ASIDE, "")]
    found = [decide(one.facts) for one in message.sentenced]
    return [(one.outcome, one.route or "") for one in found] or [(NOBODY, "")]


def _listed() -> list[object]:
    return [
        pytest.param(
            name,
            marks=[pytest.mark.xfail(strict=True, reason=row["disputed"])]
            if row["disputed"]
            else [],
        )
        for name, row in rows().items()
    ]


@needs_the_samples
@pytest.mark.parametrize("name", _listed())
def test_the_sample_decides_as_its_row_says(name: str) -> None:
    row = rows()[name]

    assert decided(FOLDER / name) == [(row["outcome"], row["route"])], row["why"]


@needs_the_samples
@pytest.mark.parametrize("folder", ["spi-results-xml", "spi-new-case-xml"])
def test_no_sample_is_missing_from_the_table_and_no_row_from_the_samples(folder: str) -> None:
    told = {row["file"] for row in rows().values() if row["folder"] == folder}

    assert {path.name for path in (FOLDER / folder).iterdir()} == told


@needs_the_samples
@pytest.mark.parametrize("name", list(rows())[::5])
def test_the_command_prints_what_reading_decides(name: str) -> None:
    row = rows()[name]
    answer = answer_to(name, (FOLDER / name).read_bytes())
    printed = [(one["outcome"], one["route"] or "") for one in answer["sentenced"]]

    assert answer["format"] in ("spi-result", "spi-new-case")
    assert (answer["status"] == SET_ASIDE) == (row["outcome"] == SET_ASIDE)
    assert printed == ([] if not row["offender"] else [(row["outcome"], row["route"])])


def test_every_row_names_an_outcome_its_route_and_a_reason() -> None:
    told = list(rows().values())

    assert {row["outcome"] for row in told} <= {*Outcome, NOBODY, SET_ASIDE}
    assert {row["route"] for row in told} <= {*Route, ""}
    assert [row["file"] for row in told if not row["why"]] == []
