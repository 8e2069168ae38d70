"""In whose hand a referral is on a day: an officer's own, one whom they cover, or nobody's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, case, func, or_, select, true
from sqlmodel import Session, col

from vcs.access.actors import Actor
from vcs.access.rules import seen_by
from vcs.needs.records import NeedAction
from vcs.referrals.officers.reads import Hands, hands
from vcs.referrals.records import Referral, ReferralStatus
from vcs.terms import Role
from vcs.victims.records import Victim


@dataclass(frozen=True, slots=True)
class BesideMine:
    """Open referrals beside an officer's own: with no officer, and with another one."""

    unassigned: int
    of_others: int


def beside_mine(session: Session, actor: Actor, today: date) -> BesideMine:
    """Count the open referrals that a person may see and that are not theirs on a day."""
    held = hands(session, today)
    without, mine = without_officer(held), theirs(held, actor)
    query = select(
        func.count(case((and_(without, ~mine), 1))),
        func.count(case((and_(~without, ~mine), 1))),
    ).where(seen_by(actor, Referral), col(Referral.status) != ReferralStatus.CLOSED)
    return BesideMine(*session.execute(query).one())


def without_officer(held: Hands) -> ColumnElement[bool]:
    """Say of a referral whether only the managers answer for it."""
    officer = col(Referral.vlo_account_id)
    return or_(officer.is_(None), officer.in_(held.of_managers), col(Referral.id).in_(held.hidden))


def theirs(held: Hands, actor: Actor) -> ColumnElement[bool]:
    """Say of a referral whether it is an officer's own, or of one whom they cover."""
    officer = col(Referral.vlo_account_id)
    return and_(officer.is_not(None), officer.in_(held.of(actor.account_id)))


def need_actions(session: Session, actor: Actor, today: date) -> tuple[int, int]:
    """Count open actions about needs, and the overdue ones: an officer's own, a region's."""
    is_theirs = col(NeedAction.owner_account_id) == actor.account_id
    query = (
        select(func.count(), func.count(case((col(NeedAction.due_on) < today, 1))))
        .select_from(NeedAction)
        .join(Victim, col(Victim.id) == col(NeedAction.victim_id))
        .join(Referral, col(Referral.id) == col(Victim.referral_id))
        .where(col(NeedAction.outcome).is_(None), seen_by(actor, Referral))
        .where(is_theirs if actor.role is Role.VLO else true())
    )
    count, overdue = session.execute(query).one()
    return count, overdue
