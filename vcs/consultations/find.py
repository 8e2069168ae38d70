"""Work out which referrals a question is about, after replying, and give each unit a task."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, and_, or_, select
from sqlmodel import Session, col

from vcs import logs
from vcs.clock import london_date
from vcs.consultations.kinds import KIND_WORDS, ConsultationKind
from vcs.consultations.records import Consultation, ConsultationPart
from vcs.consultations.whose import Meant, meant
from vcs.database import lock
from vcs.events.offender import referrals_of_offender
from vcs.referrals.records import Referral, ReferralStatus
from vcs.sealing import Sealer, shown
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
        whose = meant(session, sealer, told) if told else Meant()
        found_now, without = _referrals(session, sealer, whose)
        decided = _decided_on(told)
        for referral in found_now:
            if referral.id not in asked:
                _ask(session, (one, whose), referral, (decided, now))
        questions = [_unreferred((one, whose), each, decided) for each in without]
        open_tasks(session, questions, london_date(now))
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


def _decided_on(told: Mapping[str, str] | None) -> str:
    """Return a sentence on when the decision is expected; nothing where it was not said."""
    day = (told or {}).get("decision_on")
    return f"The decision is expected on {date.fromisoformat(day):%d %B %Y}. " if day else ""


def _referrals(
    session: Session, sealer: Sealer, whose: Meant
) -> tuple[list[Referral], list[Referral]]:
    """Return the open referrals of whoever may be meant: with victims, and those that have none."""
    ids = [one.id for one in whose.sentences]
    named = select(Referral).where(col(Referral.sentence_id).in_(ids))
    found: dict[int, Referral] = {}
    for one in session.execute(named.order_by(col(Referral.id))).scalars():
        if one.id not in found:
            every = referrals_of_offender(session, sealer, one)
            found |= {each.id: each for each in every}
    with_people = select(col(Victim.referral_id)).where(col(Victim.referral_id).in_(list(found)))
    people = set(session.execute(with_people).scalars())
    open_ones = [one for one in found.values() if one.status != ReferralStatus.CLOSED]
    with_them = [one for one in open_ones if one.id in people]
    return with_them, [one for one in open_ones if one.id not in people]


_WHICH: Final = (
    "They gave the number of a case, which does not say whom they ask about. Find that out before "
    "anything is sent: it may be somebody else who was sentenced with this offender. "
)


def _unreferred(asked: tuple[Consultation, Meant], referral: Referral, decided: str) -> Question:
    """Ask the unit to find out who the victims are while there is time: a release may be near.

    Once somebody is referred before the answer is due, the unit is consulted as well.
    """
    one, whose = asked
    kind = KIND_WORDS[ConsultationKind(one.kind)]
    return Question(
        f"{TaskKind.CONSULTED_UNREFERRED}:{one.id}:{referral.id}",
        TaskKind.CONSULTED_UNREFERRED,
        f"An offender manager consults the unit about {kind} of the offender below, and nobody has "
        f"been referred in this case yet. {decided}{'' if whose.is_certain else _WHICH}"
        "Ring witness care today and ask who the victims are: they can still be heard before it is "
        "decided. Say here what they said. Say nothing to the offender manager: nobody may learn "
        "from an answer whether there is a victim.",
        region_code=referral.region_code,
        due_on=one.asked_on,
        sentence_id=referral.sentence_id,
        referral_id=referral.id,
    )


def _ask(
    session: Session,
    asked: tuple[Consultation, Meant],
    referral: Referral,
    when: tuple[str, datetime],
) -> None:
    (one, whose), (decided, now) = asked, when
    kind = KIND_WORDS[ConsultationKind(one.kind)]
    words = (
        f"An offender manager consults the unit about {kind} of the offender below. {decided}"
        f"{'' if whose.is_certain else _WHICH}Answer for that offender alone, by "
        f"{one.answer_by:%d %B %Y}. "
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
