"""``vcs run``: sets up, loads the example caseload, and serves it with the scheduler."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from api.commands import progress
from api.commands.opening import begun, tell
from api.commands.service.serving import listen
from api.commands.service.sweeping import sweep_once, working
from api.example.staff import SIGN_IN_FILE
from api.example.telling import tell as tell_example
from vcs import clock
from vcs.alerts.digest.due import readers_due
from vcs.alerts.reads import owed_alert_ids
from vcs.database import Database
from vcs.ledger.figures.example_counts import example_counts
from vcs.migrations.upgrade import migrate
from vcs.referrals.due_days.due import missed_candidates
from vcs.settings import Settings
from vcs.start.checks import require_safe

_HOST = "127.0.0.1"

_SECONDS_OF_A_CLAIM = 15

_SWEEPS_AT_MOST = 5

_OUTCOMES = {
    "statutory": "owed contact by law",
    "notification_scheme": "Victim Notification Scheme",
    "cannot_tell": "cannot tell, a person decides",
    "discretionary": "a manager may offer contact",
    "not_eligible": "not eligible",
}


def run(
    port: Annotated[int, typer.Option(help="The port to listen on.")] = 8000,
    steps_done: Annotated[int, typer.Option(hidden=True)] = 0,
) -> None:
    """Load the example caseload once, serve it and run the scheduler."""
    last = steps_done + 2
    progress.step(last - 1, last, "example caseload (made-up people only)")
    # The scheduler, a process of its own, writes this address into its mails.
    os.environ.setdefault("VCS_BASE_URL", f"http://127.0.0.1:{port}")
    settings = Settings.load()
    tell(require_safe(settings))
    migrate(settings)
    started = begun(settings.again(), _HOST)
    settings, db, sealer = started.settings, started.db, started.sealer
    told = tell_example(db, sealer, settings, clock.today(), progress.show)
    if told.messages == 0:
        print("  it is there already", flush=True)
    _send_alerts(db)
    print("\n".join(account(db, settings, told.messages, port)), flush=True)
    print()
    progress.step(last, last, f"pages and scheduler at http://127.0.0.1:{port}")
    with working():
        listen(started, _HOST, port)


def _send_alerts(db: Database) -> None:
    """Sweep until no alert is owed, so that every start counts the same.

    A sweep that was killed may have claimed an alert, which is free again after some seconds.
    """
    for _ in range(_SWEEPS_AT_MOST):
        if not _anything_due(db):
            return
        print("  sending the alerts that are owed", flush=True)
        sweep_once(first_digest=True)
        if _anything_due(db):
            time.sleep(_SECONDS_OF_A_CLAIM / _SWEEPS_AT_MOST)


def _anything_due(db: Database) -> bool:
    soon = clock.now() + timedelta(seconds=_SECONDS_OF_A_CLAIM)
    with db.reading() as session:
        owed = owed_alert_ids(session, soon, 1)
        never_told = readers_due(session, clock.now(), first_ever=True)
        return bool(owed or never_told or missed_candidates(session, clock.today(), 1))


def account(db: Database, settings: Settings, messages: int, port: int) -> Iterator[str]:
    """Say what was done, what stands, and where to look."""
    with db.reading() as session:
        held = example_counts(session, clock.today())
    yield ""
    yield "Victim contact tracker: example caseload, made-up people only"
    rows: list[tuple[str, object]] = [
        ("court messages read", f"{held.messages_read} ({messages} sent just now)"),
        ("set aside for a person", held.set_aside),
        ("sentences recorded", sum(held.outcomes.values())),
    ]
    rows += [(f"  {words}", held.outcomes.get(outcome, 0)) for outcome, words in _OUTCOMES.items()]
    rows += [
        ("eligible, not accounted for", f"{held.unaccounted} (the goal is zero)"),
        ("deadlines overdue", held.overdue),
        ("deadlines due within 5 working days", held.due_soon),
        ("letters approved", f"{held.letters}, in {_shown(settings.data_dir / 'letters')}"),
        ("emails sent to staff", f"{held.alerts_sent}, in {_shown(settings.mail_dir)}"),
    ]
    yield from (f"  {name:<38}{value}" for name, value in rows)
    yield ""
    yield f"Sign in at http://127.0.0.1:{port}/sign-in as one of"
    yield from _sign_ins(settings.data_dir / SIGN_IN_FILE)
    yield ""
    yield "Stop with Ctrl+C. A second run starts in seconds and loses nothing."


def _shown(path: Path) -> str:
    return str(path.resolve())


def _sign_ins(path: Path) -> Iterator[str]:
    if not path.exists():
        yield "  the accounts that you added with `vcs users add`"
        return
    yield from (f"  {line}" for line in path.read_text(encoding="utf-8").splitlines())
