"""Every real sample decides as a reading of the message says, offender by offender.

Each table in ``samples/`` is named for its folder of messages. It has a row for each person
sentenced, in the order of reading, and one row with no offender for a message that sentences
nobody. ``set_aside`` in the column of outcomes means that a person must read the message, and the
row says why.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from vcs.intake.message import READ
from vcs.intake.reading import read
from vcs.law.eligibility import decide
from vcs.terms import Outcome, Route

FOLDER = Path(__file__).parents[3] / "shared" / "data" / "messages"

TABLES = Path(__file__).with_name("samples")

NOBODY, SET_ASIDE = "nobody", "set_aside"

needs_the_samples = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="the folder of court samples is not beside this checkout"
)


@dataclass(frozen=True, slots=True)
class Expected:
    """What a reading of one message says of one offender."""

    file: str
    offender: str
    outcome: str
    route: str
    why: str
    disputed: str

    def in_words(self) -> str:
        """Write the row without its reason, as the decision is written."""
        return _in_words(self.offender, self.outcome, self.route)


def _in_words(offender: str, outcome: str, route: str) -> str:
    if outcome in (NOBODY, SET_ASIDE):
        return outcome
    return f"offender {offender}: {outcome}{f' by {route}' if route else ''}"


@cache
def _expected() -> dict[str, list[Expected]]:
    """Return the rows by message, each named with its folder."""
    found: dict[str, list[Expected]] = {}
    for table in sorted(TABLES.glob("*.csv")):
        with table.open(encoding="utf-8", newline="") as rows:
            for row in csv.DictReader(rows):
                found.setdefault(f"{table.stem}/{row['file']}", []).append(Expected(**row))
    return found


def _decided(path: Path) -> list[str]:
    message = read(path.read_bytes())
    if message.status != READ:
        return [SET_ASIDE]
    decisions = [decide(sentenced.facts) for sentenced in message.sentenced]
    return [
        _in_words(str(n), decision.outcome, decision.route or "")
        for n, decision in enumerate(decisions, start=1)
    ] or [NOBODY]


def _message(file: str, rows: list[Expected]) -> object:
    disputed = next((row.disputed for row in rows if row.disputed), "")
    marks = [pytest.mark.xfail(strict=True, reason=disputed)] if disputed else []
    return pytest.param(file, id=file, marks=marks)


@needs_the_samples
@pytest.mark.parametrize("file", [_message(*one) for one in _expected().items()])
def test_the_sample_decides_as_its_rows_say(file: str) -> None:
    rows = _expected()[file]

    decided = _decided(FOLDER / file)

    assert decided == [row.in_words() for row in rows], [row.why for row in rows]


@needs_the_samples
def test_no_sample_is_missing_from_the_table_and_no_row_from_the_samples() -> None:
    families = {name.split("/")[0] for name in _expected()}
    samples = {
        f"{family}/{path.name}" for family in families for path in (FOLDER / family).iterdir()
    }

    assert samples == set(_expected())


def test_every_row_names_an_outcome_its_route_and_a_reason() -> None:
    rows = [row for found in _expected().values() for row in found]

    assert {row.outcome for row in rows} <= {*Outcome, NOBODY, SET_ASIDE}
    assert {row.route for row in rows} <= {*Route, ""}
    assert [row.file for row in rows if not row.why] == []
    assert [row.file for row in rows if (row.outcome == Outcome.STATUTORY) != bool(row.route)] == []
