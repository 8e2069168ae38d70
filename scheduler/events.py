"""People who join those that are told of a key event."""

from __future__ import annotations

from datetime import timedelta

from scheduler.jobs import Done, Sweep
from vcs import logs
from vcs.consequences.key_events import bring_sets_up_to_date
from vcs.errors import VcsError
from vcs.events.now_reads import sets_that_may_grow

_LOG = logs.logger("vcs.scheduler")

SETS_AT_A_TIME, DANGER_LASTS = 200, timedelta(days=7)


def join_sets(sweep: Sweep) -> Done:
    """Add to each open set, and to danger of the last week, whoever no door added."""
    with sweep.db.reading() as session:
        found = sets_that_may_grow(session, sweep.now() - DANGER_LASTS, SETS_AT_A_TIME)
    done = failed = 0
    for referral_id in found:
        if sweep.stopping.is_set():
            break
        try:
            with sweep.db.writing() as session:
                done += bring_sets_up_to_date(session, sweep.sealer, referral_id, sweep.now())
        except VcsError as fault:
            # One name that no key opens keeps nobody of another offender from being told.
            failed += 1
            _LOG.error("set.not_joined", **logs.fault(fault))
    return Done(len(found), done, failed)
