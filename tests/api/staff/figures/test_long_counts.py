"""What takes long to count is counted once at a time, and shown again for a while."""

from __future__ import annotations

import threading

import pytest

from api.staff.figures import long_counts
from api.staff.figures.long_counts import Counted
from vcs.errors import Busy


def test_what_was_quick_is_counted_each_time_and_what_was_long_is_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    numbers = iter(range(9))
    counted = Counted()
    assert [counted.get("a", lambda: next(numbers)) for _ in range(2)] == [0, 1]
    monkeypatch.setattr(long_counts, "LONG", 0.0)
    monkeypatch.setattr(long_counts, "_SHOWN_FOR", 10**9)
    assert [counted.get("a", lambda: next(numbers)) for _ in range(2)] == [2, 2]
    assert counted.get("b", lambda: next(numbers)) == 3


def test_a_second_count_beside_a_long_one_is_told_to_come_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(long_counts, "_PATIENCE", 0.01)
    counted, begun, over = Counted(), threading.Event(), threading.Event()

    def slow() -> int:
        begun.set()
        over.wait()
        return 1

    first = threading.Thread(target=lambda: counted.get("a", slow))
    first.start()
    begun.wait()
    with pytest.raises(Busy, match="Try again in a minute"):
        counted.get("b", lambda: 2)
    over.set()
    first.join()
    assert counted.get("b", lambda: 2) == 2
