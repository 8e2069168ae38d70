"""Read what prisons and licence systems told, and settle what the prison can undo no more."""

from __future__ import annotations

from datetime import timedelta

from scheduler.jobs import FINDS_AT_A_TIME, MESSAGES_AT_A_TIME, Done, Sweep
from vcs.custody.facts.receive import read_custody
from vcs.custody.facts.settle import look_again, settle_custody
from vcs.custody.retention import remove_old


def read_custody_messages(sweep: Sweep) -> Done:
    """Read messages that the web process left, settle facts, and try again what matched nobody."""
    now = sweep.now()
    count = read_custody(sweep.db, sweep.sealer, MESSAGES_AT_A_TIME, now)
    count += settle_custody(sweep.db, sweep.sealer, FINDS_AT_A_TIME, now)
    count += look_again(sweep.db, sweep.sealer, FINDS_AT_A_TIME, now)
    return Done(count, count)


def remove_old_custody(sweep: Sweep) -> Done:
    """Remove bodies and names of what was settled long ago."""
    before = sweep.now() - timedelta(days=sweep.settings.keep_messages_days)
    with sweep.db.writing() as session:
        count = remove_old(session, before, sweep.now(), FINDS_AT_A_TIME)
    return Done(count, count)
