"""Mark a missed deadline, and queue one alert about it.

Nothing here depends on when it runs, or how often: unique keys and claims see to that.
"""

from __future__ import annotations

import hashlib
from datetime import date, datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, delete, select, update

from vcs.access import trail
from vcs.access.actors import SYSTEM
from vcs.alerts.records import AlertDelivery, AlertKind, AlertRecord
from vcs.database import insert_once
from vcs.referrals.due_days.due import is_missed, still_owed, waits_for_a_decision
from vcs.referrals.records import DeadlineRecord, Referral
from vcs.tables import table_of

_ALERTS = table_of(AlertRecord)


def mark_missed(session: Session, deadline_id: int, today: date, now: datetime) -> bool:
    """Mark a deadline as missed and queue one alert. Does nothing if it is no longer overdue.

    Looks again at everything: whoever found it may have looked a while ago. Returns whether it
    was marked here and now.
    """
    query = select(DeadlineRecord).where(DeadlineRecord.id == deadline_id)
    deadline = session.exec(query.with_for_update(skip_locked=True)).first()
    if deadline is None or not is_missed(deadline, today):
        return False
    referral = session.get_one(Referral, deadline.referral_id)
    if not still_owed(deadline, referral) or waits_for_a_decision(session, referral.id):
        return False
    deadline.missed_on = today
    session.add(deadline)
    _owe(session, deadline, referral, now)
    trail.note(
        session, trail.Note(now, SYSTEM, "deadline.missed", referral.reference, deadline.duty)
    )
    return True


def marked_ahead(session: Session, today: date) -> bool:
    """Say whether a miss bears a day that has not come: it was marked by a clock that was ahead."""
    query = select(DeadlineRecord.id).where(*_ahead(today))
    return session.exec(query.limit(1)).first() is not None


def take_back_marks(session: Session, today: date) -> None:
    """Take back the marks of days that have not come, with what was owed and did not leave.

    Deleted and not withdrawn: the right day may be missed as well, and owes its own.
    """
    ids = list(session.exec(select(DeadlineRecord.id).where(*_ahead(today))))
    tried = select(AlertDelivery.alert_id)
    unsent = (
        col(AlertRecord.deadline_id).in_(ids),
        col(AlertRecord.sent_at).is_(None),
        col(AlertRecord.id).not_in(tried),
    )
    session.execute(delete(AlertRecord).where(*unsent))
    theirs = update(DeadlineRecord).where(col(DeadlineRecord.id).in_(ids))
    session.execute(theirs.values(missed_on=None))


def _ahead(today: date) -> tuple[ColumnElement[bool], ...]:
    # As the index of open deadlines has it: there are none but after such a fault.
    return col(DeadlineRecord.met_on).is_(None), col(DeadlineRecord.missed_on) > today


def _owe(session: Session, deadline: DeadlineRecord, referral: Referral, now: datetime) -> None:
    key = f"{AlertKind.MISSED_DEADLINE}:{deadline.id}"
    # The referral's own reference keeps two installations from making the same Message-ID.
    digest = hashlib.sha256(f"{key}:{referral.reference}".encode()).hexdigest()
    row = {
        "key": key,
        "kind": str(AlertKind.MISSED_DEADLINE),
        "deadline_id": deadline.id,
        "region_code": referral.region_code,
        "owed_at": now,
        "next_try_at": now,
        "tries": 0,
        "message_id": f"missed-{digest[:32]}",
    }
    session.execute(insert_once(session, _ALERTS, "key"), [row])
