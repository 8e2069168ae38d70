"""Ask for a victim to be asked again: once a year, and until that was done."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, and_, exists, or_, select
from sqlmodel import Session, col, func
from sqlmodel import select as select_rows

from vcs.access.work import Work
from vcs.law.deadlines.due import ask_again_on
from vcs.law.deadlines.duties import ASSESS_NEEDS
from vcs.needs.records import AnswerKind, NeedAnswer
from vcs.needs.standard import items_on
from vcs.referrals.records import DeadlineRecord, Referral, ReferralStatus
from vcs.sealing import Sealer
from vcs.tasks.ask import Question, open_tasks
from vcs.tasks.records import Task, TaskKind, TaskTopic
from vcs.victims.contact.asked_no_more import ENDED
from vcs.victims.contact.said_no import is_asked_nothing, may_be_asked
from vcs.victims.records import Victim

_A_YEAR = (
    "A victim was last asked about some of their needs a year ago. Ask again, or record why not: "
    "the page of their needs says when each was asked."
)


def due_again(session: Session, sealer: Sealer, today: date, limit: int = 500) -> list[int]:
    """Return victims of open referrals who were asked everything, something of it a year ago.

    Not those who want no contact or have died, nor whoever it was asked about within this year.
    """
    found = _due(session, today, _candidates(today).limit(limit))
    return [one for one in found if may_be_asked(session, sealer, session.get_one(Victim, one))]


def ask_for(session: Session, sealer: Sealer, victim_id: int, today: date) -> bool:
    """Open the task for a victim whom :func:`due_again` found; says whether it is still due."""
    if not _due(session, today, _candidates(today).where(col(Victim.id) == victim_id)):
        return False
    victim = session.get_one(Victim, victim_id)
    if not may_be_asked(session, sealer, victim):
        return False
    referral = session.get_one(Referral, victim.referral_id)
    question = Question(
        f"needs:{victim.reference}:year:{today.isoformat()}",
        TaskKind.NEEDS_AGAIN,
        _A_YEAR,
        referral.region_code,
        today,
        referral.sentence_id,
        referral.id,
        victim_id=victim.id,
        topic=TaskTopic.A_YEAR_ON,
    )
    open_tasks(session, [question], today)
    return True


def _due(session: Session, today: date, candidates: Select[Any]) -> list[int]:
    found = []
    for victim_id, oldest in session.execute(candidates):
        # SQLite gives a date that came out of an aggregate as text.
        day = ask_again_on(date.fromisoformat(str(oldest)))
        if day is not None and day <= today:
            found.append(victim_id)
    return found


def _candidates(today: date) -> Select[Any]:
    """Return every victim who was asked everything, with the oldest of the current answers."""
    newest = _newest_answers(today)
    deadline = and_(
        col(DeadlineRecord.referral_id) == col(Referral.id),
        col(DeadlineRecord.victim_id) == col(Victim.id),
        col(DeadlineRecord.duty) == ASSESS_NEEDS,
    )
    oldest = func.min(newest.c.asked_on)
    return (
        select(col(Victim.id), oldest)
        .join(newest, newest.c.victim_id == col(Victim.id))
        .join(Referral, col(Referral.id) == col(Victim.referral_id))
        .join(DeadlineRecord, deadline)
        .where(
            col(Referral.status) != ReferralStatus.CLOSED,
            col(DeadlineRecord.met_on).is_not(None),
            ~_asked_this_year(today),
            ~is_asked_nothing(),
        )
        .group_by(col(Victim.id))
        .order_by(oldest, col(Victim.id))
    )


def _newest_answers(today: date) -> Any:
    known = [item.id for item in items_on(today)]
    was_asked = col(NeedAnswer.answer) != str(AnswerKind.BROUGHT)
    return (
        select(
            col(NeedAnswer.victim_id).label("victim_id"),
            func.max(col(NeedAnswer.asked_on)).label("asked_on"),
        )
        .where(was_asked, col(NeedAnswer.item).in_(known))
        .group_by(col(NeedAnswer.victim_id), col(NeedAnswer.item))
        .subquery("newest")
    )


def _asked_this_year(today: date) -> ColumnElement[bool]:
    return exists().where(
        col(Task.victim_id) == col(Victim.id),
        col(Task.kind) == str(TaskKind.NEEDS_AGAIN),
        col(Task.topic) == str(TaskTopic.A_YEAR_ON),
        col(Task.opened_on) > today - timedelta(days=365),
        or_(col(Task.answer).is_(None), col(Task.answer) != ENDED),
    )


def end_questions(work: Work, victim: Victim) -> None:
    """Close what asks for a victim to be asked again, once every item was asked since."""
    oldest = _all_asked_since(work.session, victim, work.today)
    if oldest is None:
        return
    query = select_rows(Task).where(*_open(victim.id), col(Task.opened_on) <= oldest)
    for task in work.session.exec(query.with_for_update()):
        task.done_at, task.done_by, task.answer = work.now, work.actor.account_id, "asked again"
        work.session.add(task)


def asked_since(session: Session, victim: Victim, day: date) -> bool:
    """Say whether a victim was asked about every item on a day or later."""
    oldest = _all_asked_since(session, victim, day)
    return oldest is not None and oldest >= day


def _all_asked_since(session: Session, victim: Victim, today: date) -> date | None:
    """Return the day since when every item was asked; None where one was never asked."""
    newest: dict[str, date] = dict(session.execute(_last_asked(victim)).all())
    days = [newest.get(item.id) for item in items_on(today)]
    return None if None in days else min(day for day in days if day)


def open_questions(session: Session, victim_id: int) -> tuple[str, ...]:
    """Return what asks for a victim to be asked again, in words."""
    query = select_rows(Task.question).where(*_open(victim_id)).order_by(col(Task.id))
    return tuple(session.exec(query))


def _open(victim_id: int) -> tuple[ColumnElement[bool], ...]:
    return (
        col(Task.victim_id) == victim_id,
        col(Task.kind) == str(TaskKind.NEEDS_AGAIN),
        col(Task.done_at).is_(None),
    )


def _last_asked(victim: Victim) -> Any:
    newest = select(col(NeedAnswer.item), func.max(col(NeedAnswer.asked_on), type_=Date))
    hers = col(NeedAnswer.victim_id) == victim.id
    was_asked = col(NeedAnswer.answer) != str(AnswerKind.BROUGHT)
    return newest.where(hers, was_asked).group_by(col(NeedAnswer.item))
