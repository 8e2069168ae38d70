"""Tell at once whoever must find an officer of what cannot wait and was with somebody who left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, or_
from sqlmodel import Session, col, select

from vcs.alerts.at_once import asks_at_once
from vcs.alerts.owe import Notice, owe_alert
from vcs.alerts.records import AlertKind
from vcs.alerts.rungs.directory import directory
from vcs.alerts.rungs.ladder import Stand
from vcs.clock import london_date
from vcs.events.sets.now_reads import referrals_to_tell
from vcs.law.deadlines.working_days import add_working_days
from vcs.referrals.records import DeadlineRecord, Referral
from vcs.referrals.states import is_urgent_of_few
from vcs.sentences.records import Sentence
from vcs.tasks.records import Task

SOON = 2
"""In working days: what is due by then cannot wait for a new officer to be found."""


@dataclass(frozen=True, slots=True)
class _Left:
    """A referral in nobody's hand, as the staff directory is asked about it."""

    region_code: str | None
    sentence_id: int | None
    officer_id: int | None = None


def tell_of_left(
    session: Session, leaver: str, referral_ids: Collection[int], now: datetime
) -> int:
    """Owe each reader one email about the urgent ones of some referrals. Returns how many.

    ``leaver`` names who left, and when for good: a repeat owes nothing.
    """
    today = london_date(now)
    staff = directory(session, today)
    counted: dict[tuple[int, str | None], int] = defaultdict(int)
    for one in _urgent(session, referral_ids, today):
        for reader in staff.readers(_Left(one.region_code, one.sentence_id), Stand.MANAGER):
            counted[reader.person.account_id, one.region_code] += 1
    return sum(_owe(session, leaver, who, count, now) for who, count in counted.items())


def _urgent(session: Session, ids: Collection[int], today: date) -> Iterable[Referral]:
    query = (
        select(Referral)
        .join(Sentence, col(Sentence.id) == col(Referral.sentence_id))
        .where(col(Referral.id).in_(ids), or_(*_reasons(today)))
    )
    return session.exec(query.order_by(col(Referral.id))).all()


def _reasons(today: date) -> Iterable[ColumnElement[bool]]:
    """Yield what makes one urgent: a release, a day, people to tell, a question of safety."""
    due = select(DeadlineRecord.referral_id).where(
        col(DeadlineRecord.met_on).is_(None),
        col(DeadlineRecord.lifted_on).is_(None),
        col(DeadlineRecord.due_on) <= add_working_days(today, SOON),
    )
    asked = select(Task.referral_id).where(
        col(Task.done_at).is_(None), col(Task.referral_id).is_not(None), asks_at_once()
    )
    yield is_urgent_of_few()
    yield col(Referral.id).in_(due)
    yield col(Referral.id).in_(asked)
    yield col(Referral.id).in_(referrals_to_tell())


def _owe(
    session: Session, leaver: str, who: tuple[int, str | None], count: int, now: datetime
) -> bool:
    reader, region = who
    many = f"{count} urgent referral{'' if count == 1 else 's'}"
    occurrence = f"{leaver}:{region or 'no region'}:{reader}"
    kind = AlertKind.LEFT_URGENT
    notice = Notice(kind, "referrals of a leaver", occurrence, {"count": many}, region, reader)
    return owe_alert(session, notice, now)
