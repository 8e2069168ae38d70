"""``vcs extract``: the events of victims' journeys under pseudonyms, for a named review."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from api.commands.opening import opened
from api.commands.written import put, writing_to
from api.version import NAME, VERSION
from vcs import clock
from vcs.access.trail import Note, note
from vcs.measures.extract.write import WRITTEN, ExtractAsked
from vcs.measures.extract.write import extract as made_extract


def extract(
    folder: Annotated[Path, typer.Argument(help="The folder to write to.", metavar="DIR")],
    from_day: Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], help="First day.")],
    to_day: Annotated[datetime, typer.Option("--to", formats=["%Y-%m-%d"], help="Last day.")],
    review: Annotated[
        str, typer.Option("--review", help="For which review: another has other pseudonyms.")
    ] = "",
) -> None:
    """Write the events of victims' journeys under pseudonyms."""
    asked = ExtractAsked(from_day.date(), to_day.date(), review, clock.today())
    with writing_to(folder, "DIR"):
        folder.mkdir(parents=True, exist_ok=True)
    db, sealer = opened()
    with db.writing() as session:
        files = made_extract(session, sealer, asked, f"{NAME} {VERSION}")
        note(session, Note(clock.now(), "vcs extract", WRITTEN, asked.subject, review))
    with writing_to(folder, "DIR"):
        for name, content in files.items():
            put(folder, name, content)
    print(f"Wrote {', '.join(files)} to {folder}.")
    if asked.last_on < asked.to_on:
        print(f"It ends on {asked.last_on}: what came later is not known yet.")
