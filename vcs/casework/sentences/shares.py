"""Which of two messages about a hearing is the newer one, and what is held about it already.

A court's message has no sequence number: only the moment at which it was shared orders it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, func, select
from sqlmodel import Session

from vcs.casework.sentences.questions import About
from vcs.intake.message import MessageRead
from vcs.records import CourtMessage, MessageStatus, Referral, Sentence, table_of

_MESSAGES, _SENTENCES, _REFERRALS = (table_of(t) for t in (CourtMessage, Sentence, Referral))


@dataclass(frozen=True, slots=True)
class Held:
    """A sentence as we hold it, with its referral where there is one."""

    id: int
    reference: str
    key: str
    sentenced_on: date
    region_code: str | None
    police_area: str | None
    hearing_id: str | None
    hearing_day: date | None
    shared_at: datetime | None
    outcome: str
    facts_hash: str
    gone: bool
    referral_id: int | None
    referral_status: str | None

    def about(self, message_id: int) -> About:
        """Return what a question raised by a message is about."""
        return About(
            self.id,
            self.key,
            self.sentenced_on,
            self.region_code,
            f"message {message_id}",
            self.referral_id,
        )


_COLUMNS = (
    _SENTENCES.c.id,
    _SENTENCES.c.reference,
    _SENTENCES.c.key,
    _SENTENCES.c.sentenced_on,
    _SENTENCES.c.region_code,
    _SENTENCES.c.police_area,
    _SENTENCES.c.hearing_id,
    _SENTENCES.c.hearing_day,
    _SENTENCES.c.shared_at,
    _SENTENCES.c.outcome,
    _SENTENCES.c.facts_hash,
    _SENTENCES.c.gone,
    _REFERRALS.c.id,
    _REFERRALS.c.status,
)


def is_older(one: datetime | None, held: datetime | None) -> bool:
    """Say whether a message is known to be older than what is held."""
    return one is not None and held is not None and one < held


def is_newer(one: datetime | None, held: datetime | None) -> bool:
    """Say whether a message is known to be newer than what is held."""
    return one is not None and held is not None and one > held


def newest_read(session: Session, read: MessageRead) -> datetime | None:
    """Return when the newest message was shared that we read about the same hearing and day."""
    if read.hearing_id is None or read.shared_at is None:
        return None
    same = and_(
        _MESSAGES.c.status == MessageStatus.READ,
        _MESSAGES.c.hearing_id == read.hearing_id,
        _MESSAGES.c.hearing_day.is_not_distinct_from(read.hearing_day),
    )
    found: datetime | None = session.execute(
        select(func.max(_MESSAGES.c.shared_at)).where(same)
    ).scalar_one()
    return found


def held_about(session: Session, read: MessageRead) -> list[Held]:
    """Return every sentence we hold that a message tells of, or should tell of."""
    keys = [one.key for one in read.sentenced]
    told: ColumnElement[bool] = _SENTENCES.c.key.in_(keys)
    if read.hearing_id is not None:
        told = told | and_(
            _SENTENCES.c.hearing_id == read.hearing_id,
            _SENTENCES.c.hearing_day.is_not_distinct_from(read.hearing_day),
        )
    joined = _SENTENCES.outerjoin(_REFERRALS, _REFERRALS.c.sentence_id == _SENTENCES.c.id)
    query = select(*_COLUMNS).select_from(joined).where(told).order_by(_SENTENCES.c.key)
    return [Held(*row) for row in session.execute(query)]


def no_longer_told(held: Iterable[Held], read: MessageRead) -> list[Held]:
    """Return what an older message about the same hearing day told and this newer one does not."""
    keys = {one.key for one in read.sentenced}
    return [
        one
        for one in held
        if one.key not in keys and not one.gone and is_newer(read.shared_at, one.shared_at)
    ]
