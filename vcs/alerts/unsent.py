"""Ask a person to tell somebody by other means what no email told them."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Session, col, select

from vcs.access.records import Account
from vcs.access.rules import MANAGING
from vcs.alerts.at_once import tell_of_task
from vcs.alerts.kinds import About, When, kinds_that, policy_of
from vcs.alerts.records import AlertDelivery, AlertKind, AlertRecord
from vcs.alerts.rungs.reached import unreached
from vcs.clock import london_date
from vcs.referrals.officers.reads import deciders_away
from vcs.referrals.records import DeadlineRecord, Referral
from vcs.tasks.ask import Question, open_tasks
from vcs.tasks.records import Task, TaskKind

_REFUSED = "An email to whoever decides in your region was refused by their mail server."

_PUT_OFF = "The mail server of whoever decides in your region puts off an email to them."

_NOT_REACHED = (
    "It says what was missed or cannot wait: nobody else of your region may have read it yet."
)

_TO_ONE_DECIDER = (AlertKind.LEAVER, AlertKind.LEFT_URGENT)


def ask_to_tell(
    session: Session, alert: AlertRecord, reader: Account | None, reason: str, now: datetime
) -> Task | None:
    """Ask a person to tell one recipient, or whoever can be found, by other means.

    Returns the question; None where another one asks about the same.
    """
    if reader is not None and _is_asked_already(session, alert, reader):
        return None
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
    return session.exec(select(Task).where(Task.key == question.key)).one()


def is_of_decider(kind: str) -> bool:
    """Say of a kind whether it tells one reader alone of what somebody must decide."""
    return policy_of(kind).when is When.AS_THE_DIGEST or kind in _TO_ONE_DECIDER


def tell_instead(
    session: Session, task: Task, reader: Account, now: datetime, why: str = _REFUSED
) -> None:
    """Tell the next rung at once that no email reaches whoever decides in a region.

    Not where somebody else of the same role is at work and has the same rows. Theirs is on the next
    morning's email of the next rung: this is for the morning on which it began.
    """
    today = london_date(now)
    if _is_alone(session, reader, today) and not _is_told_today(session, task, today):
        tell_of_task(session, task, (f"{why} {_NOT_REACHED}", ""), now)


def tell_if_put_off_alone(
    session: Session, alert: AlertRecord, reader: Account, now: datetime
) -> None:
    """Tell the next rung where a server puts off whoever decides, and takes other mail.

    A full mailbox must not keep a miss from everybody until it is given up after five days.
    """
    session.flush()
    if unreached(session, [reader.id]) and _is_alone(session, reader, london_date(now)):
        task = ask_to_tell(session, alert, reader, "Their mail server puts it off.", now)
        if task is not None:
            tell_instead(session, task, reader, now, _PUT_OFF)


def _is_told_today(session: Session, task: Task, today: date) -> bool:
    """Say whether the next rung heard today of another one in the same place whom none reaches."""
    asked = select(Task.reference).where(
        Task.kind == str(TaskKind.ALERT_NOT_SENT),
        Task.region_code == task.region_code,
        Task.opened_on == today,
        Task.id != task.id,
    )
    told = select(AlertRecord.id).where(
        AlertRecord.kind == str(AlertKind.CANNOT_WAIT), col(AlertRecord.subject).in_(asked)
    )
    return session.exec(told).first() is not None


def _is_alone(session: Session, reader: Account, today: date) -> bool:
    """Say whether nobody else of somebody's role in their region is at work and has email."""
    if reader.role not in MANAGING:
        return False
    others = select(Account.id).where(
        Account.role == reader.role,
        Account.region_code == reader.region_code,
        col(Account.active),
        Account.id != reader.id,
    )
    found = frozenset(session.exec(others))
    return not found - deciders_away(session, today) - unreached(session, found)


def _is_asked_already(session: Session, alert: AlertRecord, reader: Account) -> bool:
    """Say whether a person is asked about it: by an earlier digest, or by what it is about."""
    if alert.kind == AlertKind.CANNOT_WAIT:
        about = (Task.reference == alert.subject, Task.kind == TaskKind.ALERT_NOT_SENT)
        return session.exec(select(Task.id).where(*about)).first() is not None
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
