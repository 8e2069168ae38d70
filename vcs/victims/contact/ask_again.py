"""*Not now* and *no reply*: when the offer is made again, and an officer gets a task."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import ColumnElement, String, and_, cast, exists, literal, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from vcs.access.work import Work
from vcs.referrals.records import Referral, ReferralStatus
from vcs.tasks.ask import Question, open_tasks
from vcs.tasks.records import Task, TaskKind
from vcs.terms import Choice
from vcs.victims.records import AskAgainAt as AskAgainAt
from vcs.victims.records import ChoiceRecord, Victim

_TEXT = (
    "This person said “not now”, and that they may be asked again. That time has come. Make the "
    "offer again, in a way that they allow, and record what they chose on the referral: that "
    "closes this task."
)

_AFTER_NO_REPLY = (
    "This person gave no reply to the offer half a year ago. Make the offer again, in a way that "
    "they allow, and record what they chose on the referral: that closes this task."
)

AFTER_NO_REPLY = timedelta(days=182)
"""How long after no reply the offer is made again: ours, to be confirmed."""

_KEY = "ask_again:"


def ask_who_is_due(session: Session, today: date, limit: int) -> int:
    """Ask an officer to make the offer again wherever the day has come. Returns how many.

    Nobody is asked twice about one choice, nor where a later choice stands.
    """
    later = aliased(ChoiceRecord)
    is_later = or_(
        col(later.chosen_on) > col(ChoiceRecord.chosen_on),
        (col(later.chosen_on) == col(ChoiceRecord.chosen_on))
        & (col(later.id) > col(ChoiceRecord.id)),
    )
    key = literal(_KEY) + cast(col(ChoiceRecord.id), String)
    query = (
        select(ChoiceRecord, Victim, Referral)
        .join(Victim, col(Victim.id) == col(ChoiceRecord.victim_id))
        .join(Referral, col(Referral.id) == col(Victim.referral_id))
        .where(
            or_(_not_now_is_over(today), _no_reply_is_old(today)),
            col(Referral.status) != ReferralStatus.CLOSED,
            ~exists().where(col(later.victim_id) == col(ChoiceRecord.victim_id), is_later),
            ~exists().where(col(Task.key) == key),
        )
        .order_by(col(ChoiceRecord.id))
        .limit(limit)
    )
    found = session.exec(query).all()
    ask_again(session, found, today)
    return len(found)


def _not_now_is_over(today: date) -> ColumnElement[bool]:
    is_not_now = col(ChoiceRecord.choice) == str(Choice.NOT_NOW)
    return and_(is_not_now, col(ChoiceRecord.ask_again_on) <= today)


def _no_reply_is_old(today: date) -> ColumnElement[bool]:
    is_no_reply = col(ChoiceRecord.choice) == str(Choice.NO_REPLY)
    return and_(is_no_reply, col(ChoiceRecord.chosen_on) <= today - AFTER_NO_REPLY)


def ask_again(
    session: Session, found: Sequence[tuple[ChoiceRecord, Victim, Referral]], today: date
) -> None:
    """Ask an officer to make the offer again: the day has come, or the event is near."""
    questions = [
        Question(
            f"{_KEY}{choice.id}",
            TaskKind.ASK_AGAIN,
            _TEXT if choice.choice == Choice.NOT_NOW else _AFTER_NO_REPLY,
            referral.region_code,
            choice.ask_again_on or today,
            referral.sentence_id,
            referral.id,
            victim_id=victim.id,
        )
        for choice, victim, referral in found
    ]
    open_tasks(session, questions, today)


def end_asking(work: Work, victim: Victim) -> None:
    """Close what asks to make the offer again: what they chose is recorded."""
    query = select(Task).where(
        Task.victim_id == victim.id,
        Task.kind == TaskKind.ASK_AGAIN,
        col(Task.done_at).is_(None),
    )
    for task in work.session.exec(query.with_for_update()):
        task.done_at, task.done_by = work.now, work.actor.account_id
        task.answer = "asked again"
        work.session.add(task)
