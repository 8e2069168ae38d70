"""What a digest says: references, dates, numbers and officers' initials; nothing about any person.

Kept as JSON beside the digest, so that every try sends the same mail.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from pydantic import TypeAdapter

MOST_ROWS = 20
"""How many rows a digest shows at most; the rest is a number and a link."""


@dataclass(frozen=True, slots=True)
class Row:
    """One matter: what it is, how old, why this reader is told, what happens next and when."""

    matter: str
    reference: str
    path: str
    what: str
    age: str
    due_on: date
    officer: str
    why: str
    next: str
    plan: str = ""
    is_new: bool = False
    of_officers: bool = True

    @property
    def with_whom(self) -> str:
        """Return which officer has it, in words; nothing for what is never an officer's."""
        if not self.of_officers:
            return ""
        return f", officer {self.officer}" if self.officer else ", no officer"


@dataclass(frozen=True, slots=True)
class Group:
    """The rows that ask for one decision."""

    decision: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Settled:
    """One matter that was settled, or is no longer this reader's."""

    reference: str
    path: str
    words: str


@dataclass(frozen=True, slots=True)
class SilentCourt:
    """A court that is quiet beyond its own rhythm: one row until it speaks."""

    name: str
    region_code: str | None
    last_on: date
    quiet_for: int


@dataclass(frozen=True, slots=True)
class StillOpen:
    """What an email told of at once and nobody has done: a line each morning until it is."""

    reference: str
    path: str
    words: str


@dataclass(frozen=True, slots=True)
class Counts:
    """The numbers that come first. ``planned`` are missed, and not repeated while a plan runs.

    ``urgent`` were told of at once and are still open.
    """

    missed: int = 0
    new: int = 0
    soon: int = 0
    passed_up: int = 0
    planned: int = 0
    settled: int = 0
    silent: int = 0
    notices: int = 0
    urgent: int = 0

    @property
    def is_clear(self) -> bool:
        """Say whether there is nothing to tell."""
        told = (self.missed, self.soon, self.passed_up, self.silent, self.notices, self.urgent)
        return not any(told)


@dataclass(frozen=True, slots=True)
class Week:
    """One week of the trend: what fell due, what was in time and what was missed."""

    begins_on: date
    due: int
    in_time: int
    missed: int


@dataclass(frozen=True, slots=True)
class Delay:
    """One court's row of the table of witness care's delay, in working days from sentence."""

    court: str
    area: str
    referred: int
    median: int | None
    longest: int | None
    waiting: int


@dataclass(frozen=True, slots=True)
class Weekly:
    """What heads get once a week: the longest overdue, the trend, and witness care's delay.

    ``unnamed`` counts what is as long overdue and is only behind the link.
    """

    over: tuple[Row, ...] = ()
    weeks: tuple[Week, ...] = ()
    delays: tuple[Delay, ...] = ()
    unnamed: int = 0


@dataclass(frozen=True, slots=True)
class DigestFacts:
    """One morning's digest. ``unnamed`` counts the rows that are only behind the link.

    ``also_new`` are the references of what was missed for the first time beyond the rows.
    ``notices`` are sentences about what is no duty, such as messages that nobody could read.
    """

    day: date
    region: str
    covers_from: datetime
    covers_until: datetime
    counts: Counts
    groups: tuple[Group, ...] = ()
    unnamed: int = 0
    also_new: tuple[str, ...] = ()
    settled: tuple[Settled, ...] = ()
    silent: tuple[SilentCourt, ...] = ()
    notices: tuple[str, ...] = ()
    weekly: Weekly | None = field(default=None)
    still_open: tuple[StillOpen, ...] = ()


_READ = TypeAdapter(DigestFacts)


def as_json(facts: DigestFacts) -> str:
    """Return a digest's facts as they are kept."""
    return _READ.dump_json(facts).decode()


def from_json(kept: str) -> DigestFacts:
    """Return the facts that were kept."""
    return _READ.validate_json(kept)
