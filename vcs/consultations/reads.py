"""What the asking program is told, and what the answering person sees of the question."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from vcs.access.actors import Actor
from vcs.access.rules import Act, require_may
from vcs.consultations.answer import waiting_of
from vcs.consultations.kinds import KIND_WORDS, ConsultationKind
from vcs.consultations.records import Consultation, ConsultationPart, ConsultationSent
from vcs.consultations.whose import meant
from vcs.errors import NotFound
from vcs.needs.conditions.catalogue import condition
from vcs.needs.conditions.homes import is_held
from vcs.needs.conditions.records import ConditionRequest
from vcs.referrals.questions.task_reads import kind_of_task
from vcs.sealing import UNOPENED, Sealer, shown
from vcs.sentences.records import Sentence
from vcs.tasks.records import Task, TaskKind
from vcs.victims.records import Victim


@dataclass(frozen=True, slots=True)
class RequestTold:
    """A condition that somebody asks for, as far as it may be used."""

    code: str
    version: str
    condition: str
    place: str
    reasons: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The reply to a program. Without requests it is the same whether or not there is a victim."""

    receipt: str
    kind: str
    asked_on: date
    answer_by: date
    requests: tuple[RequestTold, ...]


@dataclass(frozen=True, slots=True)
class QuestionView:
    """What an offender manager asked. Text that cannot be decrypted is empty.

    ``reference``, ``named`` and ``born_on`` are whom they ask about; ``offender`` and
    ``case_reference`` are of the sentence whose unit answers. ``is_certain`` where these are one.
    """

    kind: str
    asked_on: date
    answer_by: date
    about: str
    decision_on: str
    reference: str
    named: str
    born_on: date | None
    offender: str
    case_reference: str
    is_certain: bool


@dataclass(frozen=True, slots=True)
class RequestWaiting:
    """A condition that somebody of the referral asks for; ``victim`` is their reference.

    ``is_held`` says that it may not leave as things are now: see the page of conditions.
    """

    reference: str
    condition: str
    victim: str
    asked_on: date
    is_held: bool = False


def answer_of(session: Session, sealer: Sealer, client_id: str, receipt: str) -> Answer | None:
    """Return the reply to this program's question, or None if it did not ask it.

    Requests from every referral are merged into one list, sorted by condition, so that it does
    not show how many people asked, or who. One whose place has become somebody's home since is
    left out, however often it was read before.
    """
    query = select(Consultation).where(
        Consultation.receipt == receipt, Consultation.client_id == client_id
    )
    one = session.exec(query).first()
    if one is None:
        return None
    rows = session.exec(
        select(ConditionRequest)
        .join(ConsultationSent, col(ConsultationSent.request_id) == col(ConditionRequest.id))
        .join(ConsultationPart, col(ConsultationPart.id) == col(ConsultationSent.part_id))
        .where(ConsultationPart.consultation_id == one.id)
    )
    told = {_told(sealer, row) for row in rows if not is_held(session, sealer, row)}
    ordered = sorted(told, key=lambda row: (row.condition, row.place, row.reasons))
    return Answer(one.receipt, one.kind, one.asked_on, one.answer_by, tuple(ordered))


@dataclass(frozen=True, slots=True)
class OwnQuestion:
    """What a practitioner asked: ``reference`` is empty where it cannot be decrypted."""

    receipt: str
    reference: str
    kind: str
    asked_on: date
    answer_by: date


_NEWEST = 100


def own_questions(session: Session, sealer: Sealer, actor: Actor) -> tuple[OwnQuestion, ...]:
    """Return what somebody asked by the page, the newest first: not whether it was answered."""
    require_may(actor, Act.CONSULT)
    theirs = select(Consultation).where(Consultation.client_id == actor.who)
    found = session.exec(theirs.order_by(col(Consultation.id).desc()).limit(_NEWEST))
    return tuple(_own(sealer, one) for one in found)


def own_answer(
    session: Session, sealer: Sealer, actor: Actor, receipt: str
) -> tuple[OwnQuestion, Answer]:
    """Return one question of theirs with its answer. Raises NotFound for what they did not ask."""
    require_may(actor, Act.CONSULT)
    answer = answer_of(session, sealer, actor.who, receipt)
    if answer is None:
        raise NotFound("You asked no such question.")
    one = session.exec(select(Consultation).where(Consultation.receipt == receipt)).one()
    return _own(sealer, one), answer


def _own(sealer: Sealer, one: Consultation) -> OwnQuestion:
    said: dict[str, str] = shown(sealer.open_json, one.sealed, {})
    kind = KIND_WORDS[ConsultationKind(one.kind)]
    return OwnQuestion(one.receipt, said.get("reference", ""), kind, one.asked_on, one.answer_by)


def _told(sealer: Sealer, row: ConditionRequest) -> RequestTold:
    usable: dict[str, Any] = shown(sealer.open_json, row.usable_sealed, {})
    return RequestTold(
        row.code,
        row.version,
        condition(row.code).title,
        usable.get("place", ""),
        usable.get("reasons", ""),
    )


def question_of_task(
    session: Session, sealer: Sealer, actor: Actor, reference: str
) -> QuestionView | None:
    """Return what a task's offender manager asked; None for another kind of task."""
    if kind_of_task(session, actor, reference) != TaskKind.CONSULTATION:
        return None
    query = (
        select(Consultation, Sentence)
        .join(ConsultationPart, col(ConsultationPart.consultation_id) == col(Consultation.id))
        .join(Task, col(Task.id) == col(ConsultationPart.task_id))
        .join(Sentence, col(Sentence.id) == col(Task.sentence_id))
        .where(Task.reference == reference)
    )
    one, sentence = session.exec(query).one()
    said: dict[str, str] = shown(sealer.open_json, one.sealed, {})
    name = shown(sealer.open_text, sentence.offender_name, UNOPENED)
    return QuestionView(
        KIND_WORDS[ConsultationKind(one.kind)],
        one.asked_on,
        one.answer_by,
        said.get("about", ""),
        said.get("decision_on", ""),
        said.get("reference", ""),
        said.get("offender", ""),
        date.fromisoformat(said["born_on"]) if said.get("born_on") else None,
        name,
        sentence.case_reference or "",
        is_certain=bool(said) and meant(session, sealer, said).is_certain,
    )


def requests_of_task(
    session: Session, sealer: Sealer, actor: Actor, reference: str
) -> tuple[RequestWaiting, ...]:
    """Return what the answer to a consultation may send, each with whose it is."""
    kind_of_task(session, actor, reference)
    query = select(ConsultationPart).join(Task, col(Task.id) == col(ConsultationPart.task_id))
    part = session.exec(query.where(Task.reference == reference)).first()
    if part is None:
        return ()
    return tuple(
        RequestWaiting(
            one.reference,
            condition(one.code).title,
            session.get_one(Victim, one.victim_id).reference,
            one.asked_on,
            is_held(session, sealer, one),
        )
        for one in session.exec(waiting_of(part.referral_id))
    )
