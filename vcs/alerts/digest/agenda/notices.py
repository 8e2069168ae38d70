"""What a digest tells of once and that is no duty: alerts that wait for it, each as a sentence."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from vcs.alerts.records import AlertKind, AlertRecord
from vcs.alerts.rungs.ladder import Stand

_LOOKED_BACK = timedelta(days=30)

_Values = Mapping[str, str | int]

_WORDS: Mapping[AlertKind, tuple[Stand, Callable[[_Values], str]]] = {
    AlertKind.FOUND_LATE: (
        Stand.MANAGER,
        lambda values: (
            f"{values['count']} in {values['region']} should have been made before: the law was "
            "corrected. Each is one of your tasks."
        ),
    ),
    AlertKind.SET_ASIDE_OLD: (
        Stand.ADMINISTRATOR,
        lambda values: (
            f"{values['count']} set aside, the oldest received on {values['oldest_on']}. Each may "
            "hold a sentence whose victim has not been told."
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class Notice:
    """One alert that waits for a digest: its key there, its words, and whom it is for."""

    matter: str
    words: str
    wanted: Stand
    region_code: str | None
    owed_at: datetime
    is_sent: bool
    sentence_id: int | None = None
    officer_id: int | None = None


def notices_since(session: Session, since: datetime) -> list[Notice]:
    """Return the alerts of these kinds that were owed since a moment, or were told to nobody."""
    kinds = [str(kind) for kind in _WORDS]
    query = select(AlertRecord).where(
        col(AlertRecord.kind).in_(kinds),
        col(AlertRecord.withdrawn_at).is_(None),
        col(AlertRecord.sent_at).is_(None) | (col(AlertRecord.owed_at) >= since),
        col(AlertRecord.owed_at) >= since - _LOOKED_BACK,
    )
    found = session.exec(query.order_by(col(AlertRecord.id))).all()
    return [_notice(one) for one in found]


def _notice(alert: AlertRecord) -> Notice:
    wanted, words = _WORDS[AlertKind(alert.kind)]
    return Notice(
        f"alert:{alert.id}",
        words(json.loads(alert.told)),
        wanted,
        alert.region_code,
        alert.owed_at,
        alert.sent_at is not None,
    )
