"""How far the load of the example is: what is counted, how many are done, how many there are."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
MESSAGES = "court messages"
CASES = "cases that staff have worked on"


def unheard(_what: str, _done: int, _total: int) -> None:
    """Tell nobody."""
