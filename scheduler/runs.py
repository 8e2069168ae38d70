"""What ran when: one row for each job that did something, and one for each whole sweep."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import col

from scheduler.heartbeat import beat
from scheduler.jobs import Done, Job, Sweep
from scheduler.timetable import TIMETABLE
from vcs import clock, logs
from vcs.ledger.records import HEARTBEAT, SweepRun
from vcs.settings import Settings
from vcs.start.checks import start

_LOG = logs.logger("vcs.scheduler")

KEPT_FOR = timedelta(days=14)

ONWARD = frozenset({"list-names", "prove-ledger", "count-feeds", "write-digests", "send-alerts"})
"""The jobs that bring work to themselves and to those behind them, and to none before them."""


@dataclass(frozen=True, slots=True)
class SweepResult:
    """What one job did in one sweep; ``fault`` names the kind of error that ended it."""

    job: str
    found: int
    done: int
    failed: int
    fault: str | None = None


def open_sweep(settings: Settings, now: Callable[[], datetime] | None = None) -> Sweep:
    """Make the start-up checks and open the database. Raises NotStarted."""
    asked = now or clock.now
    started = start(settings, now=asked())
    for words in started.mended:
        _LOG.warning("%s", words)
    return Sweep(started.settings, started.db, started.sealer, asked)


def tick(settings: Settings, *, now: Callable[[], datetime] | None = None) -> list[SweepResult]:
    """Do everything that is due, and return what each job did."""
    sweep = open_sweep(settings, now)
    try:
        return sweep_all(sweep)
    finally:
        sweep.db.close()


def sweep_all(sweep: Sweep) -> list[SweepResult]:
    """Sweep until a sweep finds nothing more to do.

    Each sweep without a fault is heard outside: work that lasts for hours is no silence.
    """
    results: list[SweepResult] = []
    due = {job.name for job in TIMETABLE}
    while due and not sweep.stopping.is_set():
        swept = sweep_once(sweep, due)
        results += swept
        beat(sweep, swept)
        if due:
            due |= {one.job for one in swept if one.fault}
    return results


def sweep_once(sweep: Sweep, due: set[str]) -> list[SweepResult]:
    """Run once, in their order, the jobs that are due; ``due`` then names those that are due again.

    Due again is what may have work by what a job did after it ran last. A job that fails does not
    keep the others from running.
    """
    started_at = sweep.now()
    results: list[SweepResult] = []
    with logs.within(run_id=secrets.token_hex(8)):
        for place, job in enumerate(TIMETABLE):
            if job.name not in due:
                continue
            due.remove(job.name)
            results.append(_run(sweep, job))
            if results[-1].done:
                due |= _has_work_by(place)
    if not any(result.fault for result in results):
        _record(sweep, HEARTBEAT, started_at, Done())
    return results


def _has_work_by(place: int) -> set[str]:
    """Return which jobs may have work by what the one at a place of the timetable did."""
    act = TIMETABLE[place]
    if act.once_a_tick:
        return set()
    others = TIMETABLE[place:] if act.name in ONWARD else TIMETABLE
    return {job.name for job in others if not job.once_a_tick}


def _run(sweep: Sweep, job: Job) -> SweepResult:
    with logs.within(job=job.name):
        return _run_named(sweep, job)


def _run_named(sweep: Sweep, job: Job) -> SweepResult:
    started_at = sweep.now()
    try:
        done = job.run(sweep)
        if done.found:
            _record(sweep, job.name, started_at, done)
    except Exception as fault:
        _LOG.error("job.failed", **logs.fault(fault))
        _record_fault(sweep, job.name, started_at, type(fault).__name__)
        return SweepResult(job.name, 0, 0, 1, type(fault).__name__)
    if done.found:
        _LOG.info("job.done", found=done.found, done=done.done, failed=done.failed)
    return SweepResult(job.name, done.found, done.done, done.failed)


def _record_fault(sweep: Sweep, job: str, started_at: datetime, fault: str) -> None:
    """Keep that a job was ended by a fault, where the database itself is not what fails."""
    with suppress(Exception):
        _record(sweep, job, started_at, Done(failed=1), fault)


def _record(
    sweep: Sweep, job: str, started_at: datetime, done: Done, fault: str | None = None
) -> None:
    finished_at = sweep.now()
    with sweep.db.writing() as session:
        session.add(
            SweepRun(
                job=job,
                started_at=started_at,
                finished_at=finished_at,
                found=done.found,
                done=done.done,
                failed=done.failed,
                fault=fault,
            )
        )
        old = col(SweepRun.started_at) < finished_at - KEPT_FOR
        session.execute(delete(SweepRun).where(old))
