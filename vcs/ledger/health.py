"""How far the service is behind, for operators."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlmodel import Session, col

from vcs.alerts.kinds import When, kinds_that
from vcs.alerts.records import AlertDelivery, AlertRecord
from vcs.clock import london_date
from vcs.intake.records import CourtMessage, MessageStatus
from vcs.ledger.integrity.proof import last_proof
from vcs.ledger.kept.cells import Axis
from vcs.ledger.kept.figures import by_key
from vcs.ledger.records import HEARTBEAT, SweepRun
from vcs.partners.chase.reads import mails_fail_since
from vcs.partners.records import ReferralRequest, RequestStatus
from vcs.sentences.court_messages.messages import _still_asked
from vcs.tasks.records import Task, TaskKind

OLDEST_OWED = timedelta(hours=2)
"""After how long an email that nobody tried to send says that mail stands still."""


@dataclass(frozen=True, slots=True)
class Health:
    """What waits, and since when.

    ``set_aside`` are messages nobody has dealt with yet, ``unopened`` values that no key opens.
    ``mail_fails_since`` is when the oldest email was owed that was tried and did not go.
    ``overdue`` are deadlines, ``late_clocks`` the other clocks, past their day at this moment.
    ``failed_jobs`` are jobs that a fault ended within the last hour.
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
    oldest_set_aside_on: date | None
    mail_fails_since: datetime | None
    overdue: int
    late_clocks: int
    failed_jobs: int
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
    to_read, unopened = (
        _still_asked(session, kind) for kind in (TaskKind.SET_ASIDE, TaskKind.CANNOT_OPEN)
    )
    proof = last_proof(session, now)
    proved_at, closes = (proof.run_at, proof.closes) if proof else (None, False)
    return Health(
        depth,
        oldest,
        requests,
        oldest_request,
        ticked,
        *_owed_alerts(session),
        to_read,
        unopened,
        _oldest_set_aside(session),
        mail_fails_since(session),
        *_late(session, london_date(now)),
        _failed_jobs(session, now),
        proved_at,
        closes,
    )


def _owed_alerts(session: Session) -> tuple[int, datetime | None]:
    owed = (
        col(AlertRecord.sent_at).is_(None),
        col(AlertRecord.failed_reason).is_(None),
        col(AlertRecord.withdrawn_at).is_(None),
        # What waits for a digest is late only once its digest is.
        col(AlertRecord.kind).not_in(kinds_that(When.WITH_THE_DIGEST)),
    )
    count, oldest = session.execute(
        select(func.count(), func.min(col(AlertRecord.owed_at))).where(*owed)
    ).one()
    return count, oldest


def mail_fails_since(session: Session) -> datetime | None:
    """Return since when an email is owed that was tried and put off; None while mail works."""
    tried = (
        select(col(AlertDelivery.id))
        .where(
            col(AlertDelivery.alert_id) == col(AlertRecord.id),
            col(AlertDelivery.tries) > 0,
            col(AlertDelivery.sent_at).is_(None),
            col(AlertDelivery.failed_reason).is_(None),
        )
        .exists()
    )
    query = select(func.min(col(AlertRecord.owed_at))).where(
        col(AlertRecord.sent_at).is_(None),
        col(AlertRecord.failed_reason).is_(None),
        col(AlertRecord.withdrawn_at).is_(None),
        tried,
    )
    owed = (session.execute(query).scalar_one(), mails_fail_since(session))
    return min((at for at in owed if at is not None), default=None)


def mail_stands_still_since(session: Session, now: datetime) -> datetime | None:
    """Return since when no email goes: one was tried in vain, or was not even tried for hours."""
    _, oldest = _owed_alerts(session)
    untried = oldest if oldest is not None and now - oldest > OLDEST_OWED else None
    found = (mail_fails_since(session), untried)
    return min((at for at in found if at is not None), default=None)


def _oldest_set_aside(session: Session) -> date | None:
    query = select(func.min(col(Task.opened_on))).where(
        col(Task.kind) == str(TaskKind.SET_ASIDE), col(Task.done_at).is_(None)
    )
    found: date | None = session.execute(query).scalar_one()
    return found


def _late(session: Session, today: date) -> tuple[int, int]:
    """Count the deadlines and the other clocks that are past their day, whoever marked them.

    What belongs to a referral that closed is lifted with it, so that nothing of it is counted.
    """
    return _past(session, Axis.DEADLINE, today), _past(session, Axis.CLOCK, today)


def _past(session: Session, axis: Axis, today: date) -> int:
    return sum(n for day, n in by_key(session, axis).items() if day < today.isoformat())


def _failed_jobs(session: Session, now: datetime) -> int:
    """Count the jobs that a fault ended within the last hour."""
    query = select(func.count(func.distinct(col(SweepRun.job)))).where(
        col(SweepRun.fault).is_not(None),
        col(SweepRun.started_at) > now - timedelta(hours=1),
        col(SweepRun.started_at) <= now,
    )
    found: int = session.execute(query).scalar_one()
    return found
