"""``vcs reassess``: what another rule set would change, and why, before it is commenced."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

import typer

from api.commands.opening import opened
from vcs.law.rule_sets import RULE_SETS, named
from vcs.sentences.reassess import reassess as changes


def reassess(
    as_if: Annotated[str, typer.Option("--as-if", help="The id of a rule set.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Change nothing.")] = False,
) -> None:
    """List every sentence whose answer would change. Only with --dry-run so far."""
    if not dry_run:
        raise typer.BadParameter("Say --dry-run: nothing else is built yet.")
    rules = named(as_if) if as_if else None
    if as_if and rules is None:
        known = ", ".join(row.id for row in RULE_SETS)
        raise typer.BadParameter(f"There is no rule set of that name. There are: {known}.")
    moved: Counter[str] = Counter()
    db, _ = opened()
    with db.reading() as session:
        for change in changes(session, rules):
            moved[f"{change.was} → {change.would_be}"] += 1
            print(f"{change.reference}: {change.was} → {change.would_be} {change.route}".rstrip())
            print("\n".join(f"    {why}" for why in change.why))
    for what, count in sorted(moved.items()):
        print(f"{what}: {count}")
    print(f"{sum(moved.values())} sentences would change. Nothing was changed.")
