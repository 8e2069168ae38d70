"""What follows when a member of staff leaves: their referrals go to the region's managers at once.

No deadline moves: a referral without an officer is owed by the same day as before.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlmodel import Session, col, select

from vcs.casework import accounts, audit
from vcs.casework.actors import SYSTEM, Actor
from vcs.casework.sentences.questions import Question, open_tasks
from vcs.records import Account, Referral, ReferralStatus, Task, TaskKind

_OFFICER_NEEDED = "officer_needed"
_ASSIGNED = "officer assigned"


def disable_account(
    session: Session, actor: Actor | None, account_id: int, today: date, now: datetime
) -> int:
    """Disable an account and ask for another officer for each open referral it had.

    ``actor`` None is the operator at the command line. Returns how many referrals are affected; a
    repeat finds none. Raises what :func:`vcs.casework.accounts.disable_account` raises.
    """
    account = accounts.disable_account(session, actor, account_id, now)
    referrals = _in_hand(session, account)
    open_tasks(
        session, [_question(one, account, len(referrals), today) for one in referrals], today
    )
    who = actor.who if actor else SYSTEM
    for referral in referrals:
        referral.vlo_account_id = None
        session.add(referral)
        audit.note(session, now, who, "vlo.left", referral.reference, f"account:{account.id}")
    return len(referrals)


def _in_hand(session: Session, account: Account) -> Sequence[Referral]:
    query = select(Referral).where(
        Referral.vlo_account_id == account.id, Referral.status != ReferralStatus.CLOSED
    )
    return session.exec(query.order_by(col(Referral.id)).with_for_update()).all()


def _question(referral: Referral, account: Account, count: int, today: date) -> Question:
    others = (
        "It was their only open referral." if count == 1 else f"They had {count} open referrals."
    )
    return Question(
        # An account that was opened again can be disabled again: its epoch tells the two apart.
        f"{_OFFICER_NEEDED}:{referral.reference}:{account.id}:{account.epoch}",
        TaskKind.QUESTION,
        f"Referral {referral.reference} needs an officer. The account of the officer who had it "
        f"was disabled. {others} No deadline has changed. Assign another officer on the "
        "referral's page: that closes this task.",
        referral.region_code,
        today,
        referral.sentence_id,
        referral.id,
    )


def close_question(session: Session, referral: Referral, actor: Actor, now: datetime) -> None:
    """Close the question for another officer, if one is open, once somebody is assigned."""
    query = select(Task).where(
        Task.referral_id == referral.id,
        col(Task.done_at).is_(None),
        col(Task.key).startswith(f"{_OFFICER_NEEDED}:{referral.reference}:"),
    )
    for task in session.exec(query.with_for_update()):
        task.done_at, task.done_by, task.answer = now, actor.account_id, _ASSIGNED
        session.add(task)
        audit.note(session, now, actor.who, "task.dealt_with", task.reference)
