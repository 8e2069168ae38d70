"""Messages and proposals that witness care sent the unit, with the unit's answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlmodel import Session, col

from vcs.access.actors import Actor
from vcs.access.records import Account
from vcs.access.rules import Act, require_may, seen_one_by_one
from vcs.errors import NotFound
from vcs.intake.regions import POLICE_AREAS
from vcs.paging import FIRST, Page, Slice, one_page
from vcs.partners.people.records import MessageDecision, MessageKind, Said, UnitMessage
from vcs.referrals.records import ClosingProposal, Referral
from vcs.sealing import UNOPENED, Sealer, shown
from vcs.sentences.records import Sentence
from vcs.tasks.records import Task
from vcs.terms import Role
from vcs.victims.person import shown_person
from vcs.victims.records import PersonRecord, Victim


@dataclass(frozen=True, slots=True)
class SentMessage:
    """A message to the unit. ``about`` names the victim; ``answer`` is what the unit wrote.

    ``ended`` says that the question was closed with its referral. ``referral_reference`` is empty
    where the referral is another unit's by now.
    """

    reference: str
    kind: str
    referral_reference: str
    case_reference: str
    about: str
    sent_at: datetime
    sent_by: str
    decision: str | None
    decided_at: datetime | None
    answer: str
    area: str = ""
    fields: tuple[str, ...] = ()
    said: str = ""
    ended: bool = False

    @property
    def is_waiting(self) -> bool:
        """Say whether the unit has still to answer."""
        return self.decision is None and not self.ended

    @property
    def can_take_back(self) -> bool:
        """Say whether its sender may take it back: a *no* was recorded at once, and stays."""
        return self.is_waiting and self.said != Said.NOT


@dataclass(frozen=True, slots=True)
class SentProposal:
    """A proposal that there is nobody to refer, and the unit's decision with its reason."""

    referral_reference: str
    case_reference: str
    reason: str
    sent_at: datetime
    sent_by: str
    decision: str | None
    decided_at: datetime | None
    answer: str


def messages_sent(
    session: Session, sealer: Sealer, actor: Actor, asked: Slice = FIRST
) -> Page[SentMessage]:
    """Return a page of the messages that witness care sent the unit, the newest first."""
    require_may(actor, Act.MESSAGE_UNIT)
    query = _messages(actor).order_by(col(UnitMessage.id).desc())
    return one_page(
        session, query, asked, lambda found: _message_rows(session, sealer, actor, found)
    )


def messages_of_referral(
    session: Session, sealer: Sealer, actor: Actor, referral_id: int
) -> tuple[SentMessage, ...]:
    """Return the messages about one referral, the newest first."""
    query = _messages(actor).where(col(UnitMessage.referral_id) == referral_id)
    found = session.execute(query.order_by(col(UnitMessage.id).desc())).all()
    return tuple(_message_rows(session, sealer, actor, found))


def message_sent(session: Session, sealer: Sealer, actor: Actor, reference: str) -> SentMessage:
    """Return one message that may still be taken back. Raises NotFound for any other."""
    require_may(actor, Act.MESSAGE_UNIT)
    query = _messages(actor).where(col(UnitMessage.reference) == reference)
    rows = _message_rows(session, sealer, actor, session.execute(query).all())
    found = next((one for one in rows if one.can_take_back), None)
    if found is None:
        raise NotFound("There is no such message, or the unit has answered it.")
    return found


def _messages(actor: Actor) -> Select[Any]:
    columns: tuple[Any, ...] = (
        *(UnitMessage, Referral, col(Sentence.case_reference), col(Account.name)),
        *(col(Task.done_at), PersonRecord),
    )
    return (
        select(*columns)
        .select_from(UnitMessage)
        .join(Referral, col(Referral.id) == col(UnitMessage.referral_id))
        .join(Sentence, col(Sentence.id) == col(Referral.sentence_id))
        .join(Account, col(Account.id) == col(UnitMessage.sent_by))
        .outerjoin(Task, col(Task.id) == col(UnitMessage.task_id))
        .outerjoin(Victim, col(Victim.reference) == col(UnitMessage.victim_reference))
        .outerjoin(PersonRecord, col(PersonRecord.id) == col(Victim.person_id))
        .where(or_(seen_one_by_one(actor, Referral), _passed_on(actor)))
    )


def _passed_on(actor: Actor) -> ColumnElement[bool]:
    """Return which messages are the unit's own although the referral is another unit's by now."""
    mine = and_(
        col(UnitMessage.kind) == str(MessageKind.NOT_OURS),
        col(UnitMessage.decision) == str(MessageDecision.ACCEPTED),
        col(Account.police_area) == actor.police_area,
    )
    hidden = actor.hidden.sentences
    return and_(mine, col(Referral.sentence_id).not_in(hidden)) if hidden else mine


def _message_rows(
    session: Session, sealer: Sealer, actor: Actor, found: Iterable[Any]
) -> Iterator[SentMessage]:
    del session
    for message, referral, case_reference, sent_by, done_at, person in found:
        content: Mapping[str, Any] = shown(sealer.open_json, message.sealed, {})
        about = shown_person(sealer, person).name if person else str(content.get("name", ""))
        is_ours = referral.police_area == actor.police_area
        yield SentMessage(
            message.reference,
            message.kind,
            referral.reference if is_ours else "",
            case_reference,
            about if is_ours else "",
            message.sent_at,
            sent_by,
            message.decision,
            message.decided_at,
            shown(sealer.open_text, message.decided_sealed, UNOPENED)
            if message.decided_sealed
            else "",
            POLICE_AREAS.get(content.get("area", ""), ""),
            tuple(content.get("fields", ())),
            str(content.get("said", "")),
            message.decision is None and done_at is not None,
        )


def proposals_sent(
    session: Session, sealer: Sealer, actor: Actor, asked: Slice = FIRST
) -> Page[SentProposal]:
    """Return a page of the proposals of witness care that nobody can be referred."""
    require_may(actor, Act.MESSAGE_UNIT)
    columns: tuple[Any, ...] = (
        *(ClosingProposal, col(Referral.reference)),
        *(col(Sentence.case_reference), col(Account.name)),
    )
    query = (
        select(*columns)
        .select_from(ClosingProposal)
        .join(Referral, col(Referral.id) == col(ClosingProposal.referral_id))
        .join(Sentence, col(Sentence.id) == col(Referral.sentence_id))
        .join(Account, col(Account.id) == col(ClosingProposal.proposed_by))
        .where(
            seen_one_by_one(actor, Referral),
            col(ClosingProposal.proposed_as) == str(Role.WITNESS_CARE),
        )
        .order_by(col(ClosingProposal.id).desc())
    )
    return one_page(session, query, asked, lambda found: _proposal_rows(sealer, found))


def _proposal_rows(sealer: Sealer, found: Iterable[Any]) -> Iterator[SentProposal]:
    for one, referral_reference, case_reference, sent_by in found:
        answer = shown(sealer.open_text, one.decided_sealed, UNOPENED) if one.decided_sealed else ""
        yield SentProposal(
            referral_reference,
            case_reference,
            one.reason,
            one.proposed_at,
            sent_by,
            one.decision,
            one.decided_at,
            answer,
        )
