"""Alerts that are about no deadline: a court gone quiet, a ledger that does not close."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from datetime import date, datetime

from sqlmodel import Session

from vcs.access import trail
from vcs.access.actors import SYSTEM
from vcs.alerts.records import AlertKind, AlertRecord
from vcs.database import insert_once
from vcs.law.duties import in_words
from vcs.tables import table_of

_ALERTS = table_of(AlertRecord)

SET_ASIDE = "messages set aside"

Told = Mapping[str, str | int]


def owe_silence(
    session: Session, name: str, last_on: date, quiet_for: int, usual: int, now: datetime
) -> bool:
    """Owe the administrators one email about a court or client, until it has spoken again.

    ``quiet_for`` and ``usual`` are in working days.
    """
    told: Told = {"last_on": in_words(last_on), "quiet_for": quiet_for, "usual": usual}
    return owe_alert(session, AlertKind.FEED_SILENT, name, last_on.isoformat(), now, told=told)


def owe_set_aside_old(
    session: Session, count: int, oldest_on: date, now: datetime, today: date
) -> bool:
    """Owe the administrators one email a day while messages lie set aside for too long."""
    many = f"{count} court message{'' if count == 1 else 's'}"
    told: Told = {"count": many, "oldest_on": in_words(oldest_on)}
    kind, day = AlertKind.SET_ASIDE_OLD, today.isoformat()
    return owe_alert(session, kind, SET_ASIDE, day, now, told=told)


def owe_alert(
    session: Session,
    kind: AlertKind,
    subject: str,
    occurrence: str,
    now: datetime,
    *,
    told: Told | None = None,
    region_code: str | None = None,
) -> bool:
    """Owe one email about a subject, once for each occurrence: a day, or what set it off.

    ``told`` fills the kind's template in ``letters`` and names no person. Without a region it goes
    to the administrators. Returns whether it was not owed before.
    """
    row = {
        "key": f"{kind}:{subject}:{occurrence}",
        "kind": str(kind),
        "subject": subject,
        "told": json.dumps(dict(told or {}), sort_keys=True),
        "region_code": region_code,
        "owed_at": now,
        "next_try_at": now,
        "tries": 0,
        "message_id": f"{kind.replace('_', '-')}-{secrets.token_hex(16)}",
    }
    once = insert_once(session, _ALERTS, "key").values(row)
    is_new = session.execute(once.returning(_ALERTS.c.id)).first() is not None
    if is_new:
        trail.note(session, now, SYSTEM, "alert.owed", subject, str(kind))
    return is_new
