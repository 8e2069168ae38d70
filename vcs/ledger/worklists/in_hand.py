"""In whose hand a referral is on a day: an officer's own, one whom they cover, or nobody's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import case, func, select, true
from sqlmodel import Session, col

from vcs.access.actors import Actor
from vcs.access.rules import reach, seen_by
from vcs.ledger.kept.cells import Axis
from vcs.ledger.kept.figures import Wanted, figures
from vcs.needs.action_reads import is_theirs
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
    mine = {str(one) for one in held.of(actor.account_id)}
    nobodys = {"", *(str(one) for one in held.of_managers)} - mine
    found = figures(session, reach(actor), Wanted(Axis.OFFICER))
    is_open = {key: tally.n for key, tally in found.items() if key[1] != ReferralStatus.CLOSED}
    unassigned = sum(n for (officer, _), n in is_open.items() if officer in nobodys)
    others = sum(n for (officer, _), n in is_open.items() if officer not in nobodys | mine)
    apart = _hidden_from_cover(session, actor, held) if held.hidden else 0
    return BesideMine(unassigned + apart, others - apart)


def _hidden_from_cover(session: Session, actor: Actor, held: Hands) -> int:
    """Count those of others for which only the managers answer: whoever covers may not see them."""
    elsewhere = (*held.of(actor.account_id), *held.of_managers)
    query = select(func.count()).where(
        seen_by(actor, Referral),
        col(Referral.status) != ReferralStatus.CLOSED,
        col(Referral.id).in_(held.hidden),
        col(Referral.vlo_account_id).not_in(elsewhere),
    )
    return int(session.execute(query).scalar_one())


def need_actions(session: Session, actor: Actor, today: date) -> tuple[int, int]:
    """Count open actions about needs, and the overdue ones: those for an officer, a region's.

    The few that are open are found first: a region has many more referrals.
    """
    opened = select(col(NeedAction.id)).where(col(NeedAction.outcome).is_(None))
    query = (
        select(func.count(), func.count(case((col(NeedAction.due_on) < today, 1))))
        .select_from(NeedAction)
        .join(Victim, col(Victim.id) == col(NeedAction.victim_id))
        .join(Referral, col(Referral.id) == col(Victim.referral_id))
        .where(col(NeedAction.id).in_(opened), seen_by(actor, Referral))
        .where(is_theirs(actor, today) if actor.role is Role.VLO else true())
    )
    count, overdue = session.execute(query).one()
    return count, overdue
