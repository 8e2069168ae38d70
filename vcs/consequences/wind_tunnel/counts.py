"""What a scenario comes to: counts by group, letters, hours. Sorted, so that it repeats itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from vcs.consequences.wind_tunnel.decide import Moved
from vcs.consequences.wind_tunnel.scenario import ASSUMED, Scenario
from vcs.intake.regions import region_named
from vcs.terms import Outcome


@dataclass
class Tally:
    """What was counted so far."""

    looked_at: int = 0
    unread: list[str] = field(default_factory=list)
    ways: Counter[str] = field(default_factory=Counter)
    groups: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    outcomes: Counter[tuple[str, str]] = field(default_factory=Counter)
    letters: int = 0
    hours: float = 0.0

    def add_step(self, count: int, moved: Iterable[Moved], unread: Iterable[str]) -> None:
        """Count so many sentences, of which some move and some cannot be read."""
        self.looked_at += count
        self.unread.extend(unread)
        for one in moved:
            self.add(one)

    def add(self, one: Moved) -> None:
        """Count one sentence that moves."""
        self.ways[one.way] += 1
        self.outcomes[one.was, one.would_be] += 1
        for by, value in (
            ("region", _region(one.region)),
            ("provision", one.provision),
            ("offences", one.offences),
        ):
            self.groups[by, value, str(one.way)] += 1
        before, after = ASSUMED[Outcome(one.was)], ASSUMED[Outcome(one.would_be)]
        self.letters += after.letters - before.letters
        self.hours += after.hours - before.hours

    @property
    def moved(self) -> int:
        """Return how many sentences move."""
        return sum(self.ways.values())

    def as_plain(self) -> dict[str, Any]:
        """Return plain values, from which :meth:`from_plain` goes on counting."""
        return {
            "looked_at": self.looked_at,
            "unread": self.unread,
            "ways": dict(self.ways),
            "groups": [[*key, count] for key, count in sorted(self.groups.items())],
            "outcomes": [[*key, count] for key, count in sorted(self.outcomes.items())],
            "letters": self.letters,
            "hours": self.hours,
        }

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> Tally:
        """Return what was counted so far; nothing where nothing was."""
        if not plain:
            return cls()
        return cls(
            plain["looked_at"],
            plain["unread"],
            Counter(plain["ways"]),
            Counter({(by, value, way): n for by, value, way, n in plain["groups"]}),
            Counter({(was, would_be): n for was, would_be, n in plain["outcomes"]}),
            plain["letters"],
            plain["hours"],
        )

    def as_json(self, scenario: Scenario) -> dict[str, Any]:
        """Return plain values, in one order."""
        return {
            "as_if": scenario.words,
            "sentences": self.looked_at,
            "would_change": self.moved,
            "ways": dict(sorted(self.ways.items())),
            "groups": [
                {"by": by, "group": value, "way": way, "sentences": count}
                for (by, value, way), count in sorted(self.groups.items())
            ],
            "letters": self.letters,
            "hours": round(self.hours, 1),
            "assumed": "one victim for each sentence; hours were never measured",
            "not_decided_again": sorted(self.unread),
        }


def _region(code: str) -> str:
    region = region_named(code)
    return region.name if region else "no region yet"
