"""The unit's answer to what witness care sent, and what follows where it agrees."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlmodel import Session, col, select

from vcs.access.work import Work
from vcs.consequences.answers import finish, open_task
from vcs.consequences.moves.place import place_referral
from vcs.errors import Conflict, NotFound, NotValid
from vcs.partners.people.messages.correct import applied_to, changes_of
from vcs.partners.people.messages.send import LONGEST_WORDS
from vcs.partners.people.records import MessageDecision, MessageKind, UnitMessage
from vcs.referrals.records import Referral
from vcs.tasks.kinds import AskedFor
from vcs.tasks.records import Task
from vcs.victims import entries
from vcs.victims.find import find_victim
from vcs.victims.identity import known

ANSWERS = (MessageDecision.ACCEPTED, MessageDecision.REFUSED, MessageDecision.MORE)


@dataclass(frozen=True, slots=True)
class MessageAnswer:
    """What the unit answers, with words that witness care sees."""

    decision: str
    words: str


def answer_message(work: Work, task_reference: str, answer: MessageAnswer) -> Task:
    """Record the unit's answer. Accepted does what the message asks for, where a program can.

    Raises Conflict where it was settled meanwhile, and NotValid without words.
    """
    referral = _referral_of_task(work.session, task_reference)
    task = open_task(work, task_reference, AskedFor.WITNESS_CARE)
    message = work.session.exec(
        select(UnitMessage).where(UnitMessage.task_id == task.id).with_for_update()
    ).first()
    if referral is None or message is None or message.decision is not None:
        raise Conflict("This was settled meanwhile. Load the page again.")
    _check(answer)
    message.decision, message.decided_at = answer.decision, work.now
    message.decided_by = work.actor.account_id
    message.decided_sealed = work.sealer.seal_text(answer.words.strip())
    work.session.add(message)
    finish(work, task, answer.decision, "")
    if answer.decision == MessageDecision.ACCEPTED and (follow := _FOLLOWS.get(message.kind)):
        follow(work, referral, message)
    work.note(f"unit_message.{answer.decision}", referral.reference, message.kind)
    return task


def _check(answer: MessageAnswer) -> None:
    fields = {}
    if answer.decision not in ANSWERS:
        fields["answer"] = "Select an answer"
    if not answer.words.strip() or len(answer.words) > LONGEST_WORDS:
        fields["words"] = f"Enter why, in {LONGEST_WORDS} characters or fewer"
    if fields:
        raise NotValid("Some details need correcting.", fields)


def _referral_of_task(session: Session, task_reference: str) -> Referral | None:
    """Lock the referral before its task, as every other act on a referral does."""
    asked = select(Task.referral_id).where(Task.reference == task_reference)
    query = select(Referral).where(col(Referral.id).in_(asked))
    return session.exec(query.with_for_update()).first()


def _hand_over(work: Work, referral: Referral, message: UnitMessage) -> None:
    """Give a referral to another witness care unit. Its region and its deadlines stay.

    The region is that of the court, whichever police force looks after the victim.
    """
    area = work.sealer.open_json(message.sealed)["area"]
    place_referral(work.session, referral, (referral.region_code, area), work.now)


def _apply(work: Work, referral: Referral, message: UnitMessage) -> None:
    """Apply the corrections that were held back, field by field, to what is held now."""
    del referral
    reference = message.victim_reference or ""
    try:
        victim, _ = find_victim(work.session, reference, work.actor)
    except NotFound:
        raise Conflict("This victim is no longer in the referral. Answer no.") from None
    held = entries.held_entry(work.sealer, victim)
    changes = changes_of(work.sealer.open_json(message.sealed))
    wanted = applied_to(held, changes)
    version = entries.version_of(held)
    known.amend_person(work, reference, version, wanted)


_FOLLOWS: Mapping[str, Callable[[Work, Referral, UnitMessage], None]] = {
    MessageKind.NOT_OURS: _hand_over,
    MessageKind.CORRECTION: _apply,
}
"""What a yes does. For other kinds a person of the unit does it, and the words say what."""
