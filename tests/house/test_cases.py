"""Each test that the table of cases names is there."""

from __future__ import annotations

import re
from pathlib import Path

_TESTS = Path(__file__).parents[1]

_TABLE = _TESTS / "journeys" / "README.md"


def test_every_test_that_proves_a_case_is_there() -> None:
    named = re.findall(r"`([\w/]+\.py)(?:::(\w+))?`", _TABLE.read_text("utf-8"))
    tests = [(path, name) for path, name in named if "/" in path]
    assert len(tests) > 50
    for path, name in tests:
        held = (_TESTS / path).read_text("utf-8")
        assert not name or f"def {name}(" in held, f"{path}::{name}"


def test_every_case_about_people_has_a_row() -> None:
    lines = _TABLE.read_text("utf-8").splitlines()
    rows = [line.split("|")[1] for line in lines if line.startswith("| ")]
    text = " ".join(rows).replace("G-09 to G-13", "G-09 G-10 G-11 G-12 G-13")
    wanted = [f"P-{n:02}" for n in range(1, 15)]
    wanted += [f"G-{n:02}" for n in range(1, 14)] + [f"K-{n:02}" for n in range(1, 12)]
    assert [one for one in wanted if one not in text] == []
