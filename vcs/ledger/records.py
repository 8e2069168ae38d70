"""The scheduler's runs, and proofs of the ledger."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from vcs.tables import Record, moment

HEARTBEAT = "sweep"

"""The name under which a sweep is recorded when every job of it ran to its end."""


class SweepRun(Record, table=True):
    """One run of one job of the scheduler. ``fault`` is the kind of error that ended it, if any."""

    __tablename__ = "sweep_run"
    __table_args__ = (Index("ix_sweep_run_job_finished", "job", "finished_at"),)

    id: int = Field(default=None, primary_key=True)
    job: str
    started_at: datetime = moment(index=True)
    finished_at: datetime = moment()
    found: int = 0
    done: int = 0
    failed: int = 0
    fault: str | None = None


class LedgerProof(Record, table=True):
    """One proof that the ledger closes. ``counts`` and ``problems`` are JSON, and name nobody."""

    __tablename__ = "ledger_proof"

    id: int = Field(default=None, primary_key=True)
    run_at: datetime = moment(index=True)
    closes: bool
    counts: str
    problems: str
