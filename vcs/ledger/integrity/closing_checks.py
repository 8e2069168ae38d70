"""What must hold of closed referrals, and of proposals to close or to move one: a query each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from vcs.law.deadlines.duties import ASSESS_NEEDS
from vcs.referrals.officers.records import Transfer
from vcs.referrals.records import ClosingProposal, DeadlineRecord, Referral, ReferralStatus
from vcs.tasks.records import Task, TaskKind
from vcs.terms import Choice
from vcs.victims.preferences.anything import NOT_OFFERED
from vcs.victims.preferences.records import PreferenceRecord, Way
from vcs.victims.records import ChoiceRecord, Victim


def _closed_and_still_owed() -> Select[Any]:
    is_open = and_(col(DeadlineRecord.met_on).is_(None), col(DeadlineRecord.lifted_on).is_(None))
    closed = col(Referral.status) == ReferralStatus.CLOSED
    return _with_deadline(closed, is_open)


def _open_and_lifted() -> Select[Any]:
    is_open = col(Referral.status) != ReferralStatus.CLOSED
    # A manager may decide that somebody who never wants contact is offered nothing.
    decided = exists().where(
        col(Task.victim_id) == col(DeadlineRecord.victim_id),
        col(Task.kind) == TaskKind.OFFER_OWED,
        col(Task.answer) == NOT_OFFERED,
    )
    wanted_none = exists().where(
        col(ChoiceRecord.victim_id) == col(DeadlineRecord.victim_id),
        col(ChoiceRecord.choice) == str(Choice.OPT_OUT),
        col(DeadlineRecord.duty) == ASSESS_NEEDS,
    )
    # A clock for needs that opened again ends where its event was taken back, or a manager says so.
    asked_no_more = exists().where(
        col(Task.victim_id) == col(DeadlineRecord.victim_id),
        col(Task.kind) == TaskKind.NEEDS_AGAIN,
        col(Task.done_at).is_not(None),
        col(DeadlineRecord.duty) == ASSESS_NEEDS,
    )
    lifted = col(DeadlineRecord.lifted_on).is_not(None)
    return _with_deadline(
        is_open, lifted & ~decided & ~wanted_none & ~_said_never() & ~asked_no_more
    )


def _said_never() -> ColumnElement[bool]:
    """Return whether a person said that they never want contact: they are asked no needs either."""
    hers, told = aliased(Victim), aliased(Victim)
    return (
        select(col(PreferenceRecord.id))
        .join(told, col(told.id) == col(PreferenceRecord.victim_id))
        .join(hers, col(hers.person_id) == col(told.person_id))
        .where(
            col(hers.id) == col(DeadlineRecord.victim_id),
            col(PreferenceRecord.way) == str(Way.ANYTHING),
            col(DeadlineRecord.duty) == ASSESS_NEEDS,
        )
        .correlate(DeadlineRecord)
        .exists()
    )


def _with_deadline(referral: ColumnElement[bool], deadline: ColumnElement[bool]) -> Select[Any]:
    joined = col(DeadlineRecord.referral_id) == col(Referral.id)
    query: Select[Any] = select(col(Referral.reference)).join(DeadlineRecord, joined)
    return query.where(referral, deadline).distinct()


def _waiting_and_not_asked() -> Select[Any]:
    asked = select(col(Task.id)).where(
        col(Task.referral_id) == col(Referral.id),
        col(Task.kind) == TaskKind.CLOSING_PROPOSED,
        col(Task.done_at).is_(None),
    )
    return _waiting().where(~asked.correlate(Referral).exists())


def _waiting_for_nothing() -> Select[Any]:
    return _waiting().where(col(Referral.status) != ReferralStatus.AWAITING)


def _waiting() -> Select[Any]:
    joined = col(ClosingProposal.referral_id) == col(Referral.id)
    query: Select[Any] = select(col(Referral.reference)).join(ClosingProposal, joined)
    return query.where(col(ClosingProposal.decision).is_(None))


def _offered_and_not_asked() -> Select[Any]:
    asked = select(col(Task.id)).where(
        col(Task.referral_id) == col(Referral.id),
        col(Task.kind).in_([TaskKind.TRANSFER_OFFERED, TaskKind.INTRODUCE_OFFICER]),
        col(Task.done_at).is_(None),
    )
    return _offered().where(~asked.correlate(Referral).exists())


def _offered_by_another_unit() -> Select[Any]:
    elsewhere = col(Referral.region_code) != col(Transfer.from_region)
    return _offered().where(or_(elsewhere, col(Referral.status) == ReferralStatus.CLOSED))


def _offered() -> Select[Any]:
    joined = col(Transfer.referral_id) == col(Referral.id)
    query: Select[Any] = select(col(Referral.reference)).join(Transfer, joined)
    return query.where(col(Transfer.ended_on).is_(None))


CLOSING_CHECKS: tuple[tuple[str, Callable[[], Select[Any]]], ...] = (
    ("Closed referrals about which something is still owed", _closed_and_still_owed),
    ("Open referrals with a duty that was lifted", _open_and_lifted),
    ("Proposals to close a referral that no task asks about", _waiting_and_not_asked),
    ("Proposals to close a referral that is not awaited", _waiting_for_nothing),
    ("Referrals offered to another region that no task asks about", _offered_and_not_asked),
    ("Referrals offered by a region that has them no more, or closed", _offered_by_another_unit),
)
