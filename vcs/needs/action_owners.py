"""Whose an open action is on a day: its owner's, or of who stands in where the owner cannot act.

Worked out, not written: an owner who leaves, moves to another unit or is shut out of the case would
else keep it on nobody's list, and whoever covers for somebody would not see what is due meanwhile.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlmodel import Session, col

from vcs.access.actors import Actor
from vcs.access.exclusions.records import Exclusion
from vcs.access.records import Account
from vcs.needs.actions import OF_THE_UNIT
from vcs.needs.records import NeedAction
from vcs.referrals.officers.reads import hands
from vcs.referrals.records import Referral


def is_theirs(session: Session, actor: Actor, today: date) -> ColumnElement[bool]:
    """Say of an action beside its referral whether it is for a member of staff to see to today.

    Their own and those of whom they cover; and in a referral that is theirs, or that they cover,
    those of an owner who cannot act on it any more.
    """
    mine = hands(session, today).of(actor.account_id)
    in_hand = and_(col(Referral.vlo_account_id).in_(mine), ~_owner_may_act())
    return or_(col(NeedAction.owner_account_id).in_(mine), in_hand)


def _owner_may_act() -> ColumnElement[bool]:
    owner = col(NeedAction.owner_account_id)
    of_the_unit = select(col(Account.id)).where(
        col(Account.active),
        col(Account.role).in_([str(role) for role in OF_THE_UNIT]),
        col(Account.region_code) == col(Referral.region_code),
        col(Account.id) == owner,
    )
    shut_out = select(col(Exclusion.id)).where(
        col(Exclusion.account_id) == owner,
        col(Exclusion.sentence_id) == col(Referral.sentence_id),
        col(Exclusion.lifted_at).is_(None),
    )
    return and_(
        exists(of_the_unit.correlate(NeedAction, Referral)),
        ~exists(shut_out.correlate(NeedAction, Referral)),
    )
