"""What was done: the audit trail, the scheduler's runs, proofs of the ledger, and keys in use."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from vcs.records.base import Record, moment


class AuditEntry(Record, table=True):
    """One entry of the trail. ``hash`` covers the entry and the hash before it.

    ``seq`` counts from 1 without gaps. ``who`` is ``account:<id>``, ``client:<id>`` or ``system``.
    """

    __tablename__ = "audit_entry"

    seq: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: datetime = moment()
    who: str
    event: str
    subject: str = Field(index=True)
    detail: str = ""
    previous_hash: str
    hash: str = Field(unique=True)


HEARTBEAT = "sweep"
"""The name under which a sweep is recorded when every job of it ran to its end."""


class SweepRun(Record, table=True):
    """One run of one job of the scheduler, to its end."""

    __tablename__ = "sweep_run"
    __table_args__ = (Index("ix_sweep_run_job_finished", "job", "finished_at"),)

    id: int = Field(default=None, primary_key=True)
    job: str
    started_at: datetime = moment(index=True)
    finished_at: datetime = moment()
    found: int = 0
    done: int = 0
    failed: int = 0


class LedgerProof(Record, table=True):
    """One proof that the ledger closes. ``counts`` and ``problems`` are JSON, and name nobody."""

    __tablename__ = "ledger_proof"

    id: int = Field(default=None, primary_key=True)
    run_at: datetime = moment(index=True)
    closes: bool
    counts: str
    problems: str


class SealingKey(Record, table=True):
    """One key that values in this database may be sealed with.

    ``canary`` is a fixed text sealed with that very key: whoever cannot open it has other keys and
    must not start. ``retired_at`` is when a rotation found nothing under the key any more.
    """

    __tablename__ = "sealing_key"

    name: str = Field(primary_key=True)
    canary: bytes
    added_at: datetime = moment()
    retired_at: datetime | None = moment(default=None)
