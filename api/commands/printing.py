"""``vcs rules`` and ``vcs letters``: what the program holds, printed for a person to check."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from api.public.lawbook import lawbook, printed
from vcs import clock


def rules(
    on: Annotated[
        datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="The day, YYYY-MM-DD.")
    ] = None,
    since: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="An earlier day: list what changed after it."),
    ] = None,
) -> None:
    """Print the law as the program applies it on a day, with every provision."""
    day = on.date() if on else clock.today()
    if since and since.date() >= day:
        raise typer.BadParameter(f"must be a day before {day}", param_hint="--since")
    try:
        book = lawbook(day, since.date() if since else None)
    except ValueError as problem:
        raise typer.BadParameter(str(problem), param_hint="--on") from None
    print("\n".join(printed(book)))


def letters(
    samples: Annotated[Path, typer.Option("--samples", help="The folder to write to.")],
) -> None:
    """Write every letter, in each language and format, with made-up facts."""
    from letters import samples as made_up  # WeasyPrint takes a second to load

    written = made_up.samples(samples)
    print(f"Wrote {len(written)} letters to {samples}.")
