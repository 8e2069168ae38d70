"""Who opened many people's details lately."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from vcs.access.actors import Actor
from vcs.access.reading.records import LiftedLimit, UnusualReading
from vcs.access.records import Account
from vcs.access.rules import Act, require_may
from vcs.terms import Role

MOST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class UnusualRow:
    """One time at which somebody had opened many people's details. ``lifted_until`` is of now."""

    account_id: int
    name: str
    at: datetime
    scope: str
    people: int
    stopped: bool
    lifted_until: datetime | None
    may_lift: bool


def unusual_readings(session: Session, actor: Actor, now: datetime) -> tuple[UnusualRow, ...]:
    """Return what managers were told of the readers in their region, the newest first.

    The newest hundred at most; an administrator sees every region's, and no case.
    """
    require_may(actor, Act.SEE_READING)
    query = (
        select(UnusualReading, Account.name)
        .join(Account, col(Account.id) == col(UnusualReading.account_id))
        .order_by(col(UnusualReading.id).desc())
        .limit(MOST_SHOWN)
    )
    if actor.role is not Role.ADMINISTRATOR:
        query = query.where(Account.region_code == actor.region_code)
    found = session.exec(query).all()
    lifted = _lifted(session, {reading.account_id for reading, _ in found}, now)
    return tuple(_rows(found, lifted, actor))


def _rows(
    found: Sequence[tuple[UnusualReading, str]], lifted: dict[int, datetime], actor: Actor
) -> Iterator[UnusualRow]:
    for reading, name in found:
        until = lifted.get(reading.account_id)
        yield UnusualRow(
            reading.account_id,
            name,
            reading.at,
            reading.scope,
            reading.people,
            reading.stopped,
            until,
            until is None and reading.account_id != actor.account_id,
        )


def _lifted(session: Session, accounts: set[int], now: datetime) -> dict[int, datetime]:
    query = (
        select(LiftedLimit.account_id, func.max(LiftedLimit.until))
        .where(col(LiftedLimit.account_id).in_(accounts), col(LiftedLimit.until) > now)
        .group_by(col(LiftedLimit.account_id))
    )
    return dict(session.exec(query).all())
