"""What happens to an offender or a victim, after which the victim is asked about needs again.

The triggers are those of the proposed standard for needs, and unconfirmed like all of it: twelve
and four weeks before a release, a recall, a parole review, the 18th birthday; a new offence in
``new_offences.py``. A changed address or safety asks where it is changed
(``vcs/victims/needs_clock.py``), a year in ``vcs/needs/again.py``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, exists
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from vcs.clock import london_date
from vcs.events.records import EventKind, EventLine, KeyEvent, NotTold
from vcs.law.deadlines.duties import ASSESS_NEEDS
from vcs.needs.again import asked_since
from vcs.referrals.records import DeadlineRecord, Referral, ReferralStatus
from vcs.sealing import Sealer
from vcs.tasks.records import Task, TaskKind, TaskTopic
from vcs.victims.contact.said_no import may_be_asked
from vcs.victims.family.records import BirthRecord
from vcs.victims.find import Part, parts_of
from vcs.victims.needs_clock import Why, again_key, ask_again
from vcs.victims.person import life_of
from vcs.victims.records import Victim

WEEKS_BEFORE_RELEASE: Final = (12, 4)

_LOOK_BACK: Final = timedelta(days=90)
"""How long after an event somebody who joins its set is asked because of it."""

_PLANS: Final = (EventKind.RELEASE_PLANNED, EventKind.RELEASE_MOVED)

AT_EVENTS: Final[Mapping[EventKind, tuple[TaskTopic, str]]] = {
    EventKind.RECALLED: (
        TaskTopic.RECALLED,
        "The offender was recalled since a victim was asked about their needs. Ask again: what the "
        "recall changes for their safety, and what they want to be told.",
    ),
    EventKind.PAROLE_REVIEW: (
        TaskTopic.REVIEW,
        "There is a parole review. Ask a victim again about their needs: whether they want to make "
        "a personal statement, and what those who decide about release should know.",
    ),
}

_BEFORE_RELEASE: Final = (
    "A release is planned within {weeks} weeks. Ask a victim again about their needs before it: "
    "their views on release, their safety, and how they may be reached."
)

_IS_18: Final = (
    "A victim of this referral is 18 now. Ask them themselves about their needs: what somebody "
    "else said for them counts no longer."
)

Asking = tuple[Part, Why]


def to_ask(session: Session, sealer: Sealer, today: date) -> list[Asking]:
    """Return who is to be asked again today, and why, where that was not done yet."""
    found = [
        *_at_events(session, today),
        *_before_releases(session, today),
        *_at_18(session, sealer, today),
    ]
    keys = [again_key(part[0], why) for part, why in found]
    asked = set(session.exec(select(Task.key).where(col(Task.key).in_(keys))))
    return [
        (part, why)
        for (part, why), key in zip(found, keys, strict=True)
        if key not in asked and is_wanted(session, sealer, part, why)
    ]


def ask_everybody(session: Session, sealer: Sealer, today: date) -> int:
    """Ask for everybody whom :func:`to_ask` finds to be asked again. Returns how many are."""
    return sum(ask_again(session, part, why, today) for part, why in to_ask(session, sealer, today))


def end_taken_back(session: Session, now: datetime) -> int:
    """Close what asks because of an event that was taken back, and lift clocks nobody asks about.

    A manager may also have answered that nobody is to be asked. Returns how many ended.
    """
    ended, keys = 0, _taken_back(session, london_date(now))
    query = select(Task).where(col(Task.key).in_(keys), col(Task.done_at).is_(None))
    for task in session.exec(query.with_for_update()).all():
        task.done_at, task.answer = now, "the event was taken back"
        session.add(task)
        ended += 1
    session.flush()
    for clock in session.exec(_unasked().with_for_update()).all():
        clock.lifted_on = london_date(now)
        session.add(clock)
        ended += 1
    return ended


def anything_to_end(session: Session, today: date) -> bool:
    """Say whether :func:`end_taken_back` has anything to do."""
    keys = _taken_back(session, today)
    query = select(Task.id).where(col(Task.key).in_(keys), col(Task.done_at).is_(None)).limit(1)
    is_taken_back = bool(keys) and session.exec(query).first() is not None
    return is_taken_back or session.exec(_unasked().limit(1)).first() is not None


def _at_events(session: Session, today: date) -> Iterator[Asking]:
    query = _of_lines().where(
        col(KeyEvent.kind).in_([str(kind) for kind in AT_EVENTS]),
        col(KeyEvent.recorded_at) >= datetime.combine(today, time(), UTC) - _LOOK_BACK,
    )
    for victim, referral, event in session.exec(query):
        topic, words = AT_EVENTS[EventKind(event.kind)]
        why = Why(topic, event.reference, words, london_date(event.recorded_at))
        yield (victim, referral), why


def _before_releases(session: Session, today: date) -> Iterator[Asking]:
    """Yield whom the latest plan of a release concerns, once it is near enough.

    A plan that was moved counts by its new day; what is released is planned no longer.
    """
    kinds = [str(kind) for kind in (*_PLANS, EventKind.RELEASED)]
    query = _of_lines().where(col(KeyEvent.kind).in_(kinds)).order_by(col(KeyEvent.id))
    latest = {
        victim.id: (victim, referral, event) for victim, referral, event in session.exec(query)
    }
    for victim, referral, event in latest.values():
        weeks = _weeks_before(event.happened_on, today)
        if event.kind in _PLANS and weeks:
            known_on = london_date(event.recorded_at)
            from_day = max(event.happened_on - timedelta(weeks=weeks), known_on)
            key, words = f"{weeks}:{event.reference}", _BEFORE_RELEASE.format(weeks=weeks)
            why = Why(TaskTopic.BEFORE_RELEASE, key, words, from_day, event.happened_on)
            yield (victim, referral), why


def _weeks_before(release_on: date, today: date) -> int:
    """Return the nearest number of weeks before a release that has come; 0 for none."""
    if release_on <= today:
        return 0
    near = (one for one in WEEKS_BEFORE_RELEASE if release_on - timedelta(weeks=one) <= today)
    return min(near, default=0)


def _at_18(session: Session, sealer: Sealer, today: date) -> Iterator[Asking]:
    query = select(BirthRecord).where(col(BirthRecord.adult_in).in_((today.year - 1, today.year)))
    births = {one.id: one for one in session.exec(query.order_by(col(BirthRecord.id)))}
    for person_id in sorted({one.person_id for one in births.values()}):
        life = life_of(session, sealer, person_id)
        day, birth = life.eighteen_on, births.get(life.birth_id)
        if day is None or birth is None or today < day:
            continue
        for victim, referral in parts_of(session, person_id):
            if victim.referred_on < day and referral.status != ReferralStatus.CLOSED:
                from_day = max(day, london_date(birth.recorded_at))
                yield (victim, referral), Why(TaskTopic.IS_18, str(birth.id), _IS_18, from_day)


def _of_lines() -> Any:
    """Return whom each event that counts is told to, of those who were asked about needs."""
    elsewhere = col(EventLine.not_told_reason).in_(
        [NotTold.ANOTHER_OFFENDER, NotTold.OFFENDER_DIED]
    )
    return (
        select(Victim, Referral, KeyEvent)
        .join(EventLine, col(EventLine.victim_id) == col(Victim.id))
        .join(KeyEvent, col(KeyEvent.id) == col(EventLine.event_id))
        .join(Referral, col(Referral.id) == col(Victim.referral_id))
        .where(
            col(KeyEvent.taken_back_at).is_(None),
            col(EventLine.not_told_reason).is_(None) | ~elsewhere,
            col(Referral.status) != ReferralStatus.CLOSED,
            was_asked(),
        )
    )


def was_asked() -> ColumnElement[bool]:
    """Return whether a victim was asked about every need once."""
    return exists().where(
        col(DeadlineRecord.victim_id) == col(Victim.id),
        col(DeadlineRecord.duty) == ASSESS_NEEDS,
        col(DeadlineRecord.met_on).is_not(None),
    )


def is_wanted(session: Session, sealer: Sealer, part: Part, why: Why) -> bool:
    """Say whether a victim may be asked, and has yet to be asked for this reason."""
    victim, _ = part
    if not may_be_asked(session, sealer, victim):
        return False
    query = select(Task.id).where(
        Task.victim_id == victim.id,
        Task.kind == TaskKind.NEEDS_AGAIN,
        Task.topic == why.topic,
        col(Task.done_at).is_(None),
        col(Task.opened_on) >= why.from_day,
    )
    if session.exec(query).first() is not None:
        return False
    return not asked_since(session, victim, why.from_day)


def _taken_back(session: Session, today: date) -> list[str]:
    """Return the keys of what was asked because of events that were taken back lately."""
    query = (
        select(Victim, KeyEvent)
        .join(EventLine, col(EventLine.victim_id) == col(Victim.id))
        .join(KeyEvent, col(KeyEvent.id) == col(EventLine.event_id))
        .where(col(KeyEvent.taken_back_at) >= datetime.combine(today, time(), UTC) - _LOOK_BACK)
    )
    return [key for victim, event in session.exec(query) for key in _keys(victim, event)]


def _keys(victim: Victim, event: KeyEvent) -> Iterator[str]:
    day = event.happened_on
    if (row := AT_EVENTS.get(EventKind(event.kind))) is not None:
        yield again_key(victim, Why(row[0], event.reference, "", day))
    if event.kind in _PLANS:
        for weeks in WEEKS_BEFORE_RELEASE:
            key = f"{weeks}:{event.reference}"
            yield again_key(victim, Why(TaskTopic.BEFORE_RELEASE, key, "", day))


def _unasked() -> SelectOfScalar[DeadlineRecord]:
    """Return the clocks after the first that run although no task asks for it any more."""
    earlier = aliased(DeadlineRecord)
    is_first = ~exists().where(
        col(earlier.victim_id) == col(DeadlineRecord.victim_id),
        col(earlier.duty) == ASSESS_NEEDS,
        col(earlier.id) < col(DeadlineRecord.id),
    )
    is_asked = exists().where(
        col(Task.victim_id) == col(DeadlineRecord.victim_id),
        col(Task.kind) == str(TaskKind.NEEDS_AGAIN),
        col(Task.done_at).is_(None),
    )
    return select(DeadlineRecord).where(
        col(DeadlineRecord.duty) == ASSESS_NEEDS,
        col(DeadlineRecord.met_on).is_(None),
        col(DeadlineRecord.lifted_on).is_(None),
        ~is_first,
        ~is_asked,
    )
