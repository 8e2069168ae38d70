"""``vcs reassess``: what the law of today, or an act to come, changes in what is stored."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from typing import Annotated

import typer

from api.commands.opening import opened
from vcs import clock
from vcs.consequences import reassess as walk
from vcs.consequences.outcome_changes import OutcomeChange, outcome_changes
from vcs.consequences.replay import differences
from vcs.database import Database
from vcs.law.rule_sets import RULE_SETS, RuleSet, named
from vcs.sealing import Sealer
from vcs.sentences.reassess import answers_on_facts
from vcs.sentences.reassess import reassess as changes


def reassess(
    as_if: Annotated[str, typer.Option("--as-if", help="The id of a rule set.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Change nothing.")] = False,
    apply: Annotated[bool, typer.Option("--apply", help="Carry it out; safe to stop.")] = False,
) -> None:
    """Decide all that is stored again by the law of today.

    --dry-run shows what changes, by group; --apply carries it out.
    """
    if dry_run == apply or (apply and as_if):
        raise typer.BadParameter("Say --dry-run or --apply; --as-if goes with --dry-run alone.")
    db, sealer = opened()
    if apply:
        _apply(db, sealer)
    elif as_if:
        _show_as_if(db, _rule_set(as_if))
    else:
        _show(db, sealer)


def _rule_set(name: str) -> RuleSet:
    rules = named(name)
    if rules is None:
        known = ", ".join(row.id for row in RULE_SETS)
        raise typer.BadParameter(f"There is no rule set of that name. There are: {known}.")
    return rules


def _show_as_if(db: Database, rules: RuleSet) -> None:
    moved: Counter[str] = Counter()
    with db.reading() as session:
        for change in changes(session, rules):
            moved[f"{change.was} → {change.would_be}"] += 1
            print(f"{change.reference}: {change.was} → {change.would_be} {change.route}".rstrip())
            print("\n".join(f"    {why}" for why in change.why))
    _print_groups(moved)


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
