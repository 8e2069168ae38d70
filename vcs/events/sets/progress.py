"""How far a set is: who was told, who is not to be, who waits."""

from __future__ import annotations

from dataclasses import dataclass

from vcs.events.records import EventLine


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a set is. ``not_told`` are those who are not to be told; nobody waits for them."""

    told: int
    not_told: int
    waiting: int

    @property
    def to_tell(self) -> int:
        """Return how many are to be told in all."""
        return self.told + self.waiting


def progress_of(lines: list[EventLine]) -> Progress:
    """Return how far some lines are."""
    told = sum(line.told_at is not None for line in lines)
    waiting = sum(line.is_open for line in lines)
    return Progress(told, len(lines) - told - waiting, waiting)
