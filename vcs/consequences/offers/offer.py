"""Offer contact at discretion for a sentence that is not eligible, because somebody asked for it.

It does what a task does that asks about discretion and is answered at once, so that the question,
the reason and the referral are kept in the same places.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlmodel import Session, col, select

from vcs.access.rules import Act
from vcs.access.work import Work
from vcs.consequences.answers import finish, uphold
from vcs.consequences.closing.declining import end_declines
from vcs.errors import Conflict, NotValid
from vcs.law.deadlines.duties import in_words
from vcs.referrals.find import find_sentence
from vcs.referrals.questions.awaited import AskedCode, codes_awaited_by
from vcs.referrals.records import Referral
from vcs.sentences.declines.reads import standing_decline
from vcs.sentences.enquiries.questions import day_to_work_to
from vcs.sentences.records import Sentence
from vcs.tasks.ask import Question, open_tasks
from vcs.tasks.records import DECIDING, Task, TaskKind, TaskTopic
from vcs.terms import Outcome

LONGEST_REASON = 2000


class AskedBy(StrEnum):
    """Who asked a manager to offer contact."""

    VICTIM = "by_victim"
    POLICE = "by_police"
    WITNESS_CARE = "by_witness_care"
    OTHERS = "by_others"


ASKED_BY: Mapping[str, str] = {
    AskedBy.VICTIM: "A victim, or somebody who acts for one",
    AskedBy.POLICE: "The police",
    AskedBy.WITNESS_CARE: "Witness care",
    AskedBy.OTHERS: "Somebody else, named in the reason",
}


@dataclass(frozen=True, slots=True)
class Offer:
    """Who asked, why contact is offered, and whether the sentence was looked at a second time."""

    asked_by: str
    why: str
    is_checked: bool


def why_not_offered(session: Session, sentence: Sentence, referral: Referral | None) -> str:
    """Say what stands in the way of offering contact here, and what to do; empty for nothing."""
    if referral is not None:
        return f"This sentence has a referral already: {referral.reference}. Open it instead."
    if sentence.told_in_id is not None:
        return "This sentence is part of another one of the same case. Offer contact for that one."
    if task := _asks_already(session, sentence):
        return f"Task {task} asks already whether contact is owed. Answer it there."
    if asked := codes_awaited_by(session, sentence.id):
        return _waits_for(asked)
    stood = standing_decline(session, sentence.id)
    if sentence.outcome != Outcome.NOT_ELIGIBLE and stood is None:
        return "Contact is offered at discretion only where a sentence is not eligible."
    return ""


def _waits_for(asked: Sequence[AskedCode]) -> str:
    codes = " and ".join(one.code for one in asked)
    days = [one.due_on for one in asked if one.due_on]
    by = f", due by {in_words(max(days))}" if days else ""
    return (
        f"Whether contact is owed depends on what result code {codes} means, which no table holds. "
        f"An administrator is asked{by}, and the answer decides this sentence again. If you know "
        "what the court ordered, tell an administrator."
    )


def _asks_already(session: Session, sentence: Sentence) -> str | None:
    kinds = [str(kind) for kind in (*DECIDING, TaskKind.ONE_LOOK, TaskKind.DECLINE_REVIEW)]
    query = select(Task.reference).where(
        Task.sentence_id == sentence.id, col(Task.kind).in_(kinds), col(Task.done_at).is_(None)
    )
    return session.exec(query.order_by(col(Task.id)).limit(1)).first()


def offer_contact(work: Work, sentence_reference: str, offer: Offer) -> Referral:
    """Open a discretionary referral for a sentence that is not eligible; returns it.

    Raises NotFound where the sentence is not theirs to see, Conflict where it has a referral or a
    task asks about it already, and NotValid where something is missing.
    """
    work.require_may(Act.OFFER_CONTACT)
    sentence, referral = find_sentence(work.session, sentence_reference, work.actor, hold=True)
    if stands_in_the_way := why_not_offered(work.session, sentence, referral):
        raise Conflict(stands_in_the_way)
    _check(offer)
    task = _asked_and_answered(work, sentence, offer)
    is_late = end_declines(work, task, offer.why)
    found_on = work.today if is_late else None
    uphold(work, sentence, task, Outcome.DISCRETIONARY, found_on)
    finish(work, task, str(Outcome.DISCRETIONARY), offer.why)
    work.note("contact.offered", sentence.reference, offer.asked_by)
    return work.session.exec(select(Referral).where(Referral.sentence_id == sentence.id)).one()


def _check(offer: Offer) -> None:
    wrong = {}
    if offer.asked_by not in set(AskedBy):
        wrong["asked_by"] = "Select who asked"
    if not offer.why.strip() or len(offer.why) > LONGEST_REASON:
        wrong["why"] = f"Enter why, in {LONGEST_REASON} characters or fewer"
    if not offer.is_checked:
        wrong["is_checked"] = "Check that this is the sentence you were asked about"
    if wrong:
        raise NotValid("Some details need correcting.", wrong)


def _asked_and_answered(work: Work, sentence: Sentence, offer: Offer) -> Task:
    """Return the task that keeps what was asked. One for each sentence, whoever asks again."""
    question = Question(
        f"offer:{sentence.key}",
        TaskKind.DISCRETION,
        "A manager was asked to offer contact for a sentence that is not eligible. "
        f"Asked by: {ASKED_BY[offer.asked_by]}.",
        sentence.region_code or work.actor.region_code,
        day_to_work_to(sentence.sentenced_on),
        sentence.id,
        topic=TaskTopic.OFFER,
    )
    open_tasks(work.session, [question], work.today)
    return work.session.exec(select(Task).where(Task.key == question.key).with_for_update()).one()
