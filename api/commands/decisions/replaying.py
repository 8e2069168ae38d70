"""``vcs replay``: a stored decision made again from its own facts and rules, and compared."""

from __future__ import annotations

import sys
from datetime import datetime
from typing import Annotated

import typer

from api.commands.opening import opened
from vcs.referrals import replay as referrals_replay


def replay(
    reference: Annotated[str, typer.Argument(help="A sentence's or a referral's reference.")],
    as_at: Annotated[
        datetime | None,
        typer.Option("--as-at", formats=["%Y-%m-%d"], help="The day, YYYY-MM-DD: today if none."),
    ] = None,
) -> None:
    """Decide again on stored facts and print the bytes; exit 1 with the difference, if any."""
    db, _ = opened()
    with db.reading() as session:
        found = referrals_replay.replay(session, reference, as_at.date() if as_at else None)
    if found.again is not None:
        print(found.again)
    if not found.is_same:
        print("\n".join(found.difference()), file=sys.stderr)
        raise typer.Exit(1)
