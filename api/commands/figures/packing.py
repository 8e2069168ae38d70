"""``vcs pack``: the pack of a police and crime commissioner, written to a folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.commands.opening import opened
from vcs import clock
from vcs.measures.commissioner import Quarter, pack_of
from vcs.settings import Settings


def pack(
    folder: Annotated[Path, typer.Argument(help="Where to write it.", metavar="DIR")],
    area: Annotated[str, typer.Option("--police-area", help="The code of the police area.")],
    quarter: Annotated[str, typer.Option("--quarter", help="A quarter that is over: 2026-Q3.")],
) -> None:
    """Write a commissioner's pack of a police area and quarter, as CSV, JSON and PDF."""
    from api.commissioner_pack import PACK_FILES  # the press is started for it alone

    today = clock.today()
    asked = Quarter.named(quarter, today)
    db, _ = opened()
    with db.writing() as session:
        found = pack_of(session, area, asked, today)
    folder.mkdir(parents=True, exist_ok=True)
    is_training = Settings.load().is_training
    for ending, (_, make) in PACK_FILES.items():
        path = folder / f"commissioner-{area}-{asked.name}.{ending}"
        path.write_bytes(make(found, is_training=is_training))
        print(path)
