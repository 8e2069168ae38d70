"""What a person answers: whether contact is owed, where a referral belongs, what was set aside."""

from __future__ import annotations

from sqlmodel import Session, select

from vcs.access.actors import Actor
from vcs.access.rules import may_see
from vcs.access.work import Work
from vcs.consequences.close import close, reopen
from vcs.consequences.place import place_referral
from vcs.errors import Conflict, NotFound, NotValid
from vcs.intake.regions import region_named
from vcs.referrals.open import BASES, Opening, open_referrals, raise_basis
from vcs.referrals.records import ClosedReason, Referral, ReferralStatus
from vcs.sentences.questions import About
from vcs.sentences.records import Sentence
from vcs.sentences.set_aside import settle_dismissed
from vcs.tasks.records import Task
from vcs.tasks.records import TaskKind as Kind
from vcs.terms import Outcome, Role

DECIDED_BY_HAND = (
    Kind.DECIDE,
    Kind.DISCRETION,
    Kind.ONE_LOOK,
    Kind.SENTENCE_CHANGED,
    Kind.SENTENCE_GONE,
)

DEALT_WITH = (
    Kind.SET_ASIDE,
    Kind.ALERT_NOT_SENT,
    Kind.QUESTION,
    Kind.WITNESS_CARE_SAYS,
    Kind.ADDRESS_TO_CHECK,
    Kind.CANNOT_OPEN,
    Kind.CALENDAR,
    Kind.FOUND_LATE,
)

OF_ADMINISTRATORS = (Kind.SET_ASIDE, Kind.CANNOT_OPEN, Kind.CALENDAR)

_LONGEST_NOTE = 2000


def open_task(session: Session, reference: str, actor: Actor) -> Task:
    """Return a task that is still to do. Raises NotFound or Conflict.

    Tasks about messages are the administrator's, all others the manager's of the region.
    """
    query = select(Task).where(Task.reference == reference).with_for_update()
    task = session.exec(query).first()
    if task is None or not sees_task(session, actor, task):
        raise NotFound("There is no such task.")
    if task.done_at is not None:
        raise Conflict("This task has been answered already. Load the page again to see how.")
    return task


def sees_task(session: Session, actor: Actor, task: Task) -> bool:
    """Say whether a person may see a task."""
    if task.kind in OF_ADMINISTRATORS:
        return actor.role is Role.ADMINISTRATOR
    if task.sentence_id is None:
        return actor.role is Role.ADMINISTRATOR or (
            actor.role is Role.MANAGER and task.region_code == actor.region_code
        )
    referral = session.exec(
        select(Referral).where(Referral.sentence_id == task.sentence_id)
    ).first()
    placed = referral or session.get_one(Sentence, task.sentence_id)
    return actor.role in (Role.MANAGER, Role.VLO) and may_see(actor, placed)


def decide_by_hand(work: Work, task_reference: str, outcome: Outcome, note: str) -> Task:
    """Record a manager's answer: eligible on a basis, or not eligible with a reason.

    Raises NotValid for an answer that decides nothing, or for a no without a reason.
    """
    work.require(Role.MANAGER)
    task = open_task(work.session, task_reference, work.actor)
    if task.kind not in DECIDED_BY_HAND or task.sentence_id is None:
        raise NotValid("This task does not ask for a decision.")
    _check_answer(outcome, note)
    sentence = work.session.get_one(Sentence, task.sentence_id)
    if outcome is Outcome.NOT_ELIGIBLE:
        _withdraw(work, sentence)
    else:
        _uphold(work, sentence, task, outcome)
    finish(work, task, str(outcome), note)
    work.note("task.decided", sentence.reference, str(outcome))
    return task


def _check_answer(outcome: Outcome, note: str) -> None:
    if outcome is Outcome.CANNOT_TELL:
        raise NotValid(
            "Decide whether contact is owed.", {"outcome": "Select whether contact is owed"}
        )
    if outcome is Outcome.NOT_ELIGIBLE and not note.strip():
        raise NotValid("Say why contact is not owed.", {"note": "Enter the reason"})
    if len(note) > _LONGEST_NOTE:
        raise NotValid(
            "The note is too long.", {"note": f"Enter {_LONGEST_NOTE} characters or fewer"}
        )


def _uphold(work: Work, sentence: Sentence, task: Task, outcome: Outcome) -> None:
    referral = _referral_of(work.session, sentence)
    if referral is None:
        about = About(
            sentence.id,
            sentence.key,
            sentence.sentenced_on,
            sentence.region_code or work.actor.region_code,
            task.reference,
        )
        opening = Opening(about, sentence.police_area, BASES[outcome])
        open_referrals(work.session, [opening], work.actor.who, work.today, work.now)
        return
    if referral.status == ReferralStatus.CLOSED:
        reopen(work, referral)
    raise_basis(work.session, referral, BASES[outcome], sentence.sentenced_on, work.today)


def _withdraw(work: Work, sentence: Sentence) -> None:
    referral = _referral_of(work.session, sentence)
    if referral is not None and referral.status != ReferralStatus.CLOSED:
        close(work, referral, ClosedReason.NOT_ELIGIBLE)


def _referral_of(session: Session, sentence: Sentence) -> Referral | None:
    query = select(Referral).where(Referral.sentence_id == sentence.id).with_for_update()
    return session.exec(query).first()


def route_referral(work: Work, task_reference: str, region_code: str) -> Task:
    """Give a referral, and the alerts owed about it, to the region it belongs to."""
    work.require(Role.MANAGER)
    task = open_task(work.session, task_reference, work.actor)
    if task.kind != Kind.ROUTE:
        raise NotValid("This task does not ask for a region.")
    if region_named(region_code) is None:
        raise NotValid("Select a probation region.", {"region_code": "Select a region"})
    referral = work.session.get_one(Referral, task.referral_id)
    place_referral(work.session, referral.id, region_code, referral.police_area)
    finish(work, task, region_code, "")
    work.note("referral.routed", referral.reference, region_code)
    return task


def dealt_with(work: Work, task_reference: str, note: str) -> Task:
    """Close a task that asks for no decision: a question answered, a message read by hand."""
    work.require(Role.ADMINISTRATOR, Role.MANAGER)
    task = open_task(work.session, task_reference, work.actor)
    if task.kind not in DEALT_WITH:
        raise NotValid("This task asks for a decision.")
    if not note.strip():
        raise NotValid("Say what was done.", {"note": "Enter what was done"})
    finish(work, task, "dealt with", note[:_LONGEST_NOTE])
    if task.kind == Kind.SET_ASIDE and task.message_id is not None:
        # The key is given up: the message may be tried again, and may then ask anew.
        task.key = f"{task.key}:{task.reference}"
        settle_dismissed(work.session, task.message_id, work.now)
    work.note("task.dealt_with", task.reference)
    return task


def finish(work: Work, task: Task, answer: str, note: str) -> None:
    """Keep a person's answer to a task."""
    task.done_at, task.done_by = work.now, work.actor.account_id
    task.answer, task.note = answer, note.strip()
    work.session.add(task)
