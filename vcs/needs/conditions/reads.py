"""Requests for conditions and the statement as pages show them, and the sheet that may leave."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from vcs.access.actors import Actor
from vcs.access.rules import Act, require_may, seen_by
from vcs.errors import NotFound
from vcs.needs.conditions.catalogue import Condition, condition
from vcs.needs.conditions.homes import is_held
from vcs.needs.conditions.records import ConditionRequest, StatementRecord
from vcs.referrals.records import Referral
from vcs.sealing import UNOPENED, Sealer, shown
from vcs.sentences.records import Sentence
from vcs.victims.find import visible_victim
from vcs.victims.person import shown_person
from vcs.victims.records import Victim


@dataclass(frozen=True, slots=True)
class RequestView:
    """One request. ``private`` may not be disclosed."""

    reference: str
    condition: Condition
    place: str
    usable: str
    private: str
    asked_on: date
    sent_on: date | None
    answer: str | None
    answered_on: date | None
    answer_words: str
    told_on: date | None


@dataclass(frozen=True, slots=True)
class StepView:
    """One step of a personal statement."""

    step: str
    happened_on: date
    words: str


@dataclass(frozen=True, slots=True)
class ConditionsView:
    """What a victim asks of a licence, and their personal statement."""

    referral_reference: str
    victim_reference: str
    name: str
    requests: tuple[RequestView, ...]
    steps: tuple[StepView, ...]


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One request as an offender manager may have it."""

    condition: Condition
    place: str
    usable: str


@dataclass(frozen=True, slots=True)
class ManagersSheet:
    """What an offender manager may have: nothing of who the victim is or how they are reached.

    ``held`` is how many requests are left out because they may say where somebody lives now.
    """

    offender_name: str
    case_reference: str
    rows: tuple[SheetRow, ...]
    held: int = 0


def conditions_of(
    session: Session, sealer: Sealer, actor: Actor, victim_reference: str
) -> ConditionsView:
    """Return what a victim asks for. Raises NotFound where the victim is not theirs to see."""
    require_may(actor, Act.SEE_CASEWORK)
    victim = visible_victim(session, victim_reference, actor)
    steps = select(StatementRecord).where(StatementRecord.victim_id == victim.id)
    ordered = steps.order_by(col(StatementRecord.happened_on), col(StatementRecord.id))
    return ConditionsView(
        session.get_one(Referral, victim.referral_id).reference,
        victim.reference,
        shown_person(sealer, victim.person).name,
        tuple(_view(sealer, one) for one in _requests(session, victim)),
        tuple(
            StepView(one.step, one.happened_on, shown(sealer.open_text, one.sealed, UNOPENED))
            for one in session.exec(ordered)
        ),
    )


def managers_sheet(
    session: Session, sealer: Sealer, actor: Actor, victim_reference: str
) -> ManagersSheet:
    """Return the requests that an offender manager may have, those without an answer yet."""
    require_may(actor, Act.SEE_CASEWORK)
    victim = visible_victim(session, victim_reference, actor)
    referral = session.get_one(Referral, victim.referral_id)
    sentence = session.get_one(Sentence, referral.sentence_id)
    asked = [one for one in _requests(session, victim) if one.answer is None]
    views = [_view(sealer, one) for one in asked if not is_held(session, sealer, one)]
    return ManagersSheet(
        shown(sealer.open_text, sentence.offender_name, UNOPENED),
        sentence.case_reference,
        tuple(SheetRow(one.condition, one.place, one.usable) for one in views),
        len(asked) - len(views),
    )


def request_view(
    session: Session, sealer: Sealer, actor: Actor, reference: str
) -> tuple[RequestView, Victim]:
    """Return one request with its victim. Raises NotFound where it is not theirs to see."""
    require_may(actor, Act.SEE_CASEWORK)
    query = (
        select(ConditionRequest)
        .join(Victim, col(Victim.id) == col(ConditionRequest.victim_id))
        .join(Referral, col(Referral.id) == col(Victim.referral_id))
        .where(ConditionRequest.reference == reference, seen_by(actor, Referral))
    )
    request = session.exec(query).first()
    if request is None:
        raise NotFound("There is no such request.")
    named = session.get_one(Victim, request.victim_id).reference
    return _view(sealer, request), visible_victim(session, named, actor)


def _requests(session: Session, victim: Victim) -> list[ConditionRequest]:
    query = select(ConditionRequest).where(ConditionRequest.victim_id == victim.id)
    return list(session.exec(query.order_by(col(ConditionRequest.id))))


def _view(sealer: Sealer, one: ConditionRequest) -> RequestView:
    usable: dict[str, str] = shown(sealer.open_json, one.usable_sealed, {})
    answer = one.answer_sealed
    return RequestView(
        one.reference,
        condition(one.code),
        usable.get("place", UNOPENED),
        usable.get("reasons", UNOPENED),
        shown(sealer.open_text, one.private_sealed, UNOPENED),
        one.asked_on,
        one.sent_on,
        one.answer,
        one.answered_on,
        shown(sealer.open_text, answer, UNOPENED) if answer is not None else "",
        one.told_on,
    )
