"""People on record, made ready to be found again."""

from __future__ import annotations

from datetime import timedelta

from scheduler.jobs import Done, Sweep
from vcs import logs
from vcs.consequences.key_events import bring_sets_up_to_date
from vcs.errors import VcsError
from vcs.events.now_reads import sets_that_may_grow
from vcs.victims import known

_LOG = logs.logger("vcs.scheduler")

PEOPLE_AT_A_TIME, TIMES_AT_A_TICK = 100, 20

SETS_AT_A_TIME, DANGER_LASTS = 200, timedelta(days=7)


def digest_people(sweep: Sweep) -> Done:
    """Make the digests of people who have none under the newest key, some at each tick."""
    done = 0
    for _ in range(TIMES_AT_A_TICK):
        with sweep.db.writing() as session:
            made = known.digest_and_ask(session, sweep.sealer, sweep.today, PEOPLE_AT_A_TIME)
        done += made
        if made < PEOPLE_AT_A_TIME or sweep.stopping.is_set():
            break
    return Done(done, done)


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
