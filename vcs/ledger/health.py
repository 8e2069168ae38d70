"""How far the service is behind, for operators."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlmodel import Session, col

from vcs.alerts.records import AlertRecord
from vcs.intake.records import CourtMessage, MessageStatus
from vcs.ledger.proof import last_proof
from vcs.ledger.records import HEARTBEAT, SweepRun
from vcs.partners.records import ReferralRequest, RequestStatus
from vcs.sentences.messages import _still_asked
from vcs.tasks.records import TaskKind


@dataclass(frozen=True, slots=True)
class Health:
    """What waits, and since when.

    ``set_aside`` are messages nobody has dealt with yet, ``unopened`` values that no key opens.
    ``requests_depth`` are witness care's requests that were kept and not yet dealt with.
    """

    inbox_depth: int
    oldest_waiting_at: datetime | None
    requests_depth: int
    oldest_request_at: datetime | None
    scheduler_last_tick_at: datetime | None
    owed_alerts: int
    oldest_owed_alert_at: datetime | None
    set_aside: int
    unopened: int
    ledger_proved_at: datetime | None
    ledger_closes: bool


def health(session: Session, now: datetime) -> Health:
    """Count what waits, for the health page and the metrics.

    Runs from after ``now``, which a clock that was put back leaves behind, are no sign of life.
    """
    waiting = col(CourtMessage.status) == MessageStatus.WAITING
    depth, oldest = session.execute(
        select(func.count(), func.min(col(CourtMessage.received_at))).where(waiting)
    ).one()
    asked = col(ReferralRequest.status) == RequestStatus.WAITING
    requests, oldest_request = session.execute(
        select(func.count(), func.min(col(ReferralRequest.received_at))).where(asked)
    ).one()
    finished_at = col(SweepRun.finished_at)
    ended = (col(SweepRun.job) == HEARTBEAT, finished_at <= now)
    ticked = session.execute(select(func.max(finished_at)).where(*ended)).scalar_one()
    owed = (
        col(AlertRecord.sent_at).is_(None),
        col(AlertRecord.failed_reason).is_(None),
        col(AlertRecord.withdrawn_at).is_(None),
    )
    alerts, oldest_alert = session.execute(
        select(func.count(), func.min(col(AlertRecord.owed_at))).where(*owed)
    ).one()
    to_read, unopened = (
        _still_asked(session, kind) for kind in (TaskKind.SET_ASIDE, TaskKind.CANNOT_OPEN)
    )
    proof = last_proof(session, now)
    proved_at, closes = (proof.run_at, proof.closes) if proof else (None, False)
    waits = (depth, oldest, requests, oldest_request)
    return Health(*waits, ticked, alerts, oldest_alert, to_read, unopened, proved_at, closes)
