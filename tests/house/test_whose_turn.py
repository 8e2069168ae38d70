"""Three changes in a row tell each of the longest proofs once, and everything else each time."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.services.turns import LONGEST, PARTS, not_in_turn, turn_of

SHORT = [f"tests/referrals/test_one.py::test_{n}" for n in range(10)]

LONG = [f"{one}::test_{n}" for one in LONGEST for n in range(4)]


def test_three_changes_in_a_row_tell_each_of_them_once() -> None:
    left_out = [not_in_turn(SHORT + LONG, turn_of(str(number))) for number in range(741, 744)]
    for story in LONG:
        assert sum(story not in one for one in left_out) == 1
    assert all(not one & {*SHORT} for one in left_out)
    assert {len(LONG) - len(one) for one in left_out} <= {
        len(LONG) // PARTS,
        len(LONG) // PARTS + 1,
    }


def test_what_is_listed_is_there() -> None:
    root = Path(__file__).parents[2]
    assert all((root / one).exists() for one in LONGEST)


@pytest.mark.parametrize("said", ["-1", "two", "1/3"])
def test_a_turn_that_is_none_is_refused(said: str) -> None:
    with pytest.raises(ValueError, match="number of the change"):
        turn_of(said)
