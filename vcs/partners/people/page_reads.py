"""The short page of one sentence: what witness care is asked for, and what it says to a victim."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import union
from sqlmodel import Session, col, select

from vcs.access.actors import Actor
from vcs.access.reads import names_of
from vcs.access.records import Account, Unit
from vcs.access.rules import Act, require_may, seen_by
from vcs.errors import NotFound
from vcs.law.deadlines import duties
from vcs.partners.people.messages.message_reads import SentMessage, messages_of_referral
from vcs.partners.people.sent_reads import SentVictim, victims_of_referral
from vcs.referrals.closure.proposal_reads import ProposalView, newest_proposal
from vcs.referrals.due_days.dates import DeadlineView, deadline_view
from vcs.referrals.records import DeadlineRecord, Referral
from vcs.sealing import Sealer
from vcs.sentences.decisions import DecisionCard, SentenceView, decision_card, sentence_view
from vcs.sentences.records import Sentence


@dataclass(frozen=True, slots=True)
class UnitToCall:
    """The unit that will be in touch, and its officer where there is one."""

    name: str = ""
    phone: str = ""
    email: str = ""
    officer: str = ""


@dataclass(frozen=True, slots=True)
class ShortPage:
    """One sentence as witness care needs it for a telephone call and a referral.

    ``due`` is the duty to refer; None where the law sets no day. ``contact_by`` is by when the unit
    is in touch with a victim who is referred today.
    """

    reference: str
    status: str
    basis: str
    closed_reason: str | None
    closed_on: date | None
    traced_since: date | None
    look_again_on: date | None
    sentence: SentenceView
    decision: DecisionCard
    due: DeadlineView | None
    contact_by: date | None
    unit: UnitToCall
    victims: tuple[SentVictim, ...]
    messages: tuple[SentMessage, ...]
    proposal: ProposalView | None


def short_page(
    session: Session, sealer: Sealer, actor: Actor, reference: str, today: date
) -> ShortPage:
    """Return the page of a sentence, named by its own reference or by that of its referral.

    Raises NotFound where there is none, and just the same where it is not this person's to see.
    """
    require_may(actor, Act.MESSAGE_UNIT)
    referral, sentence = _named(session, actor, reference)
    names = names_of(session)
    contact = duties.first_contact(today, known_on=today)
    return ShortPage(
        referral.reference,
        referral.status,
        referral.basis,
        referral.closed_reason,
        referral.closed_on,
        referral.traced_since,
        referral.look_again_on,
        sentence_view(sealer, sentence),
        decision_card(session, sentence.id),
        _due(session, referral.id, today),
        contact.due_on if contact else None,
        _unit(session, referral),
        victims_of_referral(session, sealer, actor, referral.id),
        messages_of_referral(session, sealer, actor, referral.id),
        newest_proposal(session, sealer, referral.id, names, actor.account_id),
    )


def _named(session: Session, actor: Actor, reference: str) -> tuple[Referral, Sentence]:
    # Each of the two is found by its own index, whichever reference it is.
    ids = union(
        select(Sentence.id).where(Sentence.reference == reference),
        select(Referral.sentence_id).where(Referral.reference == reference),
    )
    query = (
        select(Referral, Sentence)
        .join(Sentence, col(Sentence.id) == col(Referral.sentence_id))
        .where(col(Referral.sentence_id).in_(ids), seen_by(actor, Referral))
    )
    found = session.exec(query).first()
    if found is None:
        raise NotFound("There is no such sentence.")
    return found


def _due(session: Session, referral_id: int, today: date) -> DeadlineView | None:
    query = select(DeadlineRecord).where(
        DeadlineRecord.referral_id == referral_id, DeadlineRecord.duty == duties.REFER
    )
    found = session.exec(query.order_by(col(DeadlineRecord.id).desc())).first()
    return deadline_view(found, today) if found else None


def _unit(session: Session, referral: Referral) -> UnitToCall:
    unit = session.get(Unit, referral.region_code or "")
    officer = session.get(Account, referral.vlo_account_id or 0)
    name = officer.name if officer else ""
    return UnitToCall(unit.name, unit.phone, unit.email, name) if unit else UnitToCall(officer=name)
