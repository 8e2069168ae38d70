"""What witness care sent and what became of it: for its own people, and never a victim's choice.

Nothing here says where anybody can be found, what they chose or what they said to the unit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlmodel import Session, col

from vcs.access.actors import Actor
from vcs.access.reads import names_of
from vcs.access.records import Account
from vcs.access.rules import Act, require_may, seen_by
from vcs.errors import NotFound
from vcs.intake.regions import POLICE_AREAS
from vcs.law.duties import FIRST_CONTACT
from vcs.paging import FIRST, Page, Slice, one_page
from vcs.partners.people.records import MessageDecision, MessageKind, Said, UnitMessage
from vcs.referrals.records import ClosingProposal, DeadlineRecord, Referral, ReferralStatus
from vcs.sealing import UNOPENED, Sealer, shown
from vcs.sentences.records import Sentence
from vcs.tasks.records import Task
from vcs.terms import Role
from vcs.victims.person import shown_person
from vcs.victims.records import PersonRecord, PostedLetter, Victim


class Became(StrEnum):
    """What became of a victim who was referred."""

    CONTACTED = "contacted"
    WITH_OFFICER = "with_officer"
    WITH_UNIT = "with_unit"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class SentVictim:
    """A victim whom witness care referred. ``on`` is the day of first contact, or by when it is.

    ``can_change`` says whether what was sent may be corrected or taken back.
    """

    reference: str
    referral_reference: str
    case_reference: str
    name: str
    sent_on: date
    sent_by: str
    became: str
    on: date | None
    officer: str
    can_change: bool


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


def victims_sent(
    session: Session, sealer: Sealer, actor: Actor, asked: Slice = FIRST
) -> Page[SentVictim]:
    """Return a page of the victims whom witness care referred, the newest first."""
    require_may(actor, Act.MESSAGE_UNIT)
    query = _victims(actor).order_by(col(Victim.id).desc())
    return one_page(session, query, asked, lambda found: _victim_rows(session, sealer, found))


def victims_of_referral(
    session: Session, sealer: Sealer, actor: Actor, referral_id: int
) -> tuple[SentVictim, ...]:
    """Return the victims of a referral whom witness care referred, in their order."""
    query = _victims(actor).where(col(Victim.referral_id) == referral_id).order_by(col(Victim.id))
    return tuple(_victim_rows(session, sealer, session.execute(query).all()))


def _victims(actor: Actor) -> Select[Any]:
    return (
        select(Victim, Referral, col(Sentence.case_reference), col(Account.name))
        .join(Referral, col(Referral.id) == col(Victim.referral_id))
        .join(Sentence, col(Sentence.id) == col(Referral.sentence_id))
        .join(Account, col(Account.id) == col(Victim.referred_by_account_id))
        .where(seen_by(actor, Referral), col(Account.role) == str(Role.WITNESS_CARE))
    )


def _victim_rows(session: Session, sealer: Sealer, found: Iterable[Any]) -> Iterator[SentVictim]:
    found = list(found)
    ids, names = [row[0].id for row in found], names_of(session)
    posted, due = _posted(session, ids), _due(session, ids)
    for victim, referral, case_reference, sent_by in found:
        reached = [one for one in (victim.contacted_on, posted.get(victim.id)) if one]
        became, on = _became(referral, min(reached, default=None), due.get(victim.id))
        yield SentVictim(
            victim.reference,
            referral.reference,
            case_reference,
            shown_person(sealer, victim.person).name,
            victim.referred_on,
            sent_by,
            became,
            on,
            names.get(referral.vlo_account_id, ""),
            referral.status != ReferralStatus.CLOSED,
        )


def _became(
    referral: Referral, reached_on: date | None, due_on: date | None
) -> tuple[Became, date | None]:
    if reached_on is not None:
        return Became.CONTACTED, reached_on
    if referral.status == ReferralStatus.CLOSED:
        return Became.CLOSED, referral.closed_on
    has_officer = referral.vlo_account_id is not None
    return (Became.WITH_OFFICER if has_officer else Became.WITH_UNIT), due_on


def _posted(session: Session, victim_ids: list[int]) -> dict[int, date]:
    query = (
        select(col(PostedLetter.victim_id), func.min(col(PostedLetter.posted_on)))
        .where(col(PostedLetter.victim_id).in_(victim_ids))
        .group_by(col(PostedLetter.victim_id))
    )
    return {row[0]: row[1] for row in session.execute(query)}


def _due(session: Session, victim_ids: list[int]) -> dict[int, date]:
    query = select(col(DeadlineRecord.victim_id), col(DeadlineRecord.due_on)).where(
        col(DeadlineRecord.victim_id).in_(victim_ids),
        col(DeadlineRecord.duty) == FIRST_CONTACT,
        col(DeadlineRecord.met_on).is_(None),
        col(DeadlineRecord.lifted_on).is_(None),
    )
    return {row[0]: row[1] for row in session.execute(query)}


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
    return (
        select(
            UnitMessage,
            Referral,
            col(Sentence.case_reference),
            col(Account.name),
            col(Task.done_at),
            PersonRecord,
        )
        .join(Referral, col(Referral.id) == col(UnitMessage.referral_id))
        .join(Sentence, col(Sentence.id) == col(Referral.sentence_id))
        .join(Account, col(Account.id) == col(UnitMessage.sent_by))
        .outerjoin(Task, col(Task.id) == col(UnitMessage.task_id))
        .outerjoin(Victim, col(Victim.reference) == col(UnitMessage.victim_reference))
        .outerjoin(PersonRecord, col(PersonRecord.id) == col(Victim.person_id))
        .where(or_(seen_by(actor, Referral), _passed_on(actor)))
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
    query = (
        select(
            ClosingProposal,
            col(Referral.reference),
            col(Sentence.case_reference),
            col(Account.name),
        )
        .join(Referral, col(Referral.id) == col(ClosingProposal.referral_id))
        .join(Sentence, col(Sentence.id) == col(Referral.sentence_id))
        .join(Account, col(Account.id) == col(ClosingProposal.proposed_by))
        .where(
            seen_by(actor, Referral),
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
