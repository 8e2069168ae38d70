"""People on record, made ready to be found again."""

from __future__ import annotations

from scheduler.jobs import Done, Sweep
from vcs.victims import known

PEOPLE_AT_A_TIME, TIMES_AT_A_TICK = 100, 20


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
