"""Court messages: what became of one, which were set aside, and how far the inbox is behind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlmodel import Session, col
from sqlmodel import select as select_one

from vcs.casework.actors import Actor, require
from vcs.records import (
    HEARTBEAT,
    AlertRecord,
    CourtMessage,
    MessageStatus,
    SweepRun,
    Task,
    TaskKind,
)
from vcs.sealing import Sealer
from vcs.terms import Role
from vcs.worklists.ledger.proof import last_proof
from vcs.worklists.paging import Page, one_page


@dataclass(frozen=True, slots=True)
class SetAsideRow:
    """One message that could not be read. ``task_reference`` None once somebody dealt with it."""

    receipt: str
    received_at: datetime
    client_id: str
    format: str | None
    problem: str
    task_reference: str | None


@dataclass(frozen=True, slots=True)
class Health:
    """What waits, and since when; ``set_aside`` are messages nobody has dealt with yet."""

    inbox_depth: int
    oldest_waiting_at: datetime | None
    scheduler_last_tick_at: datetime | None
    owed_alerts: int
    oldest_owed_alert_at: datetime | None
    set_aside: int
    ledger_proved_at: datetime | None
    ledger_closes: bool


def receipt(session: Session, sealer: Sealer, receipt: str) -> dict[str, Any] | None:
    """Return what became of a message, in the shape of the contract; None for no such receipt."""
    query = select_one(CourtMessage).where(CourtMessage.receipt == receipt)
    message = session.exec(query).first()
    if message is None:
        return None
    told = sealer.open_json(message.result_json) if message.result_json else []
    return {
        "receipt": message.receipt,
        "received_at": message.received_at.astimezone(UTC).isoformat(),
        "format": message.format,
        "status": message.status,
        "problem": message.problem,
        "sentenced": told,
    }


def set_aside(session: Session, actor: Actor, page: int = 1, size: int = 50) -> Page[SetAsideRow]:
    """Return a page of the messages set aside, those to be dealt with first, then newest first."""
    require(actor, Role.ADMINISTRATOR)
    columns: tuple[Any, ...] = (
        col(CourtMessage.receipt),
        col(CourtMessage.received_at),
        col(CourtMessage.client_id),
        col(CourtMessage.format),
        col(CourtMessage.problem),
        col(Task.reference),
        col(Task.done_at),
    )
    query: Select[Any] = (
        select(*columns)
        .select_from(CourtMessage)
        .outerjoin(Task, col(Task.message_id) == col(CourtMessage.id))
        .where(col(CourtMessage.status) == MessageStatus.SET_ASIDE)
        .order_by(col(Task.done_at).is_not(None), col(CourtMessage.id).desc())
    )
    return one_page(session, query, page, size, _rows)


def _rows(found: Iterable[Any]) -> Iterable[SetAsideRow]:
    for receipt, received_at, client_id, form, problem, task_reference, done_at in found:
        to_do = None if done_at else task_reference
        yield SetAsideRow(receipt, received_at, client_id, form, problem or "", to_do)


def health(session: Session, now: datetime) -> Health:
    """Count what waits, for the health page and the metrics.

    Runs from after ``now``, which a clock that was put back leaves behind, are no sign of life.
    """
    waiting = col(CourtMessage.status) == MessageStatus.WAITING
    depth, oldest = session.execute(
        select(func.count(), func.min(col(CourtMessage.received_at))).where(waiting)
    ).one()
    finished_at = col(SweepRun.finished_at)
    ended = (col(SweepRun.job) == HEARTBEAT, finished_at <= now)
    ticked = session.execute(select(func.max(finished_at)).where(*ended)).scalar_one()
    owed = (col(AlertRecord.sent_at).is_(None), col(AlertRecord.failed_reason).is_(None))
    alerts, oldest_alert = session.execute(
        select(func.count(), func.min(col(AlertRecord.owed_at))).where(*owed)
    ).one()
    aside = (col(Task.kind) == TaskKind.SET_ASIDE, col(Task.done_at).is_(None))
    to_read = session.execute(select(func.count()).select_from(Task).where(*aside)).scalar_one()
    proof = last_proof(session, now)
    proved_at, closes = (proof.run_at, proof.closes) if proof else (None, False)
    return Health(depth, oldest, ticked, alerts, oldest_alert, to_read, proved_at, closes)
