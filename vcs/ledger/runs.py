"""When each job of the scheduler last ran."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from vcs.ledger.records import SweepRun


def last_runs(session: Session) -> dict[str, datetime]:
    """Return when each job of the scheduler last ended, of those that did anything."""
    query = select(SweepRun.job, func.max(col(SweepRun.finished_at))).group_by(col(SweepRun.job))
    return dict(session.exec(query).all())
