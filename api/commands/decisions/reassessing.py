"""``vcs reassess``: what the law of today, or an act to come, changes in what is stored."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

import typer

from api.commands.decisions.trying import Shown, try_scenario
from api.commands.opening import opened
from api.commands.options import takes
from vcs import clock
from vcs.consequences.messages.outcome_changes import OutcomeChange, outcome_changes
from vcs.consequences.past import reassess as walk
from vcs.consequences.past.replay import differences
from vcs.consequences.wind_tunnel.clocks import DUTIES_TO_TRY
from vcs.consequences.wind_tunnel.scenario import ClockChange, Scenario
from vcs.database import Database
from vcs.law.rule_sets import RULE_SETS, RuleSet, named
from vcs.sealing import Sealer
from vcs.sentences.reassess import answers_on_facts


@dataclass(frozen=True, slots=True)
class Reassessment:
    """What ``vcs reassess`` takes."""

    as_if: Annotated[str, typer.Option("--as-if", help="The id of a rule set.")] = ""
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Change nothing.")] = False
    apply: Annotated[bool, typer.Option("--apply", help="Carry it out; safe to stop.")] = False
    threshold: Annotated[
        int, typer.Option(min=0, max=1200, help="As if custody of so many months were enough.")
    ] = 0
    clock_as_if: Annotated[
        str, typer.Option("--clock", help="DUTY=DAYS: as if a duty had so many working days.")
    ] = ""
    counts: Annotated[bool, typer.Option("--counts", help="Leave each sentence out.")] = False
    as_json: Annotated[bool, typer.Option("--json", help="Counts as one JSON object.")] = False
    workers: Annotated[int, typer.Option(min=1, max=64, help="Processes that decide.")] = 2

    @property
    def tries(self) -> bool:
        """Return whether another law or clock than today's is tried."""
        return bool(self.as_if or self.threshold or self.clock_as_if)

    @property
    def shown(self) -> Shown:
        """Return how what was tried is shown."""
        is_brief = self.counts or self.as_json
        return Shown(is_brief=is_brief, as_json=self.as_json, workers=self.workers)


@takes(Reassessment)
def reassess(asked: Reassessment) -> None:
    """Decide all that is stored again by the law of today.

    --dry-run shows what changes, by group; --apply carries it out.
    """
    if asked.dry_run == asked.apply or (asked.apply and asked.tries):
        raise typer.BadParameter(
            "Say --dry-run or --apply; --as-if, --threshold and --clock go with --dry-run alone."
        )
    rules = _rule_set(asked.as_if) if asked.as_if else None
    db, sealer = opened()
    if asked.apply:
        _apply(db, sealer)
    elif asked.tries:
        scenario = Scenario(rules, asked.threshold or None)
        try_scenario(db, scenario, _clock(asked.clock_as_if), asked.shown)
    else:
        _show(db, sealer)


def _clock(typed: str) -> ClockChange | None:
    if not typed:
        return None
    duty, _, days = typed.partition("=")
    if (
        not (days.isascii() and days.isdecimal() and len(days) < _MOST_DIGITS)
        or duty not in DUTIES_TO_TRY
    ):
        there = ", ".join(DUTIES_TO_TRY)
        raise typer.BadParameter(f"Say DUTY=DAYS. Duties with deadlines are: {there}.")
    return ClockChange(duty, int(days))


_MOST_DIGITS = 4


def _rule_set(name: str) -> RuleSet:
    rules = named(name)
    if rules is None:
        known = ", ".join(row.id for row in RULE_SETS)
        raise typer.BadParameter(f"There is no rule set of that name. There are: {known}.")
    return rules


def _show(db: Database, sealer: Sealer) -> None:
    moved: Counter[str] = Counter()
    for change in _by_todays_law(db, sealer):
        moved[change.group] += 1
        print(f"{change.about}: {change.group}", flush=True)
    _print_groups(moved)


def _by_todays_law(db: Database, sealer: Sealer) -> Iterator[OutcomeChange]:
    for found in differences(db, sealer, _tell):
        yield from outcome_changes(found)
    with db.reading() as session:
        for again in answers_on_facts(session):
            yield OutcomeChange(again.was.reference, again.was_outcome, str(again.now.outcome))


def _print_groups(moved: Counter[str]) -> None:
    for what, count in sorted(moved.items()):
        print(f"{what}: {count}")
    print(f"{sum(moved.values())} sentences would change. Nothing was changed.")


def _apply(db: Database, sealer: Sealer) -> None:
    with db.reading() as session:
        far = walk.progress(session)
    while not far.is_done:
        far = walk.step(db, sealer, clock.now())
        _tell(far.looked_at)
    print(
        f"All that is stored is decided by the law of today: {far.looked_at} looked at, "
        f"{far.changed} changed."
    )


_TELL_EVERY = 1000


def _tell(done: int) -> None:
    if done and done % _TELL_EVERY == 0:
        print(f"{done} looked at …", file=sys.stderr, flush=True)
