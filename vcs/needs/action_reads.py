"""Actions about needs as pages show them: those of a victim, and those to do in a list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from vcs.access.actors import Actor
from vcs.access.exclusions.records import Exclusion
from vcs.access.reads import names_of
from vcs.access.records import Account
from vcs.access.rules import MAY, Act, require_may, seen_by
from vcs.errors import NotFound
from vcs.law.deadlines.due import State, state_of
from vcs.needs.actions import opened_words, staff_of
from vcs.needs.records import NeedAction
from vcs.paging import FIRST, Page, Slice, one_page
from vcs.referrals.officers.records import Absence
from vcs.referrals.records import Referral
from vcs.sealing import UNOPENED, Sealer, shown
from vcs.victims.find import visible_victim
from vcs.victims.records import Victim


@dataclass(frozen=True, slots=True)
class ActionView:
    """One action. ``outcome`` None is open; ``state`` says how its day stands."""

    reference: str
    item: str
    need: str
    action: str
    owner: str
    owner_account_id: int
    due_on: date
    state: State
    outcome: str | None
    outcome_words: str
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One open action in a list: without words, since a list is read over shoulders."""

    reference: str
    item: str
    victim_reference: str
    referral_reference: str
    owner: str
    due_on: date
    state: State


def open_actions(
    session: Session, actor: Actor, today: date, *, mine: bool, asked: Slice = FIRST
) -> Page[ActionRow]:
    """Return a page of the open actions that somebody may see, or of theirs; soonest first."""
    require_may(actor, Act.SEE_CASEWORK)
    names = names_of(session)
    query: Any = (
        select(NeedAction, Victim.reference, Referral.reference)
        .join(Victim, col(Victim.id) == col(NeedAction.victim_id))
        .join(Referral, col(Referral.id) == col(Victim.referral_id))
        .where(col(NeedAction.id).in_(_opened()), seen_by(actor, Referral))
        .order_by(col(NeedAction.due_on), col(NeedAction.id))
    )
    if mine:
        query = query.where(is_theirs(actor, today))
    return one_page(
        session,
        query,
        asked,
        lambda found: (
            ActionRow(
                action.reference,
                action.item,
                victim,
                referral,
                names.get(action.owner_account_id, ""),
                action.due_on,
                state_of(action.due_on, None, today),
            )
            for action, victim, referral in found
        ),
    )


def is_theirs(actor: Actor, today: date) -> ColumnElement[bool]:
    """Say of an action beside its referral whether it is for a member of staff to see to today.

    Their own and those of whom they cover; and in a referral that is theirs, or that they cover,
    those of an owner who cannot act on it any more. Worked out, not written: who leaves, moves to
    another unit or is shut out of the case would else keep it on nobody's list.
    """
    owner, officer = col(NeedAction.owner_account_id), col(Referral.vlo_account_id)
    in_hand = and_(_is_in_hand(officer, actor, today), ~_owner_may_act())
    return or_(_is_in_hand(owner, actor, today), in_hand)


def _is_in_hand(who: Any, actor: Actor, today: date) -> ColumnElement[bool]:
    """Say whether somebody is the actor, or is away and covered by them, or by whom they cover."""
    one, other = aliased(Absence), aliased(Absence)
    next_one = select(other.id).where(
        other.account_id == one.cover_id, other.cover_id == actor.account_id, *_on(other, today)
    )
    by_them = or_(col(one.cover_id) == actor.account_id, next_one.correlate(one).exists())
    first = select(one.id).where(col(one.account_id) == who, by_them, *_on(one, today))
    return or_(who == actor.account_id, first.correlate(NeedAction, Referral).exists())


def _on(absence: Any, day: date) -> tuple[ColumnElement[bool], ...]:
    is_not_over = or_(absence.stopped_on.is_(None), absence.stopped_on > day)
    return absence.first_on <= day, absence.last_on >= day, is_not_over


def _owner_may_act() -> ColumnElement[bool]:
    owner = col(NeedAction.owner_account_id)
    of_the_unit = select(Account.id).where(
        col(Account.active),
        col(Account.role).in_([str(role) for role in MAY[Act.ASK_ABOUT_NEEDS]]),
        col(Account.region_code) == col(Referral.region_code),
        col(Account.id) == owner,
    )
    shut_out = select(Exclusion.id).where(
        col(Exclusion.account_id) == owner,
        col(Exclusion.sentence_id) == col(Referral.sentence_id),
        col(Exclusion.lifted_at).is_(None),
    )
    here, out = (one.correlate(NeedAction, Referral).exists() for one in (of_the_unit, shut_out))
    return and_(here, ~out)


def _opened() -> SelectOfScalar[int]:
    """Return the open actions, by which a list begins: a region has many more referrals."""
    return select(NeedAction.id).where(col(NeedAction.outcome).is_(None))


def action_heading(
    session: Session, sealer: Sealer, actor: Actor, action_reference: str, today: date
) -> tuple[ActionView, str]:
    """Return an action, and the reference of its victim. Raises NotFound for another's."""
    require_may(actor, Act.SEE_CASEWORK)
    query = (
        select(NeedAction, Victim.reference)
        .join(Victim, col(Victim.id) == col(NeedAction.victim_id))
        .join(Referral, col(Referral.id) == col(Victim.referral_id))
        .where(seen_by(actor, Referral))
    )
    found = session.exec(query.where(NeedAction.reference == action_reference)).first()
    if found is None:
        raise NotFound("There is no such action.")
    visible_victim(session, found[1], actor)
    return action_view(sealer, found[0], names_of(session), today), found[1]


def owners_for(
    session: Session, actor: Actor, victim_reference: str, today: date
) -> dict[int, str]:
    """Return who may own an action about a victim: account and name."""
    require_may(actor, Act.SEE_CASEWORK)
    victim = visible_victim(session, victim_reference, actor)
    return staff_of(session, session.get_one(Referral, victim.referral_id), today)


def action_view(sealer: Sealer, one: NeedAction, names: dict[int, str], today: date) -> ActionView:
    """Return one action as it stands on a day."""
    words, came = opened_words(sealer, one), one.outcome_sealed
    return ActionView(
        one.reference,
        one.item,
        words.need,
        words.action,
        names.get(one.owner_account_id, ""),
        one.owner_account_id,
        one.due_on,
        state_of(one.due_on, one.closed_on, today),
        one.outcome,
        shown(sealer.open_text, came, UNOPENED) if came is not None else "",
        one.closed_on,
    )


def actions_of(session: Session, victim_id: int) -> list[NeedAction]:
    """Return a victim's actions, the earliest due first."""
    query = select(NeedAction).where(NeedAction.victim_id == victim_id)
    return list(session.exec(query.order_by(col(NeedAction.due_on), col(NeedAction.id))))
