"""Send the unit a message about a referral, and take it back while nobody has answered it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlmodel import col, select

from vcs.access.rules import Act, seen_by
from vcs.access.work import Work
from vcs.errors import Conflict, NotFound, NotValid
from vcs.intake.regions import POLICE_AREAS
from vcs.partners.people.records import MessageDecision, MessageKind, Said, UnitMessage
from vcs.referrals.closure.proposals import overtake_proposal, waiting_proposal
from vcs.referrals.find import _refuse_closed, find_referral
from vcs.referrals.records import Referral
from vcs.tables import free_reference
from vcs.tasks.ask import Question, open_tasks
from vcs.tasks.records import Task, TaskKind, TaskTopic
from vcs.terms import Role
from vcs.victims.records import Victim

LONGEST_WORDS = 1000

TAKEN_BACK = "taken back: witness care took its message back"

_WRONG = "Some details need correcting."

_NO_LETTER = "No letter to the victim is approved or printed until you have answered."

_ASKED: Mapping[MessageKind, str] = {
    MessageKind.NOT_OURS: "Witness care says that this referral belongs to another witness care "
    "unit. It stays with them, and its deadline still runs, until you agree.",
    MessageKind.ALREADY_SENT: "Witness care says that they sent this victim’s details to your unit "
    "before. Look for what they sent and add the victim, or say that it did not arrive. The "
    "deadline still runs.",
    MessageKind.SAID: "Witness care told a victim about the sentence, and passes on what the "
    "victim said. First contact is still owed.",
    MessageKind.CORRECTION: "Witness care asks to correct a victim’s details. It was not applied "
    "by itself: it may make the victim less safe, or undo what your unit recorded. " + _NO_LETTER,
    MessageKind.WITHDRAWAL: "Witness care says that a victim was referred by mistake. Nobody was "
    "removed, because your unit had begun to act. " + _NO_LETTER,
}


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What is sent: its kind, the content to seal, and whom it is about."""

    kind: MessageKind
    content: Mapping[str, object] = field(default_factory=dict)
    victim: Victim | None = None


def say_not_ours(work: Work, referral_reference: str, area: str, words: str) -> UnitMessage:
    """Tell the unit that a referral belongs to the witness care unit of another police area.

    It stays with the sender until the unit agrees. Raises Conflict where this was sent already.
    """
    referral = _open_referral(work, referral_reference)
    fields = dict(_words_problems(words, "Enter how you know"))
    if area not in POLICE_AREAS or area == referral.police_area:
        fields["area"] = "Select another police area"
    if fields:
        raise NotValid(_WRONG, fields)
    content = {"area": area, "words": words.strip()}
    return _once(work, referral, Outgoing(MessageKind.NOT_OURS, content))


def say_already_sent(work: Work, referral_reference: str, on: date, words: str) -> UnitMessage:
    """Tell the unit that the victim's details were sent to it before, on a day.

    Raises Conflict where this was sent already.
    """
    referral = _open_referral(work, referral_reference)
    fields = dict(_words_problems(words, "Enter how it was sent"))
    if on > work.today:
        fields["sent_on"] = "The day must be today or in the past"
    if fields:
        raise NotValid(_WRONG, fields)
    content = {"on": on.isoformat(), "words": words.strip()}
    return _once(work, referral, Outgoing(MessageKind.ALREADY_SENT, content))


def ask_unit(work: Work, referral: Referral, outgoing: Outgoing) -> UnitMessage:
    """Keep a message about a referral that the caller holds, and ask its unit to answer."""
    message = keep(work, referral, outgoing)
    key = f"unit_message:{message.reference}"
    question = Question(
        key,
        TaskKind.WITNESS_CARE_ASKS,
        _ASKED[outgoing.kind],
        referral.region_code,
        work.today,
        referral.sentence_id,
        referral.id,
        victim_id=outgoing.victim.id if outgoing.victim else None,
        topic=TaskTopic(outgoing.kind),
    )
    open_tasks(work.session, [question], work.today)
    message.task_id = work.session.exec(select(Task.id).where(Task.key == key)).one()
    work.session.add(message)
    return message


def keep(work: Work, referral: Referral, outgoing: Outgoing) -> UnitMessage:
    """Keep a message about a referral that the caller holds, and ask nobody."""
    message = UnitMessage(
        reference=free_reference(work.session, UnitMessage),
        kind=outgoing.kind,
        referral_id=referral.id,
        victim_reference=outgoing.victim.reference if outgoing.victim else None,
        sealed=work.sealer.seal_json(dict(outgoing.content)),
        sent_at=work.now,
        sent_by=work.actor.account_id,
    )
    work.session.add(message)
    work.session.flush()
    work.note("unit_message.sent", referral.reference, outgoing.kind)
    return message


def take_back(work: Work, message_reference: str) -> UnitMessage:
    """Take back a message that the unit has not answered yet. Again is harmless.

    Raises Conflict where the unit answered it first.
    """
    work.require_may(Act.MESSAGE_UNIT)
    found = _visible(work, message_reference)
    if found.decision == MessageDecision.TAKEN_BACK:
        return found
    if work.sealer.open_json(found.sealed).get("said") == Said.NOT:
        raise Conflict("A no is recorded already. Pass on what they say now instead.")
    task = work.session.get(Task, found.task_id or 0, with_for_update=True)
    if task is None or task.done_at is not None:
        raise Conflict("The unit has answered this already. Load the page again to see how.")
    task.done_at, task.answer = work.now, TAKEN_BACK
    found.decision, found.decided_at = MessageDecision.TAKEN_BACK, work.now
    found.decided_by = work.actor.account_id
    work.session.add_all((task, found))
    referral = work.session.get_one(Referral, found.referral_id)
    work.note("unit_message.taken_back", referral.reference, found.kind)
    return found


def take_back_proposal(work: Work, referral_reference: str) -> Referral:
    """Take back the proposal of witness care that there is nobody to refer.

    Raises Conflict where the unit decided first, or where the proposal is the unit's own.
    """
    work.require_may(Act.MESSAGE_UNIT)
    referral = find_referral(work.session, referral_reference, work.actor)
    proposal = waiting_proposal(work.session, referral.id)
    if proposal is None or proposal.proposed_as != Role.WITNESS_CARE:
        raise Conflict("There is no proposal of yours that waits. Load the page again.")
    overtake_proposal(work.session, referral, work.now)
    work.note("proposal.taken_back", referral.reference, proposal.reason)
    return referral


def _visible(work: Work, message_reference: str) -> UnitMessage:
    """Return a message of a referral within reach, with the referral held before its task."""
    query = (
        select(UnitMessage, Referral.reference)
        .join(Referral, col(Referral.id) == col(UnitMessage.referral_id))
        .where(UnitMessage.reference == message_reference, seen_by(work.actor, Referral))
    )
    found = work.session.exec(query).first()
    if found is None:
        raise NotFound("There is no such message.")
    find_referral(work.session, found[1], work.actor)
    work.session.refresh(found[0])
    return found[0]


def _open_referral(work: Work, reference: str) -> Referral:
    work.require_may(Act.MESSAGE_UNIT)
    referral = find_referral(work.session, reference, work.actor)
    _refuse_closed(referral)
    return referral


def _once(work: Work, referral: Referral, outgoing: Outgoing) -> UnitMessage:
    waiting = select(UnitMessage.id).where(
        UnitMessage.referral_id == referral.id,
        UnitMessage.kind == outgoing.kind,
        col(UnitMessage.decision).is_(None),
    )
    if work.session.exec(waiting).first() is not None:
        raise Conflict("You sent this already, and the unit has not answered yet.")
    return ask_unit(work, referral, outgoing)


def _words_problems(words: str, ask: str) -> Iterator[tuple[str, str]]:
    if not words.strip() or len(words) > LONGEST_WORDS:
        yield "words", f"{ask}, in {LONGEST_WORDS} characters or fewer"
