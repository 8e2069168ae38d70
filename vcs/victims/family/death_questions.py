"""The question to a second person: has somebody died, as one person recorded?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import String, cast, exists, literal
from sqlmodel import Session, col, select

from vcs.law.deadlines.working_days import add_working_days
from vcs.referrals.records import ReferralStatus
from vcs.tasks.ask import Question, open_tasks
from vcs.tasks.records import Task, TaskKind
from vcs.victims.family.records import DeathRecord
from vcs.victims.find import Part, parts_of
from vcs.victims.person import records_of

WITHIN = 2
"""Working days for the second person. Ours: no standard names a time."""

_ASKED = (
    "Somebody recorded that this person has died. Every letter to them has stopped, in every "
    "referral, and nothing else has ended. Find out from somebody else than whoever told us, for "
    "example the officer in the case. Then confirm it, or say that they have not died."
)

_KEY = "death:"

_ENDED = "overtaken: it was answered on the page of the family"


def unasked_deaths(session: Session) -> Sequence[DeathRecord]:
    """Return the deaths that one person recorded, and about which nobody else was asked."""
    key = literal(_KEY) + cast(col(DeathRecord.id), String)
    query = select(DeathRecord).where(
        col(DeathRecord.confirmed_at).is_(None),
        col(DeathRecord.taken_back_at).is_(None),
        ~exists().where(col(Task.key) == key),
    )
    return session.exec(query).all()


def ask_about_unasked(session: Session, today: date) -> int:
    """Ask a second person about each death of :func:`unasked_deaths`; returns how many."""
    found = unasked_deaths(session)
    for record in found:
        if part := _part(session, record):
            ask_second(session, record, part, today)
    return len(found)


def ask_second(session: Session, record: DeathRecord, part: Part, today: date) -> None:
    """Ask a manager of one of the person's referrals to confirm a death, or to take it back."""
    victim, referral = part
    question = Question(
        f"{_KEY}{record.id}",
        TaskKind.DEATH_TO_CONFIRM,
        _ASKED,
        referral.region_code,
        add_working_days(today, WITHIN),
        referral.sentence_id,
        referral.id,
        victim_id=victim.id,
    )
    open_tasks(session, [question], today)


def end_question(session: Session, record: DeathRecord, now: datetime) -> None:
    """Close the question about a death that was answered elsewhere."""
    query = select(Task).where(Task.key == f"{_KEY}{record.id}", col(Task.done_at).is_(None))
    for task in session.exec(query.with_for_update()):
        task.done_at, task.answer = now, _ENDED
        session.add(task)


def _part(session: Session, record: DeathRecord) -> Part | None:
    """Return the person's part in a referral that is open, or else in any."""
    records = sorted(records_of(session, record.person_id))
    parts = [part for one in records for part in parts_of(session, one)]
    parts.sort(key=lambda part: part[1].status == ReferralStatus.CLOSED)
    return parts[0] if parts else None
