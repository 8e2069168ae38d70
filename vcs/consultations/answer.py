"""The unit's answer: the requests that the victim agreed to are sent, or nothing is."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import col, select

from vcs.access.work import Work
from vcs.consequences.answers import finish, open_task
from vcs.consultations.records import ConsultationPart, PartAnswer
from vcs.errors import NotValid
from vcs.needs.conditions.records import ConditionRequest
from vcs.referrals.records import Referral
from vcs.tasks.kinds import AskedFor
from vcs.tasks.records import Task
from vcs.victims.records import Victim

LONGEST_NOTE = 2000


def answer_consultation(work: Work, task_reference: str, answer: str, note: str) -> Task:
    """Record the answer for one referral. Raises NotValid naming the field to correct.

    With ``requests`` each request that waits is sent today: the offender manager's system reads
    what may be used of it, and nothing of whose it is.
    """
    task = open_task(work, task_reference, AskedFor.CONSULTATION)
    if answer not in tuple(PartAnswer):
        raise NotValid("Say what follows.", {"answer": "Select what the offender manager is sent"})
    if not note.strip() or len(note) > LONGEST_NOTE:
        raise NotValid("Say how you know.", {"note": "Enter how you know what they agreed to"})
    query = select(ConsultationPart).where(ConsultationPart.task_id == task.id)
    part = work.session.exec(query.with_for_update()).one()
    waiting = _requests(work, part)
    if answer == PartAnswer.REQUESTS and not waiting:
        words = "Nothing has been asked for. Record what the person asks for first"
        raise NotValid(words, {"answer": words})
    for request in waiting if answer == PartAnswer.REQUESTS else ():
        request.sent_on = request.sent_on or work.today
        work.session.add(request)
    part.answer, part.answered_at, part.answered_by = answer, work.now, work.actor.account_id
    part.note_sealed = work.sealer.seal_text(note.strip())
    work.session.add(part)
    finish(work, task, answer, "")
    referral = work.session.get_one(Referral, part.referral_id)
    work.note("consultation.answered", referral.reference, answer)
    return task


def _requests(work: Work, part: ConsultationPart) -> Sequence[ConditionRequest]:
    query = (
        select(ConditionRequest)
        .join(Victim, col(Victim.id) == col(ConditionRequest.victim_id))
        .where(Victim.referral_id == part.referral_id, col(ConditionRequest.answer).is_(None))
    )
    return work.session.exec(query.order_by(col(ConditionRequest.id)).with_for_update()).all()
