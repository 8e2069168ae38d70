"""Whose digest is due at this moment, and from when on it covers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from sqlalchemy import func
from sqlmodel import Session, col, select

from vcs.access.records import Account
from vcs.alerts.digest.records import Digest, DigestHour, Part
from vcs.alerts.records import AlertRecord
from vcs.alerts.rungs.ladder import ROLE_OF
from vcs.alerts.waits import is_in_hand
from vcs.clock import LONDON, london_date
from vcs.law.deadlines.working_days import is_working_day

SENT_FROM = time(7, 0)
"""When a morning's digests go, unless somebody chose another hour before eight."""

_ROLES = tuple({str(role) for role in ROLE_OF.values()})


def readers_due(session: Session, now: datetime, *, first_ever: bool = False) -> list[int]:
    """Return who has had no digest today and whose hour has come; nobody on a day off.

    ``first_ever`` are those who never had one, whatever the day and the hour: it is for the
    example. Whoever's earlier digest is in a mail server's hand at this moment waits for the next
    sweep.
    """
    today = london_date(now)
    if not first_ever and not is_working_day(today):
        return []
    had = select(Digest.account_id)
    if not first_ever:
        had = had.where(Digest.day == today, Digest.part != str(Part.AHEAD))
    in_hand = (
        select(Digest.account_id)
        .join(AlertRecord, col(AlertRecord.id) == col(Digest.alert_id))
        .where(col(AlertRecord.sent_at).is_(None), is_in_hand(col(AlertRecord.claimed_until), now))
    )
    query = (
        select(Account.id, DigestHour.minutes)
        .outerjoin(DigestHour, col(DigestHour.account_id) == col(Account.id))
        .where(
            col(Account.active),
            col(Account.role).in_(_ROLES),
            col(Account.id).not_in(had),
            col(Account.id).not_in(in_hand),
        )
        .order_by(col(Account.id))
    )
    minute = _minute(now)
    usual = SENT_FROM.hour * 60 + SENT_FROM.minute
    return [one for one, chosen in session.exec(query) if first_ever or minute >= (chosen or usual)]


def _minute(now: datetime) -> int:
    there = now.astimezone(LONDON)
    return there.hour * 60 + there.minute


def covered_until(session: Session, people: Sequence[int], now: datetime) -> dict[int, datetime]:
    """Return from when each person's next digest covers: since the last one that was taken.

    Whoever no digest ever reached has it from the first that was written, and whoever is new from
    the working day before.
    """
    query = (
        select(Digest.account_id, func.max(Digest.covers_until))
        .where(
            col(Digest.account_id).in_(people),
            col(Digest.taken_at).is_not(None),
            Digest.part == Part.DIGEST,
        )
        .group_by(col(Digest.account_id))
    )
    written = (
        select(Digest.account_id, func.min(Digest.covers_from))
        .where(col(Digest.account_id).in_(people))
        .group_by(col(Digest.account_id))
    )
    froms = dict(session.exec(written).all()) | dict(session.exec(query).all())
    first = _morning_before(now)
    return {one: min(froms.get(one, first), now) for one in people}


def _morning_before(now: datetime) -> datetime:
    day = london_date(now) - timedelta(days=1)
    while not is_working_day(day):
        day -= timedelta(days=1)
    return datetime.combine(day, SENT_FROM, LONDON)
