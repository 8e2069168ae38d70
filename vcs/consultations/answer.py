"""The unit's answer: the requests that the victim agreed to are sent, or nothing is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from vcs.access.work import Work
from vcs.consequences.answers import finish, open_task
from vcs.consultations.records import (
    Consultation,
    ConsultationPart,
    ConsultationSent,
    PartAnswer,
)
from vcs.consultations.whose import meant
from vcs.errors import NotValid
from vcs.needs.conditions.homes import HELD, is_held
from vcs.needs.conditions.records import ConditionRequest
from vcs.referrals.records import Referral
from vcs.sealing import shown
from vcs.tasks.kinds import AskedFor
from vcs.tasks.records import Task
from vcs.victims.records import Victim

LONGEST_NOTE = 2000


@dataclass(frozen=True, slots=True)
class UnitAnswer:
    """What a unit answers. ``requests`` are the references of those that may be sent.

    ``is_theirs`` says that somebody found out that the question is about this offender.
    """

    answer: str
    note: str
    requests: frozenset[str] = frozenset()
    is_theirs: bool = False


def answer_consultation(work: Work, task_reference: str, said: UnitAnswer) -> Task:
    """Record the answer for one referral. Raises NotValid naming the field to correct.

    With ``requests`` each that was chosen is sent today: the offender manager's system reads what
    may be used of it, and nothing of whose it is. What another person of the referral asks for,
    or did not agree to, stays with the unit, and so does everything while the question may be about
    somebody else who was sentenced in the same case.
    """
    task = open_task(work, task_reference, AskedFor.CONSULTATION)
    _check(said)
    query = select(ConsultationPart).where(ConsultationPart.task_id == task.id)
    part = work.session.exec(query.with_for_update()).one()
    if said.answer == PartAnswer.REQUESTS and not (said.is_theirs or _is_certain(work, part)):
        words = (
            "Find out whom the offender manager asks about, and confirm that it is this offender"
        )
        raise NotValid(words, {"is_theirs": words})
    for request in _agreed(work, part, said) if said.answer == PartAnswer.REQUESTS else ():
        request.sent_on = request.sent_on or work.today
        work.session.add(request)
        work.session.add(ConsultationSent(part_id=part.id, request_id=request.id))
    part.answer, part.answered_at, part.answered_by = said.answer, work.now, work.actor.account_id
    part.note_sealed = work.sealer.seal_text(said.note.strip())
    work.session.add(part)
    finish(work, task, said.answer, "")
    referral = work.session.get_one(Referral, part.referral_id)
    work.note("consultation.answered", referral.reference, said.answer)
    return task


def _check(said: UnitAnswer) -> None:
    if said.answer not in tuple(PartAnswer):
        raise NotValid("Say what follows.", {"answer": "Select what the offender manager is sent"})
    if not said.note.strip() or len(said.note) > LONGEST_NOTE:
        raise NotValid("Say how you know.", {"note": "Enter how you know what they agreed to"})
    if said.requests and said.answer != PartAnswer.REQUESTS:
        words = "Select no condition where nothing is sent"
        raise NotValid(words, {"requests": words})


def _is_certain(work: Work, part: ConsultationPart) -> bool:
    one = work.session.get_one(Consultation, part.consultation_id)
    said: dict[str, str] | None = shown(work.sealer.open_json, one.sealed, None)
    return said is not None and meant(work.session, work.sealer, said).is_certain


def _agreed(work: Work, part: ConsultationPart, said: UnitAnswer) -> Sequence[ConditionRequest]:
    waiting = work.session.exec(waiting_of(part.referral_id).with_for_update()).all()
    if not waiting:
        words = "Nothing has been asked for. Record what the person asks for first"
        raise NotValid(words, {"answer": words})
    agreed = [one for one in waiting if one.reference in said.requests]
    if not agreed:
        words = "Select each condition that the person agreed to send"
        raise NotValid(words, {"requests": words})
    if any(is_held(work.session, work.sealer, one) for one in agreed):
        raise NotValid(HELD, {"requests": HELD})
    return agreed


def waiting_of(referral_id: int) -> SelectOfScalar[ConditionRequest]:
    """Return the query for what the people of a referral ask for and nobody has answered."""
    return (
        select(ConditionRequest)
        .join(Victim, col(Victim.id) == col(ConditionRequest.victim_id))
        .where(Victim.referral_id == referral_id, col(ConditionRequest.answer).is_(None))
        .order_by(col(ConditionRequest.id))
    )
