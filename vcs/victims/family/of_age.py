"""A child who turns 18: asked six months before, owed their own choice on the day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, exists, extract, func, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from vcs.access.work import Work
from vcs.clock import london_date
from vcs.referrals.records import Referral, ReferralStatus
from vcs.sealing import Sealer
from vcs.tasks.ask import Question, open_tasks
from vcs.tasks.records import Task, TaskKind, TaskTopic
from vcs.terms import VictimRelation
from vcs.victims.family.reads import links_of
from vcs.victims.family.records import BirthRecord, LinkKind
from vcs.victims.find import parts_of
from vcs.victims.person import Life, life_of, record_now
from vcs.victims.records import ChoiceRecord, PersonRecord, Victim

_SOON = (
    "A child of this referral turns 18 in six months or sooner. Ask them how they want to be "
    "contacted from then on, and ask about their needs again."
)

_NOW = (
    "A child of this referral is 18 now. Their own choice is owed: nobody else's counts for them "
    "any longer. Letters to whoever spoke for them are held until they chose, or agreed that "
    "this person speaks for them still."
)


def six_months_before(day: date) -> date:
    """Return the same day six months earlier, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 - 6, 12)
    first = date(year, month + 1, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return min(first + timedelta(days=day.day - 1), last)


ASKED_AGAIN_AFTER = timedelta(days=182)
"""When it is asked again where the task was closed and they chose nothing. Ours."""

_FOR_OTHERS = (VictimRelation.PARENT_OR_GUARDIAN, VictimRelation.SPOKESPERSON)


def questions_due(session: Session, sealer: Sealer, today: date) -> list[Question]:
    """Return what is to be asked about children who turn 18, and was not asked before.

    A birth that was recorded years after the 18th birthday, or of a record that was joined to
    another since, counts like any other.
    """
    years = (today.year - 1, today.year, today.year + 1)
    query = select(BirthRecord.person_id).where(col(BirthRecord.adult_in).in_(years))
    found_in = {*session.exec(query), *session.exec(_unasked_adults(today))}
    people = sorted({record_now(session, one).id for one in found_in})
    found = [one for person in people for one in _of_person(session, sealer, person, today)]
    keys = [one.key for one in found]
    asked = set(session.exec(select(Task.key).where(col(Task.key).in_(keys))))
    return [one for one in found if one.key not in asked]


def _unasked_adults(today: date) -> Any:
    """Return who turned 18 while they were in an open referral, with no choice of theirs since.

    Not whoever is asked about now, or was within half a year.
    """
    record = aliased(PersonRecord)
    theirs = func.coalesce(col(record.joined_to_id), col(record.id))
    was_chosen = exists().where(
        col(ChoiceRecord.victim_id) == col(Victim.id),
        extract("year", col(ChoiceRecord.chosen_on)) > col(BirthRecord.adult_in),
    )
    return (
        select(BirthRecord.person_id)
        .join(record, col(record.id) == col(BirthRecord.person_id))
        .join(Victim, col(Victim.person_id) == theirs)
        .join(Referral, col(Referral.id) == col(Victim.referral_id))
        .where(
            col(BirthRecord.adult_in) < today.year - 1,
            col(BirthRecord.adult_in) >= extract("year", col(Victim.referred_on)),
            col(Referral.status) != ReferralStatus.CLOSED,
            ~was_chosen,
            ~exists().where(*_asked_lately(today)),
        )
    )


def _asked_lately(today: date) -> tuple[ColumnElement[bool], ...]:
    since = datetime.combine(today - ASKED_AGAIN_AFTER, time(), UTC)
    return (
        col(Task.victim_id) == col(Victim.id),
        col(Task.kind) == str(TaskKind.TURNING_18),
        col(Task.topic) == str(TaskTopic.AT_18),
        or_(col(Task.done_at).is_(None), col(Task.done_at) > since),
    )


def ask_about_age(session: Session, sealer: Sealer, today: date) -> int:
    """Open the tasks of :func:`questions_due`; returns how many."""
    found = questions_due(session, sealer, today)
    open_tasks(session, found, today)
    return len(found)


def end_asking_at_18(work: Work, victim: Victim, chosen_on: date) -> None:
    """Close what asks for the own choice of somebody who turned 18: it is recorded."""
    day = life_of(work.session, work.sealer, victim.person_id).eighteen_on
    if day is None or chosen_on < day:
        return
    query = select(Task).where(
        Task.victim_id == victim.id,
        Task.kind == TaskKind.TURNING_18,
        col(Task.topic).in_([str(TaskTopic.BEFORE_18), str(TaskTopic.AT_18)]),
        col(Task.done_at).is_(None),
    )
    for task in work.session.exec(query.with_for_update()):
        task.done_at, task.done_by = work.now, work.actor.account_id
        task.answer = "they chose"
        work.session.add(task)


def came_of_age(session: Session, sealer: Sealer, speaker: Victim, today: date) -> date | None:
    """Return since when somebody for whom a person spoke is 18, where that ends their letters.

    It does where no child is left for whom they speak, or where one who is 18 has not chosen yet.
    Somebody who is a victim themselves gets their own letters on.
    """
    if speaker.standing not in _FOR_OTHERS:
        return None
    ended, is_needed = [], False
    for (kind, _), one in links_of(session, speaker.referral_id).items():
        if kind != LinkKind.SPEAKS or one.by_victim_id != speaker.id:
            continue
        child = session.get_one(Victim, one.victim_id)
        day = life_of(session, sealer, child.person_id).eighteen_on
        if day is None or today < day or london_date(one.recorded_at) >= day:
            is_needed = True
        else:
            ended.append((day, _has_chosen(session, child, day)))
    if not ended or (is_needed and all(chosen for _, chosen in ended)):
        return None
    return min(day for day, _ in ended)


def _of_person(session: Session, sealer: Sealer, person_id: int, today: date) -> Iterator[Question]:
    life = life_of(session, sealer, person_id)
    day = life.eighteen_on
    if day is None or life.has_died or today < six_months_before(day):
        return
    for victim, referral in parts_of(session, person_id):
        if referral.status == ReferralStatus.CLOSED or victim.referred_on >= day:
            continue
        if today < day:
            yield _question(victim, referral, life, TaskTopic.BEFORE_18)
        elif not _has_chosen(session, victim, day) and not _is_asked_lately(session, victim, today):
            yield _asked_anew(session, _question(victim, referral, life, TaskTopic.AT_18), today)


def _is_asked_lately(session: Session, victim: Victim, today: date) -> bool:
    query = select(Task.id).join(Victim, col(Victim.id) == col(Task.victim_id))
    found = query.where(Victim.id == victim.id, *_asked_lately(today)).limit(1)
    return session.exec(found).first() is not None


def _asked_anew(session: Session, question: Question, today: date) -> Question:
    """Return a question under another key where it was closed, and they chose nothing since."""
    query = select(Task.id).where(Task.key == question.key)
    if session.exec(query).first() is None:
        return question
    return replace(question, key=f"{question.key}:{today.isoformat()}", due_on=today)


def _has_chosen(session: Session, victim: Victim, since: date) -> bool:
    query = select(ChoiceRecord.id).where(
        ChoiceRecord.victim_id == victim.id, ChoiceRecord.chosen_on >= since
    )
    return session.exec(query).first() is not None


def _question(victim: Victim, referral: Referral, life: Life, topic: TaskTopic) -> Question:
    return Question(
        f"eighteen:{victim.reference}:{topic}:{life.birth_id}",
        TaskKind.TURNING_18,
        _SOON if topic is TaskTopic.BEFORE_18 else _NOW,
        referral.region_code,
        life.eighteen_on,
        referral.sentence_id,
        referral.id,
        victim_id=victim.id,
        topic=topic,
    )


def was_childs(session: Session, sealer: Sealer, victim: Victim, choice: ChoiceRecord) -> bool:
    """Say whether a choice is from before an 18th birthday, and their own has been owed since.

    Nobody knows any more whether the child said it or somebody for them. It still shows in the
    box, and a person decides.
    """
    day = life_of(session, sealer, victim.person_id).eighteen_on
    if day is None or choice.chosen_on >= day:
        return False
    query = select(Task.id).where(
        col(Task.victim_id).in_([part.id for part, _ in parts_of(session, victim.person_id)]),
        col(Task.topic) == str(TaskTopic.AT_18),
        col(Task.opened_on) >= day,
    )
    return session.exec(query.limit(1)).first() is not None
