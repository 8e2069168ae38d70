"""Referrals shared by workload."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vcs.referrals.officers.share import Load, ToGive, loads_after, shared_evenly

ANNA, BEN, CORA = 1, 2, 3


def free(*references: str) -> tuple[ToGive, ...]:
    return tuple(ToGive(one, None) for one in references)


def test_each_goes_to_whoever_has_the_least_to_do() -> None:
    loads = {ANNA: Load(5), BEN: Load(2), CORA: Load(4)}
    given_to = [one.gets for one in shared_evenly(free("a", "b", "c", "d"), loads)]
    assert given_to == [BEN, BEN, BEN, CORA]


def test_what_presses_counts_for_more() -> None:
    loads = {ANNA: Load(2, urgent=2), BEN: Load(3)}
    assert [one.gets for one in shared_evenly(free("a"), loads)] == [BEN]


def test_nobody_gets_back_what_they_had() -> None:
    had = tuple(ToGive(one, ANNA) for one in ("a", "b"))
    loads = {ANNA: Load(2), BEN: Load(9), CORA: Load(8)}
    shared = shared_evenly(had, loads)
    assert [one.gets for one in shared] == [CORA, BEN]
    assert loads_after(shared, loads) == {ANNA: Load(0), BEN: Load(10), CORA: Load(9)}
    assert [one.gets for one in shared_evenly(had, {ANNA: Load(2)})] == [None, None]


@given(st.integers(0, 30), st.lists(st.integers(0, 9), min_size=2, max_size=5))
def test_what_is_shared_is_shared_whole_and_evenly(count: int, has: list[int]) -> None:
    loads = {number: Load(open) for number, open in enumerate(has)}
    shared = shared_evenly(free(*map(str, range(count))), loads)
    after = [one.open for one in loads_after(shared, loads).values()]
    assert sum(after) == sum(has) + count
    got = [new for new, old in zip(after, has, strict=True) if new > old]
    assert not got or max(got) - min(after) <= 1
