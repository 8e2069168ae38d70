"""Commands over the database: migrate, check, state, audit."""

from __future__ import annotations

import json
from typing import Annotated

import typer
from sqlmodel import Session

from api.commands.opening import opened, tell
from vcs import clock
from vcs.access import trail
from vcs.custody import dumped
from vcs.database import connect
from vcs.keys.given import sealer_of
from vcs.law.deadlines.calendar_end import calendar_warning
from vcs.ledger.integrity.proof import prove
from vcs.migrations.upgrade import migrate
from vcs.sealing import Sealer
from vcs.settings import Settings
from vcs.start import checks
from vcs.start.checks import require_safe
from vcs.start.loopback import database_in_the_clear
from vcs.victims.person import not_theirs

_NOT_THEIRS = "The details of person {} do not open, or are somebody else's."


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
    in_the_clear = database_in_the_clear(settings)
    for words in (*calendar_warning(clock.today()), *filter(None, [in_the_clear])):
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
            problems = _amiss(session, sealer) if sealer else []
            broken = trail.verify(session)
    finally:
        db.close()
    return [*problems, broken] if broken else problems


def _amiss(session: Session, sealer: Sealer) -> list[str]:
    strangers = [_NOT_THEIRS.format(one) for one in not_theirs(session, sealer)]
    return [*prove(session, sealer, clock.now()).problems, *strangers]


def state(as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False) -> None:
    """Print what is held. Sorted, without processing times or generated ids."""
    if not as_json:
        raise typer.BadParameter("Say --json: the dump is written in no other form.")
    db, sealer = opened()
    with db.reading() as session:
        held = dumped.state(session, sealer, clock.today())
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
