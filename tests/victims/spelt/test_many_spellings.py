"""Thousands of spellings, none of whose rules is the comparer's, and what is no spelling."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from tests.victims.spelt import delivery
from tests.victims.spelt.delivery import Deliveries, Delivery
from tests.victims.spelt.writing import Writer, Written
from vcs.victims.places.same_place import Sameness, compare

SEED, ADDRESSES, SPELLINGS = 20261128, 300, 20


@pytest.fixture(scope="module")
def made() -> Deliveries:
    return Deliveries(SEED)


@pytest.fixture(scope="module")
def some(made: Deliveries) -> list[Delivery]:
    return made.some(ADDRESSES)


def counted(
    pairs: Iterator[tuple[Written, Written]],
) -> tuple[Counter[Sameness], dict[Sameness, list[str]]]:
    """Return how often each answer came, and the pairs that it came for."""
    counts: Counter[Sameness] = Counter()
    shown: dict[Sameness, list[str]] = {}
    for one, other in pairs:
        found = compare(one, other)
        counts[found] += 1
        shown.setdefault(found, []).append(f"{one} | {other}")
    print(dict(counts))
    return counts, shown


def test_no_spelling_of_a_place_is_called_different(some: list[Delivery]) -> None:
    writer = Writer(SEED)
    pairs = ((writer.plainly(one), writer.anyhow(one)) for one in some for _ in range(SPELLINGS))
    counts, shown = counted(pairs)
    assert counts.total() >= 5_000
    assert shown.get(Sameness.DIFFERENT, []) == []


def test_no_two_spellings_of_a_place_are_called_different(some: list[Delivery]) -> None:
    writer = Writer(SEED + 3)
    pairs = ((writer.anyhow(one), writer.anyhow(one)) for one in some for _ in range(SPELLINGS))
    _, shown = counted(pairs)
    assert shown.get(Sameness.DIFFERENT, []) == []


def test_fewer_than_one_in_twenty_neighbours_is_called_perhaps(
    some: list[Delivery], made: Deliveries
) -> None:
    writer = Writer(SEED + 1)
    pairs = (
        (writer.anyhow(one, 1), writer.anyhow(other, 1))
        for one in some
        for other in delivery.neighbours(one, made)
    )
    counts, shown = counted(pairs)
    assert counts.total() >= 800
    assert shown.get(Sameness.SAME, []) == []
    assert counts[Sameness.PERHAPS] < 0.05 * counts.total(), shown[Sameness.PERHAPS][:20]


def test_fewer_than_one_in_a_hundred_others_is_called_perhaps(
    some: list[Delivery], made: Deliveries
) -> None:
    writer = Writer(SEED + 2)
    pairs = (
        (writer.anyhow(one), writer.anyhow(other))
        for one in some
        for other in delivery.others(one, made)
    )
    counts, shown = counted(pairs)
    assert counts.total() >= 1_000
    assert shown.get(Sameness.SAME, []) == []
    assert counts[Sameness.PERHAPS] < 0.01 * counts.total(), shown[Sameness.PERHAPS][:20]
