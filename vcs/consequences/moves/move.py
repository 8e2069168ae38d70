"""Move a referral to the sentence that its own turned out to be: victims, officer, letters, clock.

Everything that belongs to a referral stays in it. Duties that count from the day of sentence are
counted from the right day; one that was met keeps the day that was lawful when it was met.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, delete, update
from sqlmodel import Session, col, select

from vcs.access import trail
from vcs.access.actors import SYSTEM
from vcs.access.exclusions.records import Exclusion
from vcs.access.restrictions.records import Restriction
from vcs.alerts.records import AlertRecord
from vcs.clock import london_date
from vcs.law.deadlines import duties
from vcs.law.deadlines.duties import in_words
from vcs.law.decision import Deadline
from vcs.referrals.open import outcome_of
from vcs.referrals.records import Basis, DeadlineMove, DeadlineRecord, Referral, deadline_key
from vcs.sentences.saving.resolved import ResolvedSentence
from vcs.tasks.records import Task, TaskTopic


def move_referrals(
    session: Session,
    settled: Sequence[ResolvedSentence],
    referrals: Mapping[int, Row[Any]],
    today: date,
    now: datetime,
) -> bool:
    """Move each referral whose sentence is part of another one that has none. Says if any moved."""
    days = {one.sentence_id: one.sentenced_on for one in settled}
    moved = False
    for one in settled:
        target = one.link.told_in
        if target is None or one.sentence_id not in referrals or target in referrals:
            continue
        referral = session.get_one(Referral, referrals[one.sentence_id].id)
        _move(session, referral, target, now)
        again = _owed_from(referral, days[target], today)
        _count_from(session, referral, one.sentenced_on, again, now)
        moved = True
    return moved


def _move(session: Session, referral: Referral, sentence_id: int, now: datetime) -> None:
    was = referral.sentence_id
    # Questions that the old day raised are overtaken by those of the right one.
    kept = (col(Task.topic).is_(None)) | (col(Task.topic) != str(TaskTopic.SENTENCE))
    session.execute(
        update(Task)
        .where(col(Task.sentence_id) == was, col(Task.referral_id) == referral.id, kept)
        .values(sentence_id=sentence_id)
        .execution_options(synchronize_session="fetch")
    )
    excluded = update(Exclusion).where(col(Exclusion.sentence_id) == was)
    session.execute(excluded.values(sentence_id=sentence_id))
    move_restrictions(session, was, sentence_id)
    referral.sentence_id = sentence_id
    session.add(referral)
    session.flush()
    trail.note(session, trail.Note(now, SYSTEM, "referral.moved", referral.reference))


def move_restrictions(session: Session, was: int, sentence_id: int) -> None:
    """Move restrictions too. Where both sentences have one that stands, each stays and both count.

    A sentence has one that stands, and each hides the whole case.
    """
    stands = select(Restriction.id).where(
        Restriction.sentence_id == sentence_id, col(Restriction.lifted_at).is_(None)
    )
    moving = update(Restriction).where(col(Restriction.sentence_id) == was)
    if session.exec(stands).first() is not None:
        moving = moving.where(col(Restriction.lifted_at).is_not(None))
    session.execute(moving.values(sentence_id=sentence_id))


def _owed_from(referral: Referral, day: date, today: date) -> dict[str, Deadline]:
    """Return what is owed from a day of sentence, by duty."""
    owed = duties.deadlines(outcome_of(Basis(referral.basis)), day, today)
    return {one.duty: one for one in owed}


def _count_from(
    session: Session, referral: Referral, was: date, owed: Mapping[str, Deadline], now: datetime
) -> None:
    """Count what was owed from one day of sentence by what is owed from another."""
    query = select(DeadlineRecord).where(
        DeadlineRecord.referral_id == referral.id,
        DeadlineRecord.starts_on == was,
        col(DeadlineRecord.victim_id).is_(None),
        col(DeadlineRecord.met_on).is_(None),
    )
    today = london_date(now)
    for deadline in session.exec(query.with_for_update()):
        again = owed.get(deadline.duty)
        if again is None:
            deadline.lifted_on = deadline.lifted_on or today
        else:
            _redate(session, deadline, again, now)
            _unmark(session, deadline, today)
        session.add(deadline)


def _redate(session: Session, deadline: DeadlineRecord, again: Deadline, now: datetime) -> None:
    why = f"The court corrected the day of sentence: it is {in_words(again.starts_on)}"
    move = DeadlineMove(
        deadline_id=deadline.id,
        was=deadline.due_on,
        became=again.due_on,
        why=why,
        # One move for each day of sentence, beside those of the calendar.
        calendar=f"{again.calendar} sentence {again.starts_on.isoformat()} {now.isoformat()}",
        moved_at=now,
    )
    session.add(move)
    deadline.key = deadline_key(deadline.referral_id, None, deadline.duty, again.starts_on)
    deadline.starts_on, deadline.due_on = again.starts_on, again.due_on
    deadline.counted, deadline.provision = again.counted, again.provision
    deadline.provisional, deadline.calendar = again.provisional, again.calendar


def _unmark(session: Session, deadline: DeadlineRecord, today: date) -> None:
    """Take back the mark of a miss that the right day does not bear out, with its unsent alert."""
    if deadline.missed_on is None or deadline.due_on < today:
        return
    unsent = (
        col(AlertRecord.deadline_id) == deadline.id,
        col(AlertRecord.sent_at).is_(None),
    )
    # Deleted and not withdrawn: the right day may be missed as well, and owes its own alert.
    session.execute(delete(AlertRecord).where(*unsent))
    deadline.missed_on = None
