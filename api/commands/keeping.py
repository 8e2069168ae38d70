"""Commands over what is kept: load, migrate, check, state, audit."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from api.commands.deciding import bodies
from api.commands.opening import opened, tell
from api.commands.reading_again import replay_archive
from vcs import clock
from vcs.access import trail
from vcs.consequences.desk import read_waiting
from vcs.database import connect
from vcs.errors import NotReadable
from vcs.intake.inbox import Inbox
from vcs.intake.reading import LARGEST, parse
from vcs.intake.spi import tree as xml
from vcs.keys.given import sealer_of
from vcs.law.duties import calendar_warning
from vcs.ledger import state_dump
from vcs.ledger.proof import prove
from vcs.migrations.upgrade import migrate
from vcs.settings import Settings
from vcs.start import checks
from vcs.start.checks import require_safe

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
    """Put court messages in the inbox and read them, as if a feed had sent them."""
    if replay:
        replay_archive(paths or [], apply=apply)
        return
    if apply or not paths:
        raise typer.BadParameter("Name files or folders to load, or say --replay.")
    _load(paths)


def _load(paths: list[Path]) -> None:
    db, sealer = opened()
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


def bring_up_to_date() -> None:
    """Bring the schema up to date."""
    settings = Settings.load()
    tell(require_safe(settings))
    migrate(settings)
    print("The database is up to date.")


def check() -> None:
    """Make the start-up checks and prove what must hold; exit 1 with a reason for each fault."""
    settings = Settings.load()
    checked = checks.check(settings)
    tell(checked.mended)
    for words in calendar_warning(clock.today()):
        print(f"Warning: {words}")
    problems = list(checked.problems) or _proved(settings)
    if problems:
        print("\n".join(problems))
        raise typer.Exit(1)
    print("The schema is current, the invariants hold and the keys open the data.")


def _proved(settings: Settings) -> list[str]:
    db, sealer = connect(settings), sealer_of(settings)
    try:
        with db.reading() as session:
            problems = [*prove(session, sealer, clock.now()).problems] if sealer else []
            broken = trail.verify(session)
    finally:
        db.close()
    return [*problems, broken] if broken else problems


def state(as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False) -> None:
    """Print what is held. Sorted, without processing times or generated ids."""
    if not as_json:
        raise typer.BadParameter("Say --json: the dump is written in no other form.")
    db, sealer = opened()
    with db.reading() as session:
        held = state_dump.state(session, sealer)
    print(json.dumps(held, sort_keys=True, indent=1, ensure_ascii=False))


def verify() -> None:
    """Check the audit trail from end to end; exit 1 names the first bad entry."""
    db, _ = opened()
    with db.reading() as session:
        problem = trail.verify(session)
    if problem:
        print(problem)
        raise typer.Exit(1)
    print("The audit trail is whole.")
