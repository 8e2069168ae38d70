"""``vcs load --replay``: what the archive would tell by the code and rules of today."""

from __future__ import annotations

import sys
from pathlib import Path

import typer

from api.commands.opening import opened
from vcs.casework.messages.replay import Difference, archived, differences

_NOT_BUILT = (
    "--apply is not built: a message that was read once does not yet replace its own earlier "
    "decisions when it is read again. Look at the differences without --apply. Messages that were "
    "set aside can be tried again on the page of messages set aside."
)
_TELL_EVERY = 1000


def replay_archive(paths: list[Path], *, apply: bool) -> None:
    """Read every kept message again, oldest first, and print what would differ. Writes nothing."""
    if paths:
        raise typer.BadParameter("--replay reads what is kept: name no files with it.")
    if apply:
        raise typer.BadParameter(_NOT_BUILT)
    db, sealer = opened()
    total, differing = archived(db), 0
    for one in differences(db, sealer, lambda done: _progress(done, total)):
        differing += 1
        print(in_words(one), flush=True)
    if differing:
        print(f"{differing} of {total} messages would be read differently. Nothing was changed.")
    else:
        print(f"No change: {total} messages read again, each as before.")


def in_words(one: Difference) -> str:
    """Write one difference: the receipt, how the message stands, and each change on a line."""
    stands = one.status.replace("_", " ")
    return "\n".join([f"{one.receipt} ({stands}):", *(f"    {change}" for change in one.changes)])


def _progress(done: int, total: int) -> None:
    if done % _TELL_EVERY == 0:
        print(f"{done} of {total} messages read again …", file=sys.stderr, flush=True)
