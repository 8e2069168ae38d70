"""``vcs load``: court messages from files, through the same inbox as the feeds use."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.commands.messages.deciding import bodies
from api.commands.messages.reading_again import replay_archive
from api.commands.opening import opened_for_real
from vcs import clock
from vcs.consequences.messages.desk import read_waiting
from vcs.errors import NotReadable
from vcs.intake.inbox import Inbox
from vcs.intake.reading import LARGEST, parse
from vcs.intake.spi import tree as xml

LOADER = "vcs-load"


def load(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Files, folders, or - for standard input.")
    ] = None,
    replay: Annotated[
        bool, typer.Option("--replay", help="Read what is kept again; print what would change.")
    ] = False,
    apply: Annotated[
        bool, typer.Option("--apply", help="With --replay: record what would change.")
    ] = False,
) -> None:
    """Put court messages in the inbox and read them, as if a feed had sent them.

    What a feed would be refused too is named; exit 1 where nothing at all could be kept.
    """
    if replay:
        replay_archive(paths or [], apply=apply)
        return
    if apply or not paths:
        raise typer.BadParameter("Name files or folders to load, or say --replay.")
    _load(paths)


def _load(paths: list[Path]) -> None:
    db, sealer = opened_for_real()
    found = list(bodies(paths))
    refused = [(source, why) for source, body in found if (why := _refusal(body))]
    kept = Inbox(db, sealer).keep(
        [body for _, body in found if not _refusal(body)], LOADER, clock.now()
    )
    read = 0
    while batch := read_waiting(db, sealer):
        read += batch
    held = sum(1 for receipt in kept if receipt.already_held)
    print(f"Kept {len(kept) - held} messages, {held} already held, {read} read.")
    for source, why in refused:
        print(f"Not kept: {source}: {why}")
    if refused and not kept:
        raise typer.Exit(1)


def _refusal(body: bytes) -> str:
    """Say why the feed would refuse a body at the door; empty when it would not."""
    if len(body) > LARGEST:
        return "The message is larger than 10 MB."
    try:
        xml.check(body) if xml.is_xml(body) else parse(body)
    except NotReadable as problem:
        return str(problem)
    except ValueError:
        return ""
    return ""
