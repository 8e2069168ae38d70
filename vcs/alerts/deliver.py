"""Claim an alert, and record that it was sent, postponed or given up.

Nothing here depends on when it runs, or how often: unique keys and claims see to that.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import update
from sqlmodel import Session, col, select

from vcs.access import trail
from vcs.access.actors import SYSTEM
from vcs.alerts.kinds import About, policy_of
from vcs.alerts.records import AlertRecord
from vcs.referrals.records import DeadlineRecord, Referral
from vcs.tables import table_of
from vcs.tasks.ask import Question, open_tasks
from vcs.tasks.records import TaskKind

LONGEST_BETWEEN_TRIES = timedelta(minutes=30)

GIVE_UP_AFTER = timedelta(days=5)

"""RFC 5321, 4.5.4.1: a mail is tried for four to five days before it is given up."""

_FIRST_WAIT = timedelta(minutes=1)

_ALERTS = table_of(AlertRecord)


def claim_alert(
    session: Session, alert_id: int, claimant: str, lease: timedelta, now: datetime
) -> bool:
    """Take an owed alert in hand for a while; False where it is not owed, not due or taken.

    A claim runs out, so that an alert is not lost with whoever had it in hand.
    """
    free = _ALERTS.c.claimed_until.is_(None) | (_ALERTS.c.claimed_until < now)
    due = (
        _ALERTS.c.next_try_at <= now,
        _ALERTS.c.failed_reason.is_(None),
        _ALERTS.c.withdrawn_at.is_(None),
    )
    taken = session.execute(
        update(_ALERTS)
        .where(_ALERTS.c.id == alert_id, _ALERTS.c.sent_at.is_(None), *due, free)
        .values(claimed_by=claimant, claimed_until=now + lease, tries=_ALERTS.c.tries + 1)
        .returning(_ALERTS.c.id)
    )
    return taken.first() is not None


def record_sent(session: Session, alert_id: int, now: datetime) -> None:
    """Record that an alert went out."""
    alert = _held(session, alert_id)
    if alert is None or alert.sent_at is not None:
        return
    alert.sent_at = now
    alert.claimed_by = alert.claimed_until = None
    session.add(alert)
    trail.note(
        session,
        trail.Note(now, SYSTEM, "alert.sent", _reference_of(session, alert), alert.message_id),
    )


def postpone_alert(session: Session, alert_id: int, claimant: str, why: str, now: datetime) -> None:
    """Put an alert off after a fault that may pass: longer each time, and not for ever."""
    alert = _held(session, alert_id)
    if alert is None or not _is_owed(alert) or alert.claimed_by != claimant:
        return
    if now - alert.owed_at >= GIVE_UP_AFTER:
        _give_up(session, alert, f"It was tried for five days. {why}", now)
        return
    wait = min(_FIRST_WAIT * 2 ** min(alert.tries - 1, 10), LONGEST_BETWEEN_TRIES)
    alert.next_try_at = now + wait
    alert.claimed_by = alert.claimed_until = None
    session.add(alert)


def give_up_alert(
    session: Session, alert_id: int, claimant: str, reason: str, now: datetime
) -> None:
    """Stop trying an alert that was refused for good, and ask a person to tell the manager."""
    alert = _held(session, alert_id)
    if alert is None or not _is_owed(alert) or alert.claimed_by != claimant:
        return
    _give_up(session, alert, reason, now)


def _give_up(session: Session, alert: AlertRecord, reason: str, now: datetime) -> None:
    alert.failed_reason = reason
    alert.claimed_by = alert.claimed_until = None
    session.add(alert)
    referral = _referral_of(session, alert)
    reference = referral.reference if referral else alert.subject
    asked = f"The alert about {reference} was not sent. {reason} Tell the manager by other means."
    question = Question(
        f"{TaskKind.ALERT_NOT_SENT}:{alert.key}",
        TaskKind.ALERT_NOT_SENT,
        asked,
        alert.region_code,
        referral_id=referral.id if referral else None,
    )
    open_tasks(session, [question], now.date())
    trail.note(session, trail.Note(now, SYSTEM, "alert.given_up", reference))


def _is_owed(alert: AlertRecord) -> bool:
    """Say whether an alert is still to be sent: closing its referral withdraws it."""
    return alert.sent_at is None and alert.withdrawn_at is None


def _held(session: Session, alert_id: int) -> AlertRecord | None:
    query = select(AlertRecord).where(AlertRecord.id == alert_id)
    return session.exec(query.with_for_update()).first()


def _reference_of(session: Session, alert: AlertRecord) -> str:
    """Return what an alert is about, in a word: its referral, or its own subject."""
    referral = _referral_of(session, alert)
    return referral.reference if referral else alert.subject


def _referral_of(session: Session, alert: AlertRecord) -> Referral | None:
    if policy_of(alert.kind).about is not About.DEADLINE:
        return None
    query = (
        select(Referral)
        .join(DeadlineRecord, col(DeadlineRecord.referral_id) == col(Referral.id))
        .where(DeadlineRecord.id == alert.deadline_id)
    )
    return session.exec(query).one()
