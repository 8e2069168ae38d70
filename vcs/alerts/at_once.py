"""What cannot wait for a digest, in one table; everything that has no row here waits.

The kinds with ``When.AT_ONCE`` in ``kinds.py`` are emails of their own; the rows here say which
questions to a person are told of at once, and why. Nothing here is ever held by a brake.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import ColumnElement, String, and_, cast, exists, func, literal
from sqlmodel import Session, col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from vcs.alerts.owe import Notice, owe_alert
from vcs.alerts.records import AlertKind, AlertRecord
from vcs.clock import LONDON, london_date
from vcs.law.deadlines import duties
from vcs.law.deadlines.duties import in_words
from vcs.referrals.officers.reads import hands
from vcs.referrals.records import DeadlineRecord, Referral, ReferralStatus, ReopeningRecord
from vcs.referrals.states import is_urgent_of_few
from vcs.sentences.records import DecisionRecord, Sentence
from vcs.tasks.records import Task, TaskKind, TaskTopic
from vcs.victims.records import Victim

LOOKED_BACK = timedelta(days=35)
"""How long after it was asked a question is still told of, if nothing ran in between."""

KINDS: Mapping[AlertKind, str] = {
    AlertKind.DANGER: "Out of custody who should not be: people are told within the hour.",
    AlertKind.TELL_SOON: "The standards give the time by which people are told.",
    AlertKind.TELL_LATE: "The standards' time to tell people has passed.",
    AlertKind.RELEASE_NEAR: "Release may come before anybody is referred, or spoken to.",
    AlertKind.CANNOT_WAIT: "A question of safety: see the rows below.",
    AlertKind.SAFETY_WARNING: "A warning is read before anybody writes, rings or visits.",
    AlertKind.STOP_TELLING: "What was about to be told is wrong, and somebody may be ringing now.",
    AlertKind.LEAVER: "What somebody planned who has left is in nobody's hand.",
    AlertKind.LEFT_URGENT: "What cannot wait was with somebody who has left.",
    AlertKind.EMERGENCY: "Somebody opened a case that they may not see.",
    AlertKind.UNUSUAL_READING: "Somebody opened many people's details.",
    AlertKind.YOUR_READING: "The same, to the reader.",
    AlertKind.LEDGER_OPEN: "A sentence may have fallen between two states.",
    AlertKind.FEED_SILENT: "A court that sends nothing may be one whose victims are never told.",
    AlertKind.LIST_UNKNOWN: "Another system knows of a sentence whose victims nobody was told of.",
    AlertKind.HELD: "The question about a run that was held has two hours.",
    AlertKind.RECALLED: "A wrong email is acted on until it is taken back.",
    AlertKind.ROW_RECALLED: "So is a wrong row of the morning's email.",
}
"""Every kind that goes at once, and why it may."""


@dataclass(frozen=True, slots=True)
class AtOnce:
    """A kind of question that is told of at once, whatever raised it, and what the mail says."""

    kind: TaskKind | None
    topic: TaskTopic | None
    why: str


_NOTHING_SENT = "Until then nothing is sent to the people whom it is about."

QUESTIONS: tuple[AtOnce, ...] = (
    AtOnce(
        None,
        TaskTopic.SAFETY,
        f"Somebody has told us something else about whether a person is safe. {_NOTHING_SENT}",
    ),
    AtOnce(
        None,
        TaskTopic.MUST_STOP,
        "A letter or a contact must be stopped. It may be on its way: nothing else stops it.",
    ),
    AtOnce(
        TaskKind.ADDRESS_TO_CHECK,
        None,
        f"An address that we hold may be one that the offender knows or uses. {_NOTHING_SENT}",
    ),
    AtOnce(
        TaskKind.PHONE_TO_CHECK,
        None,
        "A telephone number that we hold may be one that the offender uses. Nobody rings it.",
    ),
    AtOnce(
        TaskKind.EMAIL_TO_CHECK,
        None,
        f"An email address that we hold may be one that the offender uses. {_NOTHING_SENT}",
    ),
    AtOnce(
        None,
        TaskTopic.DANGER,
        "Somebody is or was out of custody who should not be, and people may not have been told: "
        "what a prison tells, whose it is, or who heard of it, is not certain.",
    ),
    AtOnce(
        TaskKind.CUSTODY_BURST,
        None,
        "Far more events than usual came from prisons. They are held until somebody looks, and for "
        "four hours at most.",
    ),
    AtOnce(
        None,
        TaskTopic.SAME_ADDRESS,
        "A letter came back from an address that other people are written to. Nothing is sent "
        "there until it is answered.",
    ),
)


def untold_questions(session: Session, today: date, limit: int = 500) -> list[int]:
    """Return the open questions that cannot wait and that no email was owed about yet.

    One that is asked again on a later day is told of again: it is about something new.
    """
    key = literal(f"{AlertKind.CANNOT_WAIT}:") + col(Task.reference) + literal(":")
    this_time = col(AlertRecord.key) == key + cast(col(Task.opened_on), String)
    # As it was owed before an occurrence had its day.
    undated = and_(col(AlertRecord.key) == key, col(AlertRecord.owed_at) >= col(Task.opened_on))
    told = select(AlertRecord.id).where(or_(this_time, undated)).correlate(Task)
    query = select(Task.id).where(
        col(Task.done_at).is_(None),
        asks_at_once(),
        col(Task.opened_on) >= today - LOOKED_BACK,
        ~told.exists(),
    )
    return list(session.exec(query.order_by(col(Task.id)).limit(limit)))


def asks_at_once() -> ColumnElement[bool]:
    """Say of a task whether people are told of it at once."""
    return or_(*(_matches(one) for one in QUESTIONS))


def _matches(row: AtOnce) -> ColumnElement[bool]:
    if row.topic is not None:
        return col(Task.topic) == str(row.topic)
    return col(Task.kind) == str(row.kind)


def tell_of_question(session: Session, task_id: int, now: datetime, today: date) -> bool:
    """Owe one email about a question that cannot wait: to the officer, and to the managers.

    Returns whether it was owed: not where the question is gone, answered or no such one since.
    """
    task = session.get(Task, task_id)
    if task is None or task.done_at is not None:
        return False
    row = next((one for one in QUESTIONS if _is_of(one, task)), None)
    if row is None:
        return False
    return tell_of_task(session, task, (row.why, task.opened_on.isoformat()), now)


def tell_again_elsewhere(session: Session, referral_id: int, now: datetime) -> int:
    """Owe the region that a referral moved to one email about each question that cannot wait.

    Its old region was told, or was to be told, and cannot open them any more. Returns how many.
    """
    query = select(Task).where(
        Task.referral_id == referral_id, col(Task.done_at).is_(None), asks_at_once()
    )
    count = 0
    for task in session.exec(query.order_by(col(Task.id))).all():
        row = next(one for one in QUESTIONS if _is_of(one, task))
        unsent = (AlertRecord.subject == task.reference, col(AlertRecord.sent_at).is_(None))
        for alert in session.exec(select(AlertRecord).where(*unsent).with_for_update()):
            alert.withdrawn_at = alert.withdrawn_at or now
            session.add(alert)
        occurrence = f"{task.opened_on.isoformat()}:{task.region_code}"
        count += tell_of_task(session, task, (row.why, occurrence), now)
    return count


def tell_of_task(session: Session, task: Task, said: tuple[str, str], now: datetime) -> bool:
    """Owe one email about a question: to the officer, and to the managers, else the administrators.

    ``said`` is why it cannot wait, and what tells this occasion from another of the same question.
    Returns whether it was owed now.
    """
    why, occurrence = said
    referral = referral_of(session, task)
    officer = _officer(session, referral, london_date(now))
    region = task.region_code or (referral.region_code if referral else None)
    about = (task.reference, occurrence, {"why": why}, region, officer)
    return owe_alert(session, Notice(AlertKind.CANNOT_WAIT, *about), now)


def _is_of(row: AtOnce, task: Task) -> bool:
    return row.topic == task.topic if row.topic is not None else row.kind == task.kind


def referral_of(session: Session, task: Task) -> Referral | None:
    """Return the referral that a question is about, by itself, its victim or its sentence."""
    if task.referral_id is not None:
        return session.get(Referral, task.referral_id)
    if task.victim_id is not None:
        victim = session.get(Victim, task.victim_id)
        return session.get(Referral, victim.referral_id) if victim else None
    if task.sentence_id is not None:
        query = select(Referral).where(Referral.sentence_id == task.sentence_id)
        return session.exec(query).first()
    return None


def _officer(session: Session, referral: Referral | None, today: date) -> int | None:
    return hands(session, today).answers_for(referral) if referral else None


def untold_releases(session: Session, today: date, limit: int = 500) -> list[int]:
    """Return the referrals whose offender may be released first, and nobody was told of.

    Awaited ones, and those whose victim waits for first contact: a victim may have been referred
    before the sentence came. It counts from when the referral was opened, or opened again, or its
    sentence was decided last.
    """
    newest = (
        select(func.max(col(ReopeningRecord.id)))
        .where(ReopeningRecord.referral_id == Referral.id)
        .correlate(Referral)
    )
    again = func.coalesce(cast(newest.scalar_subquery(), String), literal(""))
    key = literal(f"{AlertKind.RELEASE_NEAR}:") + col(Referral.reference) + literal(":") + again
    told = select(AlertRecord.id).where(col(AlertRecord.key) == key).correlate(Referral)
    query = _near_releases(today).where(~told.exists())
    return [one.id for one in session.exec(query.limit(limit))]


def releases_that_wait(session: Session, today: date) -> list[Referral]:
    """Return the same referrals, whoever was told of them, while somebody still waits."""
    return list(session.exec(_near_releases(today)))


def _near_releases(today: date) -> SelectOfScalar[Referral]:
    return (
        select(Referral)
        .join(Sentence, col(Sentence.id) == col(Referral.sentence_id))
        .where(_waits_for_somebody(), _came_up_since(today - LOOKED_BACK), is_urgent_of_few())
        .order_by(col(Referral.id))
    )


def _waits_for_somebody() -> ColumnElement[bool]:
    """Say whether a referral waits for a victim to be referred, or for first contact with one."""
    owed = select(DeadlineRecord.id).where(
        DeadlineRecord.referral_id == Referral.id,
        DeadlineRecord.duty == duties.FIRST_CONTACT,
        col(DeadlineRecord.met_on).is_(None),
        col(DeadlineRecord.lifted_on).is_(None),
    )
    is_referred = col(Referral.status) == ReferralStatus.REFERRED
    return or_(
        col(Referral.status) == ReferralStatus.AWAITING,
        and_(is_referred, owed.correlate(Referral).exists()),
    )


def _came_up_since(day: date) -> ColumnElement[bool]:
    since = datetime.combine(day, time(), LONDON).astimezone(UTC)
    reopened = exists().where(
        col(ReopeningRecord.referral_id) == col(Referral.id),
        col(ReopeningRecord.reopened_at) >= since,
    )
    decided = exists().where(
        col(DecisionRecord.sentence_id) == col(Referral.sentence_id),
        col(DecisionRecord.made_at) >= since,
    )
    return or_(col(Referral.opened_on) >= day, reopened, decided)


def tell_of_release(session: Session, referral_id: int, now: datetime, today: date) -> bool:
    """Owe one email about a referral that cannot wait for its due day.

    Returns whether it was owed: not where it is gone, or waits for nobody since.
    """
    query = select(Referral).where(Referral.id == referral_id, _waits_for_somebody())
    referral = session.exec(query).first()
    if referral is None:
        return False
    is_awaiting = referral.status == ReferralStatus.AWAITING
    due = select(col(DeadlineRecord.due_on)).where(
        DeadlineRecord.referral_id == referral_id,
        DeadlineRecord.duty == (duties.REFER if is_awaiting else duties.FIRST_CONTACT),
    )
    due_on = session.exec(due.order_by(col(DeadlineRecord.id).desc())).first()
    values: dict[str, str | int] = {"due_on": in_words(due_on) if due_on else "not known"}
    officer = _officer(session, referral, today)
    newest = select(func.max(col(ReopeningRecord.id)))
    again = session.exec(newest.where(ReopeningRecord.referral_id == referral_id)).one()
    notice = Notice(
        AlertKind.RELEASE_NEAR,
        referral.reference,
        str(again or ""),
        values,
        referral.region_code,
        officer,
    )
    return owe_alert(session, notice, now)
