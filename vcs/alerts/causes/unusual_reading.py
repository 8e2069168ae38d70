"""Tell managers that somebody opened many people's details, and the reader that they were told."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from vcs.access.reading.records import Scope, UnusualReading
from vcs.access.records import Account
from vcs.alerts.owe import Notice, owe_alert
from vcs.alerts.records import AlertKind

_WHAT = {
    Scope.OUTSIDE: "people in referrals of other officers, or of none",
    Scope.ALL: "people",
}


def untold_readings(session: Session, limit: int = 500) -> list[int]:
    """Return the unusual readings that nobody was told of yet, oldest first."""
    query = select(UnusualReading.id).where(col(UnusualReading.told_at).is_(None))
    return list(session.exec(query.order_by(col(UnusualReading.id)).limit(limit)))


def tell_of_reading(session: Session, reading_id: int, now: datetime) -> bool:
    """Owe the emails about one unusual reading, once. Returns whether they were owed now."""
    query = select(UnusualReading).where(
        UnusualReading.id == reading_id, col(UnusualReading.told_at).is_(None)
    )
    reading = session.exec(query.with_for_update(skip_locked=True)).first()
    if reading is None:
        return False
    reader = session.get_one(Account, reading.account_id)
    for kind in (AlertKind.UNUSUAL_READING, AlertKind.YOUR_READING):
        owe_alert(session, _notice(kind, reading, reader), now)
    reading.told_at = now
    session.add(reading)
    return True


def _notice(kind: AlertKind, reading: UnusualReading, reader: Account) -> Notice:
    values: dict[str, str | int] = {
        "reader": reader.name,
        "people": reading.people,
        "what": _WHAT[Scope(reading.scope)],
        "stopped": int(reading.stopped),
    }
    return Notice(
        kind, f"account:{reader.id}", str(reading.id), values, reader.region_code, reader.id
    )
