"""What a person decides about a request, and when one is asked."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Session, col, select

from vcs.access.actors import Actor
from vcs.access.reading.looks import Look, keep_look
from vcs.access.rules import Act
from vcs.access.work import Work
from vcs.consequences import answers
from vcs.consequences.closing.close import reopen
from vcs.database import lock
from vcs.errors import Conflict, NotFound, NotValid
from vcs.intake.witness_care.request import AnyRequest
from vcs.partners.desk import LOCK, settle_children
from vcs.partners.receiving.keeping import LONGEST_WAIT
from vcs.partners.records import ReferralRequest, RequestStatus
from vcs.partners.turn import about, ask_about, attach, context_of, settle_as
from vcs.referrals.find import find_referral
from vcs.referrals.records import Referral, ReferralStatus
from vcs.sealing import Sealer
from vcs.tasks.kinds import AskedFor
from vcs.tasks.records import Task, TaskTopic
from vcs.victims.identity.known import ONE_AT_A_TIME

_LONGEST_REASON = 500

BY_A_PERSON = "A person at the victim liaison unit looked and did not add it to any referral."

_LATE = (
    f"Witness care told of a case {LONGEST_WAIT} working days ago or more, and no sentence has "
    "come that it could be for. Find out what became of the case"
)


def decide_request(work: Work, task_reference: str, attach_to: str, note: str) -> Task:
    """Attach a request to the referral a person names, or refuse it: ``attach_to`` empty.

    A closed referral is opened again. Raises Conflict where it was settled by then.
    """
    lock(work.session, LOCK)
    lock(work.session, ONE_AT_A_TIME)
    task = answers.open_task(work, task_reference, AskedFor.MATCH)
    request = _request_of(work.session, task)
    turn = context_of(work.session, work.sealer, request, work.now)
    answers.finish(work, task, "attached" if attach_to else "refused", note)
    work.session.flush()
    if attach_to:
        referral = _named(work.session, attach_to, work.actor)
        if referral.status == ReferralStatus.CLOSED:
            reopen(work, referral)
        attach(turn.by(work.actor), [referral])
        settle_children(work.session, work.sealer, request, work.now)
    elif not note.strip():
        raise NotValid("Say why it is not added.", {"note": "Enter the reason"})
    else:
        settle_as(turn, RequestStatus.REFUSED, BY_A_PERSON)
    work.note("request.decided", request.receipt, task.answer or "")
    return task


def reveal_request(work: Work, receipt: str, reason: str) -> AnyRequest:
    """Open what a program sent. Who looked, and why they said they did, is kept first.

    It is for managers of its region, and of the region where a person is asked about it.
    """
    work.require_may(Act.OPEN_REQUEST)
    named = select(ReferralRequest).where(ReferralRequest.receipt == receipt)
    request = work.session.exec(named).first()
    if request is None or not _may_look(work.session, request, work.actor):
        raise NotFound("There is no such request.")
    if not reason.strip() or len(reason) > _LONGEST_REASON:
        raise NotValid("Say why you need it.", {"reason": "Enter why you need it"})
    keep_look(work, Look("request.revealed", receipt, f"request:{receipt}", reason.strip()))
    return context_of(work.session, work.sealer, request, work.now).asked


def _may_look(session: Session, request: ReferralRequest, actor: Actor) -> bool:
    if request.receipt in actor.hidden.requests:
        return False
    if request.region_code is None or request.region_code == actor.region_code:
        return True
    asked = select(Task.id).where(
        about(request.receipt), Task.region_code == actor.region_code, col(Task.done_at).is_(None)
    )
    return session.exec(asked).first() is not None


def _named(session: Session, reference: str, actor: Actor) -> Referral:
    try:
        return find_referral(session, reference.strip().upper(), actor)
    except NotFound:
        raise NotValid(
            "There is no such referral in your region.",
            {"referral": "Enter the reference of a referral in your region, like VCS-7K3M-9QTD"},
        ) from None


def _request_of(session: Session, task: Task) -> ReferralRequest:
    named = select(ReferralRequest).where(ReferralRequest.receipt == task.request_receipt)
    request = session.exec(named.with_for_update()).one()
    if request.status in (RequestStatus.ATTACHED, RequestStatus.REFUSED):
        raise Conflict("The request was settled meanwhile. Load the page again.")
    return request


def ask_about_late(
    session: Session, sealer: Sealer, request_id: int, today: date, now: datetime
) -> bool:
    """Ask a person about a request whose sentence is long in coming; says whether it was so."""
    lock(session, LOCK)
    request = session.get_one(ReferralRequest, request_id)
    if request.status != RequestStatus.EARLY or request.ask_on >= today:
        return False
    case = f": {request.case_reference}." if request.case_reference else "."
    ask_about(session, request, TaskTopic.LATE, f"{_LATE}{case}", today)
    return True
