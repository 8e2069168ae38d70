"""Whom email does not reach: refused for good, or put off again and again while other mail goes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, or_, select

from vcs.alerts.records import AlertDelivery, AlertRecord

PUT_OFF_LONG = 5
"""After so many tries of one copy a quarter of an hour is over: greylisting ends before."""

_TAKEN_LATELY = 1000
"""How many of the newest copies that were taken say whether other mail went meanwhile."""


def unreached(session: Session, people: Iterable[int]) -> frozenset[int]:
    """Return those of some people whose newest email was refused for good, or is put off alone.

    Where no server takes any mail, nobody is unreached: everything goes once it does.
    """
    newest = (
        select(func.max(AlertDelivery.id))
        .where(col(AlertDelivery.account_id).in_(list(people)), _says_something())
        .group_by(col(AlertDelivery.account_id))
    )
    query = (
        select(AlertDelivery, AlertRecord.owed_at)
        .join(AlertRecord, col(AlertRecord.id) == col(AlertDelivery.alert_id))
        .where(col(AlertDelivery.id).in_(newest), col(AlertDelivery.sent_at).is_(None))
    )
    found = session.exec(query).all()
    refused = {one.account_id for one, _ in found if one.failed_reason is not None}
    put_off = [(one, owed_at) for one, owed_at in found if one.failed_reason is None]
    taken = _taken_lately(session) if put_off else ()
    alone = {one.account_id for one, owed_at in put_off if _went(taken, owed_at, one.next_try_at)}
    return frozenset(refused | alone)


def _says_something() -> ColumnElement[bool]:
    """Say of a copy whether it shows that email reaches somebody, or does not."""
    return or_(
        col(AlertDelivery.tries) >= PUT_OFF_LONG,
        col(AlertDelivery.sent_at).is_not(None),
        col(AlertDelivery.failed_reason).is_not(None),
    )


def _taken_lately(session: Session) -> Sequence[datetime | None]:
    query = select(AlertDelivery.sent_at).where(col(AlertDelivery.sent_at).is_not(None))
    return session.exec(query.order_by(col(AlertDelivery.id).desc()).limit(_TAKEN_LATELY)).all()


def _went(taken: Iterable[datetime | None], since: datetime, until: datetime) -> bool:
    """Say whether other mail went while a copy was tried."""
    return any(at is not None and since <= at <= until for at in taken)
