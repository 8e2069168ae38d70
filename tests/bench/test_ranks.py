"""The rank test that says whether two kinds of answer can be told apart by their time."""

from __future__ import annotations

import random

import pytest

from tests.bench.ranks import by_chance, told_apart


def test_what_is_alike_is_told_apart_half_of_the_time() -> None:
    assert told_apart([1, 2, 3], [1, 2, 3]) == 0.5
    assert told_apart([7.0] * 10, [7.0] * 10) == 0.5


def test_what_is_always_longer_or_always_shorter_is_told_apart_each_time() -> None:
    assert told_apart([5, 6, 7], [1, 2, 3]) == 1.0
    assert told_apart([1, 2, 3], [5, 6, 7]) == 0.0


def test_a_shift_of_a_tenth_of_the_spread_is_found_among_a_thousand_and_noise_is_not() -> None:
    chance = random.Random(7)  # noqa: S311  # a seed, so that it repeats
    one, other = ([chance.gauss(10, 1) for _ in range(1000)] for _ in range(2))
    shifted = [x + 0.2 for x in other]
    assert by_chance(1000, 1000) == pytest.approx(0.0129, abs=0.0001)
    assert abs(told_apart(one, other) - 0.5) < 3 * by_chance(1000, 1000)
    assert told_apart(shifted, one) - 0.5 > 3 * by_chance(1000, 1000)
