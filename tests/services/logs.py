"""What the program logs, line by line, in the form that a collector of logs reads."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from typing import Any

from vcs import logs


class LogLines:
    """The lines written so far."""

    def __init__(self) -> None:
        self.stream = StringIO()

    @property
    def text(self) -> str:
        return self.stream.getvalue()

    @property
    def events(self) -> list[dict[str, Any]]:
        """Return every line, parsed; one that is not JSON fails the test."""
        return [json.loads(line) for line in self.text.splitlines()]

    def named(self, event: str) -> list[dict[str, Any]]:
        return [one for one in self.events if one["event"] == event]


@contextmanager
def listening() -> Iterator[LogLines]:
    """Write every log of this process, libraries' too, as production does."""
    lines = LogLines()
    handler = logging.StreamHandler(lines.stream)
    handler.setFormatter(logs.formatter(for_people=False))
    root, ours = logging.getLogger(), logging.getLogger("vcs")
    before = ours.level
    root.addHandler(handler)
    ours.setLevel(logging.INFO)
    try:
        yield lines
    finally:
        root.removeHandler(handler)
        ours.setLevel(before)
