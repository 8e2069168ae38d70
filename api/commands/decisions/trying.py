"""What ``vcs reassess --as-if`` prints: each sentence that would move, then the counts."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from vcs import clock
from vcs.consequences.wind_tunnel.clocks import tried
from vcs.consequences.wind_tunnel.counts import Tally
from vcs.consequences.wind_tunnel.decide import Moved
from vcs.consequences.wind_tunnel.scenario import ClockChange, Scenario
from vcs.consequences.wind_tunnel.walk import Over, Step, walk
from vcs.database import Database

_SAY_EVERY = 50_000


@dataclass(frozen=True, slots=True)
class Shown:
    """How it is shown: without the sentences, as JSON, and how many processes decide."""

    is_brief: bool
    as_json: bool
    workers: int


def try_scenario(db: Database, scenario: Scenario, change: ClockChange | None, how: Shown) -> None:
    """Decide all that is stored under a scenario, print what would change, and change nothing."""
    tally = Tally()
    if scenario.rules is not None or scenario.least_months is not None:
        with db.reading() as session:
            for step in walk(session, scenario, how.workers, Over(say_why=not how.is_brief)):
                _add(tally, step)
                if not how.is_brief:
                    print("".join(map(_line, step.moved)), end="")
    told = tally.as_json(scenario)
    if change is not None:
        with db.reading() as session:
            told["clock"] = tried(session, change, clock.today())
    print(json.dumps(told) if how.as_json else "\n".join(_lines(told, tally)))


def _add(tally: Tally, step: Step) -> None:
    before = tally.looked_at
    tally.add_step(step.count, step.moved, step.unread)
    if before // _SAY_EVERY != tally.looked_at // _SAY_EVERY:
        print(f"{tally.looked_at:,} looked at …", file=sys.stderr, flush=True)


def _line(one: Moved) -> str:
    first = f"{one.reference}: {one.was} → {one.would_be} {one.route}".rstrip()
    return "\n".join((first, *(f"    {why}" for why in one.why))) + "\n"


def _lines(told: dict[str, object], tally: Tally) -> Iterator[str]:
    for (was, would_be), count in sorted(tally.outcomes.items()):
        yield f"{was} → {would_be}: {count}"
    for (by, value, way), count in sorted(tally.groups.items()):
        yield f"by {by}, {value}: {count} {way}"
    if tally.moved:
        yield f"letters: {tally.letters:+}, hours of work: {tally.hours:+.1f} ({told['assumed']})"
    clocks = told.get("clock")
    if isinstance(clocks, dict):
        yield f"{clocks['deadlines']} deadlines of {clocks['duty']} looked at"
        for row in clocks["groups"]:
            yield f"by region, {row['group']}: {row['deadlines']} {row['way']}"
    if tally.unread:
        yield f"{len(tally.unread)} could not be decided again: their facts cannot be read"
    yield f"{tally.moved} sentences would change. Nothing was changed."
