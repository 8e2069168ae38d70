"""Alerts that are about no deadline: a court gone quiet, a ledger that does not close."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from vcs.access import trail
from vcs.access.actors import SYSTEM
from vcs.alerts.records import AlertKind, AlertRecord
from vcs.database import insert_once
from vcs.law.deadlines.duties import in_words
from vcs.tables import table_of

_ALERTS = table_of(AlertRecord)

SET_ASIDE = "messages set aside"

OFFICERS, KNOWS = "officers", "knows"
"""Of the values of an email: the accounts of officers whom it is for, and who knows already."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One alert about a subject: a court, the ledger.

    It is owed once for each ``occurrence``: a day, or what set it off. ``values`` fill the template
    of its kind, and name no victim and no offender. ``account_id`` is the member of staff whom it
    is about, if anybody.
    """

    kind: AlertKind
    subject: str
    occurrence: str
    values: Mapping[str, str | int]
    region_code: str | None = None
    account_id: int | None = None


@dataclass(frozen=True, slots=True)
class Silence:
    """A court or client that is quiet for longer than usual; lengths are in working days."""

    name: str
    last_on: date
    quiet_for: int
    usual: int


def owe_silence(session: Session, silence: Silence, now: datetime) -> bool:
    """Owe the administrators one email about a court or client, until it sends again."""
    last_on = silence.last_on
    values: dict[str, str | int] = {
        "last_on": in_words(last_on),
        "quiet_for": silence.quiet_for,
        "usual": silence.usual,
    }
    notice = Notice(AlertKind.FEED_SILENT, silence.name, last_on.isoformat(), values)
    return owe_alert(session, notice, now)


def owe_set_aside_old(
    session: Session, count: int, oldest_on: date, now: datetime, today: date
) -> bool:
    """Owe the administrators one email a day while messages are set aside for too long."""
    many = f"{count} court message{'' if count == 1 else 's'}"
    values: dict[str, str | int] = {"count": many, "oldest_on": in_words(oldest_on)}
    notice = Notice(AlertKind.SET_ASIDE_OLD, SET_ASIDE, today.isoformat(), values)
    return owe_alert(session, notice, now)


def alert_key(notice: Notice) -> str:
    """Return what makes owing an email twice harmless."""
    return f"{notice.kind}:{notice.subject}:{notice.occurrence}"


def owe_alert(session: Session, notice: Notice, now: datetime) -> bool:
    """Owe one email about a subject. Returns whether it was not owed before."""
    row = {
        "key": alert_key(notice),
        "kind": str(notice.kind),
        "subject": notice.subject,
        "told": json.dumps(dict(notice.values), sort_keys=True),
        "region_code": notice.region_code,
        "account_id": notice.account_id,
        "owed_at": now,
        "next_try_at": now,
        "tries": 0,
        "message_id": f"{notice.kind.replace('_', '-')}-{secrets.token_hex(16)}",
    }
    once = insert_once(session, _ALERTS, "key").values(row)
    is_new = session.execute(once.returning(_ALERTS.c.id)).first() is not None
    if is_new:
        trail.note(session, trail.Note(now, SYSTEM, "alert.owed", notice.subject, str(notice.kind)))
    return is_new
