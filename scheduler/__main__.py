"""``python -m scheduler``: sweeps every half minute until it is told to stop.

Any number may run. ``--once`` does one sweep of everything due, then exits. With
``--until-input-ends`` it also stops once nobody holds its standard input any more: whoever started
it has ended, even by a kill. ``--once --first-digest`` also writes the digest of
whoever never had one, whatever the day and the hour: the example may be started on a Sunday.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from datetime import UTC, timedelta

from apscheduler.schedulers.background import BackgroundScheduler

from scheduler.alerts.digests import write_digests
from scheduler.jobs import Sweep
from scheduler.runs import open_sweep, sweep_all
from scheduler.timetable import TICK_SECONDS
from vcs import clock, logs
from vcs.errors import VcsError
from vcs.settings import Settings

_LOG = logs.logger("vcs.scheduler")

_JOB = "tick"

_ONCE, _UNTIL_INPUT_ENDS = "--once", "--until-input-ends"

_FIRST_DIGEST = "--first-digest"


def main(arguments: list[str]) -> int:
    """Run, and return the exit code: 0, or 1 where it was not set up or a job failed."""
    os.umask(0o077)  # what is written here names people
    logs.configure()
    if arguments not in ([], [_ONCE], [_UNTIL_INPUT_ENDS], [_ONCE, _FIRST_DIGEST]):
        sys.stderr.write(f"usage: python -m scheduler [{_ONCE} | {_UNTIL_INPUT_ENDS}]\n")
        return 2
    try:
        sweep = open_sweep(Settings.load())
    except VcsError as problem:
        for sentence in str(problem).splitlines():
            sys.stderr.write(f"vcs: {sentence}\n")
        return 1
    _stop_when_told(sweep.stopping)
    if _UNTIL_INPUT_ENDS in arguments:
        threading.Thread(
            target=_stop_at_the_end_of_input, args=[sweep.stopping], daemon=True
        ).start()
    try:
        if _FIRST_DIGEST in arguments:
            sweep_all(sweep)
            write_digests(sweep, first_ever=True)
        if _ONCE in arguments:
            return int(any(result.fault for result in sweep_all(sweep)))
        run(sweep)
        return 0
    finally:
        sweep.db.close()


def run(sweep: Sweep) -> None:
    """Sweep now and every half minute, until told to stop; the item in hand is finished."""
    scheduler = ticking(sweep)
    scheduler.start()
    _LOG.info("scheduler.started", every_seconds=TICK_SECONDS)
    while not sweep.stopping.wait(TICK_SECONDS):
        keep_ticking(scheduler)
    scheduler.shutdown(wait=True)
    _LOG.info("scheduler.stopped")


def ticking(sweep: Sweep) -> BackgroundScheduler:
    """Return a scheduler that only ticks: it keeps nothing, so nothing of it can be lost."""
    scheduler = BackgroundScheduler(timezone=UTC)
    scheduler.add_job(
        sweep_all,
        "interval",
        args=[sweep],
        id=_JOB,
        seconds=TICK_SECONDS,
        next_run_time=clock.now(),
        coalesce=True,
        misfire_grace_time=None,
        max_instances=1,
    )
    return scheduler


def keep_ticking(scheduler: BackgroundScheduler) -> None:
    """Bring the next tick back where a clock that was put back has left it far ahead."""
    job, now = scheduler.get_job(_JOB), clock.now()
    if job is not None and job.next_run_time > now + timedelta(seconds=2 * TICK_SECONDS):
        job.modify(next_run_time=now)


def _stop_when_told(stopping: threading.Event) -> None:
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())


def _stop_at_the_end_of_input(stopping: threading.Event) -> None:
    while os.read(sys.stdin.fileno(), 1024):
        pass
    stopping.set()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
