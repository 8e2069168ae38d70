"""Who was told of a matter by the emails of which mornings: those that a mail server took."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from vcs.access.records import Account
from vcs.alerts.digest.records import Digest, DigestLine, LineState


@dataclass(frozen=True, slots=True)
class ToldBy:
    """One person who was told of a matter: first and last when."""

    account_id: int
    name: str
    first_at: datetime
    last_at: datetime


def told_by_digests(session: Session, matter: str) -> tuple[ToldBy, ...]:
    """Return everybody who was told of a matter as due or missed, the first told first."""
    first, last = func.min(Digest.taken_at), func.max(Digest.taken_at)
    query = (
        select(Account.id, Account.name, first, last)
        .join(DigestLine, col(DigestLine.account_id) == col(Account.id))
        .join(Digest, col(Digest.id) == col(DigestLine.digest_id))
        .where(
            DigestLine.matter == matter,
            DigestLine.state != LineState.SETTLED,
            col(Digest.taken_at).is_not(None),
        )
        .group_by(col(Account.id), col(Account.name))
        .order_by(first, col(Account.id))
    )
    return tuple(
        ToldBy(account_id, name, first_at, last_at)
        for account_id, name, first_at, last_at in session.exec(query)
        if first_at is not None and last_at is not None
    )
