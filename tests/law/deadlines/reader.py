"""Reads the worked examples of deadlines: one file a subject, which a lawyer can edit.

A row says on which day the clock of a duty starts, under which outcome of the law (``any`` where
every outcome gives the duty), and what is then due: a day, ``not known`` where the duty has no
number, or ``not owed`` where there was no such duty. ``known_on`` is the day on which it is
counted, for bank holidays that became known late; empty is everything known today. A line that
begins with ``#`` is a heading.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from vcs.law.deadlines import duties
from vcs.law.deadlines.duties import DUTIES, Duty

TABLES = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Example:
    """One row."""

    place: str
    duty: str
    outcome: str
    starts_on: date
    known_on: date | None
    due: str
    provision: str
    why: str

    @property
    def title(self) -> str:
        known = f", as known on {self.known_on}" if self.known_on else ""
        return f"{self.place} {self.duty} from {self.starts_on}{known} is {self.due}: {self.why}"

    def row(self) -> Duty:
        """Return the one row of the table of duties that answers; fails for none or two."""
        asked = (one for one in DUTIES if one.duty == self.duty and one.applies(self.starts_on))
        (found,) = [one for one in asked if str(one.outcome or duties.ANY) == self.outcome]
        return found

    def answer(self) -> str:
        """Return what the table answers, in the words of the example."""
        row = self.row()
        if not row.is_owed:
            return "not owed"
        if row.count is None:
            return "not known"
        return duties.due(row, self.starts_on, self.known_on).isoformat()


@cache
def examples() -> tuple[Example, ...]:
    """Return every example of every table."""
    return tuple(row for table in sorted(TABLES.glob("*.csv")) for row in _rows(table))


def _rows(table: Path) -> list[Example]:
    with table.open(encoding="utf-8", newline="") as opened:
        lines = csv.DictReader(opened)
        return [
            _example(f"{table.name}:{lines.line_num}", row)
            for row in lines
            if not row["duty"].startswith("#")
        ]


def _example(place: str, row: dict[str, str]) -> Example:
    return Example(
        place,
        row["duty"],
        row["outcome"],
        date.fromisoformat(row["clock_starts_on"]),
        date.fromisoformat(row["known_on"]) if row["known_on"] else None,
        row["due_on"],
        row["provision"],
        row["why"],
    )
