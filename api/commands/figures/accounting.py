"""``vcs ledger``: how many sentences stand in which state, and what the counts must add up to."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from api.commands.opening import opened
from api.staff.figures.ledger import counts
from vcs.access.actors import Actor
from vcs.ledger.figures import counts as ledger_counts
from vcs.ledger.figures.parts import Axis, Cell
from vcs.paging import LARGEST, Slice
from vcs.terms import Role

_EVERYWHERE = Actor(0, "", Role.ADMINISTRATOR)


def ledger(
    by: Annotated[Axis, typer.Option("--by", help="What to count by.")] = Axis.REGION,
    page: Annotated[int, typer.Option("--page", min=1, help="Which hundred lines.")] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Print the counts of the ledger over all regions; ``vcs check`` proves them."""
    db, _ = opened()
    with db.reading() as session:
        found = ledger_counts.ledger(session, _EVERYWHERE, by, Cell(), Slice(page, LARGEST))
    if as_json:
        print(json.dumps(counts(found), indent=1, ensure_ascii=False))
        return
    for state, count in found.total.states.items():
        print(f"{state.replace('_', ' ')}: {count}")
    print(f"{found.total.sentences} sentences in all, {found.held} held.")
    print(f"{found.total.unaccounted} eligible sentences are not accounted for.")
