"""What ran, when, how long and what it found: of the scheduler's jobs, and of its whole sweeps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func
from sqlmodel import Session, col, select

from vcs.ledger.records import HEARTBEAT, SweepRun

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class JobRuns:
    """One job: its newest run, and what its runs of the last day came to.

    ``fault`` names the kind of error that ended the newest run, if any.
    """

    job: str
    started_at: datetime
    took: timedelta
    found: int
    done: int
    failed: int
    fault: str | None
    found_in_a_day: int
    failed_in_a_day: int


def last_run_of(session: Session, job: str) -> SweepRun | None:
    """Return the newest run of a job of the scheduler, of those that did anything."""
    query = select(SweepRun).where(SweepRun.job == job)
    newest = col(SweepRun.finished_at).desc(), col(SweepRun.id).desc()
    return session.exec(query.order_by(*newest).limit(1)).first()


def job_runs(session: Session, now: datetime) -> list[JobRuns]:
    """Return every job that found something within the days for which runs are kept."""
    newest = select(func.max(SweepRun.id)).where(SweepRun.job != HEARTBEAT)
    found = session.exec(
        select(SweepRun).where(col(SweepRun.id).in_(newest.group_by(col(SweepRun.job))))
    )
    sums = _in_a_day(session, now)
    rows = [
        JobRuns(
            one.job,
            one.started_at,
            one.finished_at - one.started_at,
            one.found,
            one.done,
            one.failed,
            one.fault,
            *sums.get(one.job, (0, 0)),
        )
        for one in found
    ]
    return sorted(rows, key=lambda one: one.job)


def _in_a_day(session: Session, now: datetime) -> dict[str, tuple[int, int]]:
    query = (
        select(SweepRun.job, func.sum(SweepRun.found), func.sum(SweepRun.failed))
        .where(col(SweepRun.started_at) > now - DAY)
        .group_by(col(SweepRun.job))
    )
    return {job: (found, failed) for job, found, failed in session.exec(query)}


def last_sweep(session: Session) -> SweepRun | None:
    """Return the newest sweep of which every job ran to its end."""
    query = select(SweepRun).where(SweepRun.job == HEARTBEAT)
    return session.exec(query.order_by(col(SweepRun.finished_at).desc()).limit(1)).first()
