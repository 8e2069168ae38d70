"""``vcs inspect``: a seeded sample of all eligible sentences, as chronologies in a zip."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api import inspection_pack
from api.commands.opening import opened
from vcs import clock
from vcs.access.trail import Note, note
from vcs.lists.certificate.signing import signer_of
from vcs.settings import Settings

_MOST = 1000


def inspect(
    file: Annotated[Path, typer.Argument(help="The zip to write.", metavar="FILE.zip")],
    sample: Annotated[int, typer.Option("--sample", min=1, max=_MOST, help="How many cases.")],
    seed: Annotated[str, typer.Option("--seed", help="Any word or number: the same draws alike.")],
    with_letters: Annotated[
        bool, typer.Option("--with-letters", help="Letters as sent: for who may read names.")
    ] = False,
) -> None:
    """Draw a sample for an inspector and write it as a zip."""
    if file.is_dir() or not file.absolute().parent.is_dir():
        raise typer.BadParameter("give a file in a folder that is there", param_hint="FILE.zip")
    now = clock.now()
    db, sealer = opened()
    settings = Settings.load()
    with db.writing() as session:
        asked = inspection_pack.Asked(
            sample,
            seed,
            clock.london_date(now),
            signer_of(session, settings),
            settings.is_training,
            sealer if with_letters else None,
        )
        made = inspection_pack.pack(session, asked)
        what = f"{sample} {seed}" + (" with letters as sent" if with_letters else "")
        note(session, Note(now, "vcs inspect", "inspection.packed", "sample", what))
    inspection_pack.write(file, made)
    print(f"Wrote {len(made)} bytes to {file}.")
