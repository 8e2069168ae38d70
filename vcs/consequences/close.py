"""Close a referral and open it again: one verb each, and one table of the reasons for closing.

Closing ends whatever was open about the referral, so that nothing stays overdue on it. Reopening
brings it back: what was owed is owed again from its original date.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, or_, update
from sqlmodel import Session, col, select

from vcs.access.actors import Actor
from vcs.access.work import Work
from vcs.alerts import kinds as alerts
from vcs.alerts.records import AlertRecord
from vcs.clock import london_date
from vcs.errors import Conflict
from vcs.law import duties
from vcs.referrals.proposals import overtake_proposal
from vcs.referrals.records import (
    ClosedReason,
    DeadlineRecord,
    Referral,
    ReferralStatus,
    ReopeningRecord,
)
from vcs.tasks.kinds import POLICIES
from vcs.tasks.records import Task, TaskKind, TaskTopic
from vcs.terms import Role
from vcs.victims.records import Victim

WHEN_CLOSED = "the referral was closed"

"""The answer of a task that was closed with its referral; reopening asks it again."""

_ENDED_BY_CLOSING = [str(kind) for kind, row in POLICIES.items() if row.ends_with_referral]


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason for closing.

    ``closed_by`` are the roles that may close for it, or confirm it. ``proposed_by`` are those
    that may propose it; empty where no second person is needed. ``meets_duty`` says whether the
    duty to refer counts as met: who could be referred was asked and is accounted for.
    """

    words: str
    short: str
    closed_by: tuple[Role, ...]
    proposed_by: tuple[Role, ...]
    meets_duty: bool
    can_reopen: bool


REASONS: Mapping[str, Reason] = {
    ClosedReason.NO_IDENTIFIABLE_VICTIM: Reason(
        "There is no identifiable victim",
        "no identifiable victim",
        closed_by=(Role.MANAGER,),
        proposed_by=(Role.WITNESS_CARE, Role.MANAGER),
        meets_duty=True,
        can_reopen=True,
    ),
    ClosedReason.VICTIM_CANNOT_BE_TRACED: Reason(
        "The victim cannot be traced",
        "the victim cannot be traced",
        closed_by=(Role.MANAGER,),
        proposed_by=(Role.WITNESS_CARE, Role.MANAGER),
        meets_duty=True,
        can_reopen=True,
    ),
    ClosedReason.REFUSED_REFERRAL: Reason(
        "The victim was asked and does not want to be referred",
        "the victim does not want to be referred",
        closed_by=(Role.WITNESS_CARE, Role.VLO, Role.MANAGER),
        proposed_by=(),
        meets_duty=True,
        can_reopen=True,
    ),
    ClosedReason.NOT_ELIGIBLE: Reason(
        "A person decided that contact is not owed",
        "contact is not owed",
        closed_by=(Role.MANAGER,),
        proposed_by=(),
        meets_duty=False,
        can_reopen=True,
    ),
}


def close(work: Work, referral: Referral, reason: ClosedReason) -> None:
    """Close a referral for a listed reason, and end what is open about it.

    The caller holds the referral. Raises NotAllowed for a role that the reason does not name, and
    Conflict where the referral is closed already.
    """
    work.require(*REASONS[reason].closed_by)
    if referral.status == ReferralStatus.CLOSED:
        raise Conflict("This referral is closed already. Load the page again to see why.")
    referral.status = ReferralStatus.CLOSED
    referral.closed_on, referral.closed_reason = london_date(work.now), reason
    referral.traced_since = referral.look_again_on = None
    work.session.add(referral)
    settle(work.session, referral, work.now)
    work.note("referral.closed", referral.reference, reason)


def settle(session: Session, referral: Referral, now: datetime) -> None:
    """End what is open about a closed referral: duties, unsent alerts, tasks and a proposal."""
    reason = REASONS.get(referral.closed_reason or "")
    meets_duty = reason is not None and reason.meets_duty
    _end_deadlines(session, referral.id, london_date(now), meets_duty=meets_duty)
    _withdraw_alerts(session, referral.id, now)
    _close_tasks(session, referral, now)
    overtake_proposal(session, referral, now)


def _end_deadlines(session: Session, referral_id: int, today: date, *, meets_duty: bool) -> None:
    """Mark the duty to refer as met where the reason says so; lift every other open duty."""
    query = select(DeadlineRecord).where(
        DeadlineRecord.referral_id == referral_id,
        col(DeadlineRecord.met_on).is_(None),
        col(DeadlineRecord.lifted_on).is_(None),
    )
    for deadline in session.exec(query.with_for_update()):
        if meets_duty and deadline.duty == duties.REFER:
            deadline.met_on = today
        else:
            deadline.lifted_on = today
        session.add(deadline)


def _withdraw_alerts(session: Session, referral_id: int, now: datetime) -> None:
    session.execute(
        update(AlertRecord)
        .where(
            _alerts_of(referral_id),
            col(AlertRecord.sent_at).is_(None),
            col(AlertRecord.failed_reason).is_(None),
            col(AlertRecord.withdrawn_at).is_(None),
        )
        .values(withdrawn_at=now)
    )


def _alerts_of(referral_id: int) -> ColumnElement[bool]:
    deadlines = select(DeadlineRecord.id).where(DeadlineRecord.referral_id == referral_id)
    ending = [str(kind) for kind, row in alerts.POLICIES.items() if row.ends_with_referral]
    return col(AlertRecord.deadline_id).in_(deadlines) & col(AlertRecord.kind).in_(ending)


def _close_tasks(session: Session, referral: Referral, now: datetime) -> None:
    session.execute(
        update(Task)
        .where(_ended_tasks(referral), col(Task.done_at).is_(None))
        .values(done_at=now, answer=WHEN_CLOSED)
        .execution_options(synchronize_session="fetch")
    )


def _ended_tasks(referral: Referral) -> ColumnElement[bool]:
    """Return which tasks end when a referral is closed: about it, its dates and its alerts."""
    of_sentence = col(Task.sentence_id) == referral.sentence_id
    of_referral = col(Task.referral_id) == referral.id
    return or_(
        of_sentence & col(Task.kind).in_(_ENDED_BY_CLOSING),
        of_referral & (col(Task.topic) == TaskTopic.DEADLINE_EARLIER),
        of_referral & (col(Task.kind) == TaskKind.ALERT_NOT_SENT),
    )


def may_reopen(reason: str | None) -> bool:
    """Say whether a referral closed for a reason may be opened again.

    A reason that is no longer listed does not stop it: a wrong closing must never be final.
    """
    listed = REASONS.get(reason or "")
    return listed is None or listed.can_reopen


def reopen(work: Work, referral: Referral, why: bytes | None = None) -> None:
    """Open a closed referral again, with what was owed owed from its original date.

    The caller holds the referral. ``why`` is sealed; None where the answer to a task says it.
    """
    work.session.add(_reopening(referral, work.actor, work.now, why))
    was = referral.closed_reason or ""
    work.note("referral.opened_again", referral.reference, was)
    has_victim = _has_victim(work.session, referral)
    referral.status = ReferralStatus.REFERRED if has_victim else ReferralStatus.AWAITING
    referral.closed_on = referral.closed_reason = None
    work.session.add(referral)
    _owe_again(work.session, referral.id, nobody_referred=not has_victim)
    _owe_alerts_again(work.session, referral.id, work.now)
    _ask_again(work.session, referral)


def _reopening(
    referral: Referral, actor: Actor, now: datetime, why: bytes | None
) -> ReopeningRecord:
    return ReopeningRecord(
        referral_id=referral.id,
        closed_on=referral.closed_on,
        closed_reason=referral.closed_reason,
        sealed=why,
        reopened_at=now,
        reopened_by=actor.account_id,
    )


def _has_victim(session: Session, referral: Referral) -> bool:
    victims = select(Victim.id).where(Victim.referral_id == referral.id)
    return session.exec(victims).first() is not None


def _owe_again(session: Session, referral_id: int, *, nobody_referred: bool) -> None:
    """Owe again what the closing ended. Where nobody was referred, only it met the duty to refer.

    A miss that was marked before stays marked: its alert is not owed twice.
    """
    query = select(DeadlineRecord).where(DeadlineRecord.referral_id == referral_id)
    for deadline in session.exec(query.with_for_update()):
        deadline.lifted_on = None
        if nobody_referred and deadline.duty == duties.REFER:
            deadline.met_on = None
        session.add(deadline)


def _owe_alerts_again(session: Session, referral_id: int, now: datetime) -> None:
    """Owe again what was withdrawn before it was sent, with its five days of tries begun anew."""
    session.execute(
        update(AlertRecord)
        .where(_alerts_of(referral_id), col(AlertRecord.withdrawn_at).is_not(None))
        .where(col(AlertRecord.sent_at).is_(None))
        .values(withdrawn_at=None, owed_at=now, next_try_at=now, tries=0)
    )


def _ask_again(session: Session, referral: Referral) -> None:
    closed_with_it = (
        col(Task.done_by).is_(None),
        col(Task.done_at).is_not(None),
        col(Task.answer) == WHEN_CLOSED,
    )
    session.execute(
        update(Task)
        .where(_ended_tasks(referral), *closed_with_it)
        .values(done_at=None, answer=None)
        .execution_options(synchronize_session="fetch")
    )
