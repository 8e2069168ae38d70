"""``vcs load --replay``: what the archive would tell by the code and rules of today."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import typer

from api.commands.opening import opened
from vcs import clock
from vcs.consequences.messages.desk import read_waiting
from vcs.consequences.past import replay
from vcs.consequences.past.replay import Difference, archived, differences
from vcs.database import Database
from vcs.sealing import Sealer

_TELL_EVERY, _AT_A_TIME = 1000, 50


def replay_archive(paths: list[Path], *, apply: bool) -> None:
    """Read every kept message again, oldest first, and print what would differ.

    With ``apply``, what differs is then read and recorded by the ordinary reader.
    """
    if paths:
        raise typer.BadParameter("--replay reads what is kept: name no files with it.")
    db, sealer = opened()
    total = archived(db)
    found = _printed(differences(db, sealer, lambda done: _progress(done, total)))
    differing, put_back = 0, 0
    while few := list(islice(found, _AT_A_TIME)):
        differing += len(few)
        put_back += replay.apply(db, few, clock.now()) if apply else 0
    if not differing:
        print(f"No change: {total} messages read again, each as before.")
    elif apply:
        _record(db, sealer)
        print(f"{differing} of {total} messages were read differently. {put_back} were recorded.")
    else:
        print(f"{differing} of {total} messages would be read differently. Nothing was changed.")


def _printed(found: Iterator[Difference]) -> Iterator[Difference]:
    for difference in found:
        print(in_words(difference), flush=True)
        yield difference


def _record(db: Database, sealer: Sealer) -> None:
    while read_waiting(db, sealer):
        pass


def in_words(difference: Difference) -> str:
    """Write one difference: the receipt, the message's status, and each change on its own line."""
    status = difference.status.replace("_", " ")
    changes = (f"    {change}" for change in difference.changes)
    return "\n".join([f"{difference.receipt} ({status}):", *changes])


def _progress(done: int, total: int) -> None:
    if done % _TELL_EVERY == 0:
        print(f"{done} of {total} messages read again …", file=sys.stderr, flush=True)
