"""Claim some alerts, address each to its recipients, and record what became of each copy.

An alert is settled once every recipient's copy was taken or given up. Nothing here depends on when
it runs, or how often: unique keys and claims see to that.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, update
from sqlmodel import Session, col, select

from vcs.access import trail
from vcs.access.actors import SYSTEM
from vcs.access.records import Account
from vcs.alerts.digest.write import ask_if_long_unsent, take
from vcs.alerts.kinds import NOBODY_ELSE, When, policy_of
from vcs.alerts.records import AlertDelivery, AlertRecord
from vcs.alerts.unsent import (
    ask_to_tell,
    is_of_decider,
    reference_of,
    tell_if_put_off_alone,
    tell_instead,
)
from vcs.alerts.waits import LONGEST_BETWEEN_TRIES, has_come, is_due, is_free
from vcs.database import insert_once
from vcs.tables import table_of

GIVE_UP_AFTER = timedelta(days=5)
"""RFC 5321, 4.5.4.1: a mail is tried for four to five days before it is given up."""

NOT_WRITTEN = "The email could not be written: this is a fault of the program."

_FIRST_WAIT = timedelta(minutes=1)

_ALERTS, _DELIVERIES = table_of(AlertRecord), table_of(AlertDelivery)

# Made once: to put the statement together costs more than to run it.
_TAKEN = (
    update(_DELIVERIES)
    .where(
        _DELIVERIES.c.alert_id == bindparam("alert"),
        _DELIVERIES.c.account_id == bindparam("account"),
        _DELIVERIES.c.sent_at.is_(None),
        _DELIVERIES.c.failed_reason.is_(None),
    )
    .values(tries=_DELIVERIES.c.tries + 1, sent_at=bindparam("at"))
)


@dataclass(frozen=True, slots=True)
class Hold:
    """Some alerts in somebody's hand: whose, and until when. No mail is begun too late for it."""

    claimant: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Copy:
    """One alert on its way to one member of staff."""

    alert_id: int
    account_id: int


def claim_alerts(
    session: Session, alert_ids: Sequence[int], hold: Hold, now: datetime
) -> list[int]:
    """Take owed alerts in hand for a while. Returns those that are owed, due and in no other hand.

    A claim runs out, so that an alert is not lost with whoever had it in hand.
    """
    owed = (
        _ALERTS.c.id.in_(alert_ids),
        _ALERTS.c.sent_at.is_(None),
        is_due(_ALERTS.c.next_try_at, now),
        _ALERTS.c.failed_reason.is_(None),
        _ALERTS.c.withdrawn_at.is_(None),
        is_free(_ALERTS.c.claimed_until, now),
    )
    nobodys = select(_ALERTS.c.id).where(*owed).order_by(_ALERTS.c.id)
    taken = session.execute(
        update(_ALERTS)
        .where(_ALERTS.c.id.in_(nobodys.with_for_update(skip_locked=True)))
        .values(claimed_by=hold.claimant, claimed_until=hold.until, tries=_ALERTS.c.tries + 1)
        .returning(_ALERTS.c.id)
    )
    return sorted((one.id for one in taken), key=list(alert_ids).index)


def address(session: Session, recipients: Mapping[int, Sequence[int]], now: datetime) -> list[Copy]:
    """Return the copies to be sent now of some alerts in hand, in the order of their recipients.

    Whoever is no longer a recipient and was sent nothing is taken off.
    """
    wanted = [Copy(alert, one) for alert, people in recipients.items() for one in people]
    rows = [
        {"alert_id": one.alert_id, "account_id": one.account_id, "tries": 0, "next_try_at": now}
        for one in wanted
    ]
    if rows:
        session.execute(insert_once(session, _DELIVERIES, "alert_id", "account_id"), rows)
    held = _deliveries(session, recipients)
    gone = [one.id for one in held if one.sent_at is None and _copy(one) not in set(wanted)]
    if gone:
        session.execute(delete(_DELIVERIES).where(_DELIVERIES.c.id.in_(gone)))
    due = {_copy(one) for one in held if _is_open(one) and has_come(one.next_try_at, now)}
    return [one for one in wanted if one in due]


def record_taken(session: Session, copy: Copy, now: datetime) -> None:
    """Record that the mail server took one recipient's copy."""
    taken = {"alert": copy.alert_id, "account": copy.account_id, "at": now}
    session.connection().execute(_TAKEN, taken)


def put_off(session: Session, copy: Copy, why: str, now: datetime) -> None:
    """Put one recipient's copy off after a fault that may pass, longer each time."""
    delivery, alert = _delivery(session, copy), _held(session, copy.alert_id)
    if delivery is None or alert is None:
        return
    delivery.tries += 1
    if _is_long_owed(session, alert, now):
        _give_up(session, (alert, delivery), f"It was tried for five days. {why}", now)
        return
    delivery.next_try_at = now + _wait(delivery.tries)
    session.add(delivery)
    if policy_of(alert.kind).when is When.AS_THE_DIGEST:
        ask_if_long_unsent(session, alert.id, now)
    if is_of_decider(alert.kind):
        reader = session.get_one(Account, delivery.account_id)
        tell_if_put_off_alone(session, alert, reader, now)


def give_up(session: Session, copy: Copy, reason: str, now: datetime) -> None:
    """Stop trying one recipient, who was refused for good, and ask a person to tell them."""
    delivery, alert = _delivery(session, copy), _held(session, copy.alert_id)
    if delivery is not None and alert is not None:
        delivery.tries += 1
        _give_up(session, (alert, delivery), reason, now)


def settle_alerts(
    session: Session, hold: Hold, alert_ids: Sequence[int], tried: Collection[int], now: datetime
) -> None:
    """Let alerts go: each is sent once nobody's copy is open, and otherwise tried again.

    ``tried`` are those of which a copy was begun. One that was refused for everybody goes to
    whoever stands in for them, in the next sweep; it is given up where nobody does.
    """
    copies: dict[int, list[AlertDelivery]] = {one: [] for one in alert_ids}
    for one in _deliveries(session, alert_ids):
        copies[one.alert_id].append(one)
    query = select(AlertRecord).where(
        col(AlertRecord.id).in_(alert_ids), AlertRecord.claimed_by == hold.claimant
    )
    found = session.exec(query.order_by(col(AlertRecord.id)).with_for_update())
    owed = [one for one in found if _is_owed(one)]
    for alert in owed:
        goes_up = alert.id in tried and policy_of(alert.kind).to not in NOBODY_ELSE
        _settle(session, (alert, goes_up), copies[alert.id], now)
    take(session, [one.id for one in owed if one.sent_at is not None], now)


def _settle(
    session: Session,
    owed: tuple[AlertRecord, bool],
    copies: Sequence[AlertDelivery],
    now: datetime,
) -> None:
    alert, goes_up = owed
    alert.claimed_by = alert.claimed_until = None
    session.add(alert)
    still_open = [one.next_try_at for one in copies if _is_open(one)]
    if still_open:
        alert.next_try_at = min(still_open)
    elif any(one.sent_at is not None for one in copies):
        alert.sent_at = now
        its = reference_of(session, alert)
        trail.note(session, trail.Note(now, SYSTEM, "alert.sent", its, alert.message_id))
    elif goes_up:
        alert.next_try_at = now
    else:
        _none_took_it(session, alert, copies, now)


def postpone_alert(session: Session, hold: Hold, alert_id: int, why: str, now: datetime) -> None:
    """Put an alert off that could go to nobody: longer each time, and not for ever."""
    alert = _held(session, alert_id)
    if alert is None or not _is_owed(alert) or alert.claimed_by != hold.claimant:
        return
    alert.claimed_by = alert.claimed_until = None
    alert.next_try_at = now + _wait(alert.tries)
    session.add(alert)
    if _is_long_owed(session, alert, now):
        alert.failed_reason = f"It was tried for five days. {why}"
        ask_to_tell(session, alert, None, alert.failed_reason, now)
        _note_given_up(session, alert, now)


def put_off_unwritten(session: Session, copy: Copy, now: datetime) -> None:
    """Put one recipient's copy off that the program cannot write, and ask a person at once."""
    put_off(session, copy, NOT_WRITTEN, now)
    ask_about_unwritten(session, copy.alert_id, copy.account_id, now)


def ask_about_unwritten(
    session: Session, alert_id: int, reader_id: int | None, now: datetime
) -> None:
    """Ask a person at once to tell of an alert that the program cannot write.

    It is tried on, but only a mended program could write it, and that may come too late.
    ``reader_id`` is None where nobody can say whom it is to.
    """
    alert = _held(session, alert_id)
    if alert is not None and _is_owed(alert):
        reader = session.get(Account, reader_id) if reader_id is not None else None
        ask_to_tell(session, alert, reader, NOT_WRITTEN, now)


def _is_long_owed(session: Session, alert: AlertRecord, now: datetime) -> bool:
    """Say whether an email was tried for long enough; one owed by a clock ahead begins today."""
    if alert.owed_at > now:
        alert.owed_at = now
        session.add(alert)
    return now - alert.owed_at >= GIVE_UP_AFTER


def _wait(tries: int) -> timedelta:
    doubled: int = 2 ** min(tries - 1, 10)
    return min(_FIRST_WAIT * doubled, LONGEST_BETWEEN_TRIES)


def _give_up(
    session: Session, lost: tuple[AlertRecord, AlertDelivery], reason: str, now: datetime
) -> None:
    alert, delivery = lost
    delivery.failed_reason = reason
    session.add(delivery)
    reader = session.get_one(Account, delivery.account_id)
    task = ask_to_tell(session, alert, reader, reason, now)
    if task is not None and is_of_decider(alert.kind):
        tell_instead(session, task, reader, now)


def _none_took_it(
    session: Session, alert: AlertRecord, copies: Sequence[AlertDelivery], now: datetime
) -> None:
    reasons = (one.failed_reason for one in copies)
    alert.failed_reason = next((one for one in reasons if one), "It went to nobody.")
    _note_given_up(session, alert, now)


def _note_given_up(session: Session, alert: AlertRecord, now: datetime) -> None:
    said = trail.Note(now, SYSTEM, "alert.given_up", reference_of(session, alert))
    trail.note(session, said)


def _deliveries(session: Session, alert_ids: Iterable[int]) -> Sequence[AlertDelivery]:
    query = select(AlertDelivery).where(col(AlertDelivery.alert_id).in_(list(alert_ids)))
    return session.exec(query.order_by(col(AlertDelivery.id))).all()


def _copy(delivery: AlertDelivery) -> Copy:
    return Copy(delivery.alert_id, delivery.account_id)


def _is_open(delivery: AlertDelivery) -> bool:
    """Say whether a copy was neither taken nor given up."""
    return delivery.sent_at is None and delivery.failed_reason is None


def _delivery(session: Session, copy: Copy) -> AlertDelivery | None:
    query = select(AlertDelivery).where(
        AlertDelivery.alert_id == copy.alert_id,
        AlertDelivery.account_id == copy.account_id,
        col(AlertDelivery.sent_at).is_(None),
        col(AlertDelivery.failed_reason).is_(None),
    )
    return session.exec(query.with_for_update()).first()


def _is_owed(alert: AlertRecord) -> bool:
    """Say whether an alert is still to be sent: closing its referral withdraws it."""
    return alert.sent_at is None and alert.withdrawn_at is None


def _held(session: Session, alert_id: int) -> AlertRecord | None:
    query = select(AlertRecord).where(AlertRecord.id == alert_id)
    return session.exec(query.with_for_update()).first()
