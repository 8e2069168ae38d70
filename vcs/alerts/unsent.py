"""Ask a person to tell somebody by other means what no email told them."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from vcs.access.records import Account
from vcs.alerts.kinds import About, When, kinds_that, policy_of
from vcs.alerts.records import AlertDelivery, AlertRecord
from vcs.clock import london_date
from vcs.referrals.records import DeadlineRecord, Referral
from vcs.tasks.ask import Question, open_tasks
from vcs.tasks.records import Task, TaskKind


def ask_to_tell(
    session: Session, alert: AlertRecord, reader: Account | None, reason: str, now: datetime
) -> None:
    """Ask a person to tell one recipient, or whoever can be found, by other means."""
    if reader is not None and _is_asked_already(session, alert, reader):
        return
    referral = _referral_of(session, alert)
    reference = referral.reference if referral else alert.subject
    was_not = f"was not sent to {reader.name}" if reader else "was not sent"
    asked = f"The alert about {reference} {was_not}. {reason} Tell them by other means."
    key = f"{TaskKind.ALERT_NOT_SENT}:{alert.key}"
    question = Question(
        f"{key}:{reader.id}" if reader else key,
        TaskKind.ALERT_NOT_SENT,
        asked,
        alert.region_code,
        referral_id=referral.id if referral else None,
    )
    open_tasks(session, [question], london_date(now))


def _is_asked_already(session: Session, alert: AlertRecord, reader: Account) -> bool:
    """Say whether a person is asked about an earlier digest that the same reader did not get."""
    if policy_of(alert.kind).when is not When.AS_THE_DIGEST:
        return False
    not_had = (
        select(AlertRecord.key)
        .join(AlertDelivery, col(AlertDelivery.alert_id) == col(AlertRecord.id))
        .where(
            AlertDelivery.account_id == reader.id,
            col(AlertDelivery.sent_at).is_(None),
            col(AlertRecord.kind).in_(kinds_that(When.AS_THE_DIGEST)),
        )
    )
    keys = [f"{TaskKind.ALERT_NOT_SENT}:{key}:{reader.id}" for key in session.exec(not_had)]
    asked = select(Task.id).where(col(Task.key).in_(keys), col(Task.done_at).is_(None))
    return session.exec(asked).first() is not None


def reference_of(session: Session, alert: AlertRecord) -> str:
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
    return session.exec(query).first()
