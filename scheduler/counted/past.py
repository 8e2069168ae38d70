"""The job that brings a corrected law to what is stored."""

from __future__ import annotations

from scheduler.jobs import Done, Sweep
from vcs.consequences.messages.homes import keep_homes_told_before
from vcs.consequences.past import reassess
from vcs.consequences.wind_tunnel.advance import advance, for_a_while

STEPS_AT_A_TIME = 25

"""The alerts of today must not wait until all of the past is decided again."""


TRYING_SECONDS = 20.0

_PROCESSES = 2


def try_laws(sweep: Sweep) -> Done:
    """Go on with the trial of another law that was asked for first, for some seconds."""
    over = for_a_while(TRYING_SECONDS)
    done = advance(sweep.db, sweep.now(), _PROCESSES, lambda: over() or sweep.stopping.is_set())
    return Done(done, done)


def decide_again(sweep: Sweep) -> Done:
    """Decide some of what is stored again, until all of it is decided by the law of today."""
    with sweep.db.reading() as session:
        before = far = reassess.progress(session)
    for _ in range(STEPS_AT_A_TIME):
        if far.is_done or sweep.stopping.is_set():
            break
        far = reassess.step(sweep.db, sweep.sealer, sweep.now())
    looked_at = far.looked_at - before.looked_at
    return Done(looked_at, looked_at)


def keep_homes(sweep: Sweep) -> Done:
    """Keep homes told in messages that were read before homes without a sentence were kept."""
    done = 0
    for _ in range(STEPS_AT_A_TIME):
        read = keep_homes_told_before(sweep.db, sweep.sealer, sweep.now())
        done += read
        if not read or sweep.stopping.is_set():
            break
    return Done(done, done)
