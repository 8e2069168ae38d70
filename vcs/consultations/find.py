"""Work out which referrals a question is about, after replying, and give each unit a task."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, and_, or_, select
from sqlmodel import Session, col

from vcs import logs
from vcs.clock import london_date
from vcs.consultations.kinds import KIND_WORDS, ConsultationKind
from vcs.consultations.records import Consultation, ConsultationPart
from vcs.custody.records import CustodyNumber
from vcs.database import lock
from vcs.events.offender import referrals_of_offender
from vcs.intake import identifiers, person_numbers
from vcs.intake.person_numbers import Number
from vcs.lists.merged import merged_numbers
from vcs.lists.reading.lines import mark_of
from vcs.lists.records import SentenceNumber
from vcs.referrals.records import Referral, ReferralStatus
from vcs.sealing import Sealer, shown
from vcs.sentences.records import Sentence, SentenceMark
from vcs.tasks.ask import Question, open_tasks
from vcs.tasks.records import Task, TaskKind
from vcs.victims.records import Victim

LOCK = 0x7663730D

LOOK_AGAIN_AFTER: Final = timedelta(hours=1)

_LOG = logs.logger("vcs.consultations")


def find_asked(session: Session, sealer: Sealer, now: datetime, limit: int) -> int:
    """Match the new questions to referrals, oldest first. Return how many were looked at.

    Until its answer is due a question is looked at again each hour: somebody may be referred since,
    and a key that was missing may be back.
    """
    lock(session, LOCK)
    query = select(Consultation).where(or_(col(Consultation.looked_at).is_(None), _again(now)))
    found = session.execute(query.order_by(col(Consultation.id)).limit(limit)).scalars().all()
    for one in found:
        told = shown(sealer.open_json, one.sealed, None)
        if told is None:
            _LOG.error("consultation.does_not_open", consultation=one.id)
        asked = _asked_already(session, one)
        for referral in _referrals(session, sealer, told["reference"]) if told else ():
            if referral.id not in asked:
                _ask(session, one, referral, now)
        one.looked_at = now
        session.add(one)
    return len(found)


def _again(now: datetime) -> ColumnElement[bool]:
    is_due = col(Consultation.answer_by) >= london_date(now)
    return and_(is_due, col(Consultation.looked_at) <= now - LOOK_AGAIN_AFTER)


def _asked_already(session: Session, one: Consultation) -> set[int]:
    query = select(col(ConsultationPart.referral_id)).where(
        col(ConsultationPart.consultation_id) == one.id
    )
    return set(session.execute(query).scalars())


def _referrals(session: Session, sealer: Sealer, reference: str) -> list[Referral]:
    """Return the offender's open referrals that have at least one victim."""
    ids = set(_sentences(session, reference))
    named = select(Referral).where(col(Referral.sentence_id).in_(sorted(ids)))
    found: dict[int, Referral] = {}
    for one in session.execute(named.order_by(col(Referral.id))).scalars():
        if one.id not in found:
            every = referrals_of_offender(session, sealer, one)
            found |= {each.id: each for each in every}
    with_people = select(col(Victim.referral_id)).where(col(Victim.referral_id).in_(list(found)))
    people = set(session.execute(with_people).scalars())
    open_ones = (one for one in found.values() if one.status != ReferralStatus.CLOSED)
    return [one for one in open_ones if one.id in people]


def _sentences(session: Session, reference: str) -> Iterator[int]:
    merged = merged_numbers(session)
    marks = {
        mark
        for kind in Number
        if (number := person_numbers.read(kind, reference))
        for mark in (mark_of(kind, number), merged.one(mark_of(kind, number)))
    }
    case = identifiers.case_reference(reference)
    for table in (SentenceMark, SentenceNumber, CustodyNumber):
        if marks:
            query = select(col(table.sentence_id)).where(col(table.mark).in_(sorted(marks)))
            yield from session.execute(query).scalars()
    by_case = or_(col(Sentence.case_key) == case, col(Sentence.case_reference) == reference)
    if case:
        yield from session.execute(select(col(Sentence.id)).where(by_case)).scalars()


def _ask(session: Session, one: Consultation, referral: Referral, now: datetime) -> None:
    kind = KIND_WORDS[ConsultationKind(one.kind)]
    words = (
        f"An offender manager consults the unit about {kind}. Answer by {one.answer_by:%d %B %Y}. "
        "Nothing that you write here goes to them: only the requests for conditions do, and only "
        "where the person agreed. Say nothing of who they are, or that they exist."
    )
    question = Question(
        f"consultation:{one.id}:{referral.id}",
        TaskKind.CONSULTATION,
        words,
        region_code=referral.region_code,
        due_on=one.answer_by,
        sentence_id=referral.sentence_id,
        referral_id=referral.id,
    )
    open_tasks(session, [question], london_date(now))
    task_id = session.execute(
        select(col(Task.id)).where(col(Task.key) == question.key)
    ).scalar_one()
    part = ConsultationPart(consultation_id=one.id, referral_id=referral.id, task_id=task_id)
    session.add(part)
    session.flush()
