"""Who opened what: of one referral, and of one reader. Paged by key, the newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from vcs.access.actors import Actor
from vcs.access.reading.lifts import find_reader
from vcs.access.reading.records import PersonalRead
from vcs.access.records import Account
from vcs.access.rules import Act, require_may, seen_by
from vcs.referrals.reads import visible_referral
from vcs.referrals.records import Referral

LOOKS_SHOWN = 50


@dataclass(frozen=True, slots=True)
class LookRow:
    """One look at somebody's details, or one that was refused."""

    at: datetime
    name: str
    event: str
    subject: str
    thing: str
    reason: str
    outside: bool
    refused: bool


@dataclass(frozen=True, slots=True)
class Looks:
    """A part of the looks. ``before`` asks for the next part; None where this is the last."""

    rows: tuple[LookRow, ...]
    before: int | None


@dataclass(frozen=True, slots=True)
class LooksOf:
    """The looks of one reader, with their name."""

    name: str
    looks: Looks


def who_has_seen(
    session: Session, actor: Actor, referral_reference: str, before: int | None = None
) -> Looks:
    """Return who opened details of the people in a referral. For managers only."""
    require_may(actor, Act.SEE_WHO_LOOKED)
    referral = visible_referral(session, actor, referral_reference)
    return _part(session, before, PersonalRead.subject == referral.reference)


def looks_of(session: Session, actor: Actor, account_id: int, before: int | None = None) -> LooksOf:
    """Return what one reader opened, of the referrals that the person who asks may see."""
    require_may(actor, Act.SEE_WHO_LOOKED)
    reader = find_reader(session, actor, account_id)
    theirs = select(Referral.reference).where(seen_by(actor, Referral))
    looks = _part(
        session,
        before,
        PersonalRead.account_id == reader.id,
        col(PersonalRead.subject).in_(theirs),
    )
    return LooksOf(reader.name, looks)


def _part(session: Session, before: int | None, *which: Any) -> Looks:
    query = (
        select(PersonalRead, Account.name)
        .join(Account, col(Account.id) == col(PersonalRead.account_id))
        .where(*which)
        .order_by(col(PersonalRead.id).desc())
        .limit(LOOKS_SHOWN + 1)
    )
    if before is not None:
        query = query.where(col(PersonalRead.id) < before)
    found = session.exec(query).all()
    shown = found[:LOOKS_SHOWN]
    more = len(found) > LOOKS_SHOWN
    return Looks(tuple(_row(*one) for one in shown), shown[-1][0].id if more else None)


def _row(look: PersonalRead, name: str) -> LookRow:
    return LookRow(
        look.at,
        name,
        look.event,
        look.subject,
        look.thing,
        look.reason,
        look.outside,
        look.refused,
    )
