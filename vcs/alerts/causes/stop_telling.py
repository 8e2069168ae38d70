"""Tell officers at once that an event was taken back which they are still to tell people of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session

from vcs.alerts.at_once import LOOKED_BACK
from vcs.alerts.owe import Notice, alert_key, owe_alert
from vcs.alerts.reads import owed_already
from vcs.alerts.records import AlertKind
from vcs.events.sets.now_reads import called_off


def untold_stops(session: Session, now: datetime) -> list[Notice]:
    """Return the emails about events that were taken back lately, and are owed to nobody yet."""
    found = called_off(session, now - LOOKED_BACK)
    notices = [
        Notice(AlertKind.STOP_TELLING, event, region or "no region", {}, region)
        for event, region in found
    ]
    held = owed_already(session, [alert_key(one) for one in notices])
    return [one for one in notices if alert_key(one) not in held]


def tell_of_stops(session: Session, notices: Iterable[Notice], now: datetime) -> int:
    """Owe the emails. Returns how many were owed now."""
    return sum(owe_alert(session, one, now) for one in notices)
