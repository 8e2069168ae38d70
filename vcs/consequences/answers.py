"""What a person answers: whether contact is owed, where a referral belongs, what was set aside."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from sqlmodel import Session, col, select

from vcs.access.work import Work
from vcs.alerts.causes.late_decisions import withdraw_late_decisions
from vcs.consequences.closing.close import close, reopen
from vcs.consequences.closing.declining import (
    NOTHING_MORE,
    Against,
    end_declines,
    keep_the_laws_no,
    say_no,
    send_back,
    takes_two,
)
from vcs.consequences.messages.recording import follow
from vcs.consequences.moves.place import place_referral
from vcs.consequences.trace_again import ask_a_year_on
from vcs.errors import Conflict, NotFound, NotValid
from vcs.intake.regions import region_named
from vcs.referrals.open import BASES, Opening, open_referrals, raise_basis
from vcs.referrals.questions.awaited import left_waiting
from vcs.referrals.records import ClosedReason, Referral, ReferralStatus
from vcs.sentences.court_messages.waiting_again import put_back
from vcs.sentences.enquiries.answered import (
    keep_answered,
    keep_court_answer,
    regions_known,
    still_to_route,
)
from vcs.sentences.enquiries.meanings import CAN_MEAN, keep_meaning, messages_with
from vcs.sentences.enquiries.questions import About
from vcs.sentences.records import Sentence
from vcs.sentences.saving.sentence_work import SentenceWork
from vcs.sentences.set_aside.act import settle_dismissed
from vcs.tasks.kinds import POLICIES, AskedFor, answerers
from vcs.tasks.records import Task, TaskKind
from vcs.tasks.rules import task_reach
from vcs.terms import Outcome

_OTHER_ANSWER: Mapping[AskedFor, str] = {
    AskedFor.DECISION: "This task does not ask for a decision.",
    AskedFor.REGION: "This task does not ask for a region.",
    AskedFor.MATCH: "This task does not ask for a referral.",
    AskedFor.AGREEMENT: "This task does not ask about a proposal.",
    AskedFor.MEANING: "This task does not ask what a code means.",
    AskedFor.ADDRESS: "This task does not ask about an address.",
    AskedFor.NUMBER: "This task does not ask about a number or a mailbox.",
    AskedFor.SAMENESS: "This task does not ask whether two people are one.",
    AskedFor.OFFER: "This task does not ask how an offer is met.",
    AskedFor.TRANSFER: "This task does not ask about an offered referral.",
    AskedFor.INTRODUCTION: "This task does not ask about an introduction.",
    AskedFor.WITNESS_CARE: "This task does not ask about a message from witness care.",
    AskedFor.LINE: "This task does not ask about a line of a list.",
    AskedFor.DEATH: "This task does not ask whether somebody has died.",
    AskedFor.CONSULTATION: "This task does not ask what an offender manager is sent.",
    AskedFor.OFFENDER: "This task does not ask whose event it is.",
    AskedFor.ONE_OFFENDER: "This task does not ask whether two cases are of one offender.",
    AskedFor.BURST: "This task does not ask about a burst of events.",
    AskedFor.DONE: "This task asks for a decision.",
}

_LONGEST_NOTE = 2000


def open_task(work: Work, reference: str, answered_with: AskedFor) -> Task:
    """Return a task that is still to do, for an answer of one sort.

    Raises NotAllowed for a role that its kind does not name, NotFound where the actor does not see
    it, Conflict where it was answered by then, and NotValid where it asks for something else.
    """
    work.require(*answerers(answered_with))
    task = _visible(work, reference)
    # Held only now: nobody waits for a row that they may not see.
    work.session.refresh(task, with_for_update=True)
    if task.done_at is not None:
        raise Conflict("This task has been answered already. Load the page again to see how.")
    policy = POLICIES[TaskKind(task.kind)]
    if policy.asks_for is not answered_with:
        raise NotValid(_OTHER_ANSWER[answered_with])
    work.require(*policy.answered_by)
    return task


def _visible(work: Work, reference: str) -> Task:
    """Return a task, in one query whether or not there is one that the actor may see."""
    query = (
        select(Task, Sentence, Referral)
        .outerjoin(Sentence, col(Sentence.id) == col(Task.sentence_id))
        .outerjoin(Referral, col(Referral.sentence_id) == col(Task.sentence_id))
        .where(Task.reference == reference)
    )
    found = work.session.execute(query).first()
    if found is None or not task_reach(work.actor).covers(found[0], found[2] or found[1]):
        raise NotFound("There is no such task.")
    task: Task = found[0]
    return task


def decide_by_hand(
    work: Work, task_reference: str, outcome: Outcome, note: str, against: Against = NOTHING_MORE
) -> Task:
    """Record a manager's answer: eligible on a basis, or not eligible with a reason.

    A no that the law does not give is proposed, and the task stays open until another manager has
    confirmed it. *Cannot tell* sends a proposal back. Raises NotValid for an answer that decides
    nothing, or for a no without a reason.
    """
    task = open_task(work, task_reference, AskedFor.DECISION)
    if outcome is Outcome.CANNOT_TELL and note.strip() and send_back(work, task, note):
        return task
    _check_answer(outcome, note)
    sentence = work.session.get_one(Sentence, task.sentence_id)
    if outcome is not Outcome.NOT_ELIGIBLE:
        is_late = end_declines(work, task, note)
        uphold(work, sentence, task, outcome, found_on=work.today if is_late else None)
    elif takes_two(work, task, sentence):
        confirmed = say_no(work, task, note, against)
        if confirmed is None:
            return task
        # What the answer rests on are the words of whoever looked into it.
        note = work.sealer.open_text(confirmed.sealed)
    else:
        keep_the_laws_no(work, sentence)
    if outcome is Outcome.NOT_ELIGIBLE:
        _withdraw(work, sentence)
    finish(work, task, str(outcome), note)
    keep_answered(work.session, task)
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


def uphold(
    work: Work, sentence: Sentence, task: Task, outcome: Outcome, found_on: date | None = None
) -> None:
    """Open a referral for a sentence on the basis that a person chose, or raise that of its own.

    ``found_on`` is the day on which a no became a yes: its clocks count from then, with the lawful
    day beside each.
    """
    referral = _referral_of(work.session, sentence)
    if referral is None:
        about = About(
            sentence.id,
            sentence.key,
            sentence.sentenced_on,
            sentence.region_code or work.actor.region_code,
            task.reference,
        )
        opening = Opening(about, sentence.police_area, BASES[outcome], found_on)
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
    """Give a referral, and the alerts owed about it, to the region it belongs to.

    Where the answers for a court are alike, its other referrals go there as well, unasked.
    """
    task = open_task(work, task_reference, AskedFor.REGION)
    if region_named(region_code) is None:
        raise NotValid("Select a probation region.", {"region_code": "Select a region"})
    referral = work.session.get_one(Referral, task.referral_id)
    place_referral(work.session, referral, (region_code, referral.police_area), work.now)
    finish(work, task, region_code, "")
    work.note("referral.routed", referral.reference, region_code)
    sentence = work.session.get_one(Sentence, referral.sentence_id)
    by = (work.actor.account_id, work.now)
    keep_court_answer(work.session, sentence.court_code, region_code, by)
    if regions_known(work.session, [sentence.court_code]):
        _follow(work, still_to_route(work.session, sentence.court_code))
    return task


def _follow(work: Work, sentence_ids: Iterable[int]) -> None:
    follow(SentenceWork(work.session, work.sealer, work.now, work.today), sentence_ids)


def dealt_with(work: Work, task_reference: str, note: str) -> Task:
    """Close a task that asks for no decision: a question answered, a message read by hand."""
    task = open_task(work, task_reference, AskedFor.DONE)
    if not note.strip():
        raise NotValid("Say what was done.", {"note": "Enter what was done"})
    finish(work, task, "dealt with", note[:_LONGEST_NOTE])
    if follow := _AFTER_IT_IS_DONE.get(TaskKind(task.kind)):
        follow(work, task)
    work.note("task.dealt_with", task.reference)
    return task


def say_what_a_code_means(work: Work, task_reference: str, kind: str, reason: str) -> Task:
    """Keep what a result code means, and let every message with it be read again by that.

    Raises NotValid for a meaning that is none, or without a reason.
    """
    task = open_task(work, task_reference, AskedFor.MEANING)
    meant = next((one for one in CAN_MEAN if one.name == kind), None)
    if meant is None:
        raise NotValid("Say what the code means.", {"kind": "Select what the code means"})
    if not reason.strip():
        raise NotValid("Say how you know.", {"note": "Enter how you know what it means"})
    code, account_id = task.result_code, work.actor.account_id
    if code is None or account_id is None:
        raise NotValid("Only a person can say what a code means.")
    finish(work, task, meant.name, reason[:_LONGEST_NOTE])
    keep_meaning(work.session, code, meant, reason.strip()[:_LONGEST_NOTE], (account_id, work.now))
    put_back(work.session, messages_with(work.session, code), work.now, account_id)
    # Those whose message is not kept are not read again: each has a question of its own now.
    _follow(work, left_waiting(work.session, code))
    work.note("result_code.answered", code, meant.name)
    return task


def _dismiss_message(work: Work, task: Task) -> None:
    # The key is given up: the message may be tried again, and may then ask anew.
    task.key = f"{task.key}:{task.reference}"
    if task.message_id is not None:
        settle_dismissed(work.session, task.message_id, work.now)


def _try_a_year_on(work: Work, task: Task) -> None:
    work.session.flush()
    ask_a_year_on(work.session, task, work.today)


_AFTER_IT_IS_DONE: Mapping[TaskKind, Callable[[Work, Task], None]] = {
    TaskKind.QUESTION: _try_a_year_on,
    TaskKind.SET_ASIDE: _dismiss_message,
}
"""What more follows where somebody says what was done; for other kinds the answer is all."""


def finish(work: Work, task: Task, answer: str, note: str) -> None:
    """Keep a person's answer to a task. An email that would have said it is late is withdrawn."""
    task.done_at, task.done_by = work.now, work.actor.account_id
    task.answer, task.note = answer, note.strip()
    work.session.add(task)
    withdraw_late_decisions(work.session, [task.id], work.now)
