"""Open deadlines counted anew when the bank-holiday calendar changes: visibly, and with a reason.

What was met, or marked as missed, keeps the date that was lawful when it was acted on. No date
moves earlier than today: it stands as it was, and a person is asked. A deadline is
never recalculated with an older calendar, so that during a rolling upgrade two versions do not
move it back and forth.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from vcs.access import trail
from vcs.access.actors import SYSTEM
from vcs.law.deadlines import duties
from vcs.law.deadlines.duties import in_words
from vcs.law.deadlines.working_days import BankHoliday, news_between, version
from vcs.law.decision import Deadline
from vcs.referrals.due_days.due import still_owed
from vcs.referrals.records import DeadlineMove, DeadlineRecord, Referral
from vcs.tasks.ask import Question, open_tasks
from vcs.tasks.records import TaskKind, TaskTopic

_PUT_RIGHT = "The table of bank holidays was put right"


def keep_as_counted(session: Session, deadline_ids: Sequence[int], today: date) -> int:
    """Record that deadlines are the same by today's calendar; returns how many were waiting."""
    newest = version(today)
    found = session.execute(
        update(DeadlineRecord)
        .where(
            col(DeadlineRecord.id).in_(deadline_ids),
            col(DeadlineRecord.met_on).is_(None),
            col(DeadlineRecord.missed_on).is_(None),
            col(DeadlineRecord.lifted_on).is_(None),
            col(DeadlineRecord.calendar) < newest,
        )
        .values(calendar=newest)
        .returning(col(DeadlineRecord.id))
    )
    return len(found.all())


def count_again(session: Session, deadline_id: int, today: date, now: datetime) -> bool:
    """Count an open deadline anew by today's calendar, and move it where that gives another day.

    Looks again at everything: whoever found it may have looked a while ago. Returns whether it
    was counted here and now.
    """
    query = select(DeadlineRecord).where(DeadlineRecord.id == deadline_id)
    deadline = session.exec(query.with_for_update(skip_locked=True)).first()
    if deadline is None or not waits(deadline, today):
        return False
    again = duties.counted_again(deadline.duty, deadline.provision, deadline.starts_on, today)
    deadline.calendar = version(today)
    session.add(deadline)
    if again is not None:
        referral = session.get_one(Referral, deadline.referral_id)
        if again.due_on != deadline.due_on:
            _move(session, _Counted(deadline, referral, again), today, now)
        _say_how_sure(session, deadline, referral, again, now)
    return True


def waits(deadline: DeadlineRecord, today: date) -> bool:
    """Say whether a deadline is open and was last counted by an older calendar than today's."""
    ended = (deadline.met_on, deadline.missed_on, deadline.lifted_on)
    is_open = all(day is None for day in ended)
    return is_open and deadline.calendar < version(today)


@dataclass(frozen=True, slots=True)
class _Counted:
    """An open deadline with its referral, and what it comes to by today's calendar."""

    deadline: DeadlineRecord
    referral: Referral
    again: Deadline


def _move(session: Session, counted: _Counted, today: date, now: datetime) -> None:
    deadline, referral, again = counted.deadline, counted.referral, counted.again
    was, is_earlier = deadline.due_on, again.due_on < deadline.due_on
    why = _why(deadline.starts_on, max(was, again.due_on), today)
    if is_earlier and again.due_on < today:
        why += f". That would make it due on {in_words(again.due_on)}, which has passed: it stands"
    else:
        deadline.due_on, deadline.counted = again.due_on, again.counted
    move = DeadlineMove(
        deadline_id=deadline.id,
        was=was,
        became=deadline.due_on,
        why=why,
        calendar=deadline.calendar,
        moved_at=now,
    )
    session.add(move)
    detail = f"{deadline.duty} {was} {deadline.due_on}"
    trail.note(session, trail.Note(now, SYSTEM, "deadline.moved", referral.reference, detail))
    if is_earlier and still_owed(deadline, referral):
        open_tasks(session, [_earlier(counted, move)], today)


def _why(start: date, end: date, today: date) -> str:
    told = [_news(row, today) for row in news_between(start, end, today)]
    return "; ".join(told) or _PUT_RIGHT


def _news(row: BankHoliday, today: date) -> str:
    withdrawn = row.withdrawn_on is not None and row.withdrawn_on <= today
    news, day = ("withdrawn", row.withdrawn_on) if withdrawn else ("announced", row.known_on)
    when = f", {news} {day.day} {day:%B %Y}" if day else ""
    return f"Bank holiday on {in_words(row.day)}{when}"


def _earlier(counted: _Counted, move: DeadlineMove) -> Question:
    """Return the question that a person is asked where a date moved, or should move, earlier."""
    deadline, referral, again = counted.deadline, counted.referral, counted.again
    text = (
        f"A deadline is earlier than it was. {duties.TITLES[deadline.duty]}: it was due on "
        f"{in_words(move.was)}. Counted anew: {in_words(again.due_on)}. {move.why}. "
        "See that it is done in time, and tell whoever works to the old date."
    )
    return Question(
        f"{TaskTopic.DEADLINE_EARLIER}:{deadline.key}:{again.due_on}",
        TaskKind.QUESTION,
        text,
        referral.region_code,
        again.due_on,
        referral.sentence_id,
        referral.id,
        topic=TaskTopic.DEADLINE_EARLIER,
    )


def _say_how_sure(
    session: Session, deadline: DeadlineRecord, referral: Referral, again: Deadline, now: datetime
) -> None:
    if again.provisional == deadline.provisional:
        return
    deadline.provisional = again.provisional
    event = "deadline.provisional" if again.provisional else "deadline.confirmed"
    trail.note(session, trail.Note(now, SYSTEM, event, referral.reference, deadline.duty))
