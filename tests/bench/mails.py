"""How quickly two workers give the emails that are owed to a mail server, and whether any twice."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Iterable
from contextlib import ExitStack
from datetime import timedelta
from typing import Any

from scheduler.alerts.sending import send_alerts
from scheduler.jobs import Sweep
from tests.bench.backlog import migrated
from tests.services.mailbox import Mailbox, MailServer
from vcs import clock
from vcs.access.accounts import AccountEntry, add_account
from vcs.alerts.owe import Notice, owe_alert
from vcs.alerts.reads import owed_alert_ids
from vcs.alerts.records import AlertKind
from vcs.database import Database, connect
from vcs.errors import Busy
from vcs.sealing import Sealer
from vcs.settings import Settings
from vcs.terms import Role

_WORKERS, _SOON = 2, timedelta(hours=1)

_PASSWORD = "correct horse battery staple"


def run(mails: int = 10_000, kinds: Iterable[str] = ("sqlite", "postgresql")) -> dict[str, Any]:
    """Return how many mails a second two workers send, by the clock and by their own time."""
    return {kind: _on(kind, mails) for kind in kinds}


def _on(kind: str, mails: int) -> dict[str, Any] | str:
    with ExitStack() as stack:
        try:
            settings = stack.enter_context(migrated(kind))
        except LookupError:
            return "not on this machine"
        db = connect(settings)
        _owe(db, mails)
        mailbox = Mailbox()
        server = MailServer(mailbox)
        server.start()
        stack.callback(server.stop)
        given = {"smtp_host": mailbox.host, "smtp_port": mailbox.port}
        began = time.perf_counter()
        busy = _drained(settings.model_copy(update=given))
        wall = time.perf_counter() - began
        with db.reading() as session:
            left = len(owed_alert_ids(session, clock.now() + _SOON, mails))
        db.close()
    ids = [one["Message-ID"] for one in mailbox.messages]
    return {
        "sent": len(ids),
        "left": left,
        "twice": len(ids) - len(set(ids)),
        "a_second": round(len(ids) / wall),
        "a_second_of_a_worker": round(len(ids) / busy),
    }


def _owe(db: Database, mails: int) -> None:
    now = clock.now()
    with db.writing() as session:
        entry = AccountEntry("ada@example.org", "Ada", _PASSWORD, Role.ADMINISTRATOR)
        add_account(session, None, entry, now)
        values: dict[str, str | int] = {
            "last_on": "Monday 2 March 2026",
            "quiet_for": 9,
            "usual": 2,
        }
        for n in range(mails):
            owe_alert(session, Notice(AlertKind.FEED_SILENT, f"Court {n}", "1", values), now)


def _drained(settings: Settings) -> float:
    """Have two workers send all that is owed; returns the processor time of both in seconds."""
    context = multiprocessing.get_context("spawn")
    spent = context.Queue()
    workers = [context.Process(target=_work, args=(settings, spent)) for _ in range(_WORKERS)]
    for one in workers:
        one.start()
    total = sum(spent.get() for _ in workers)
    for one in workers:
        one.join()
    return float(total)


def _work(settings: Settings, spent: Any) -> None:
    db = connect(settings)
    sweep = Sweep(settings, db, Sealer(settings.sealing_keys))
    began = time.process_time()
    try:
        while _found(sweep):
            pass
    finally:
        # Whoever waits for it must not wait for ever.
        spent.put(time.process_time() - began)
        db.close()


def _found(sweep: Sweep) -> int:
    """Sweep once, as the scheduler does: a busy database ends the sweep, and the next goes on."""
    try:
        return send_alerts(sweep).found
    except Busy:
        return 1
