"""The victims whom witness care referred and what became of each: never what they chose.

Nothing here says where anybody can be found, what they chose, or what they or the unit said since.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, func, select
from sqlmodel import Session, col

from vcs.access.actors import Actor
from vcs.access.reads import names_of
from vcs.access.records import Account
from vcs.access.rules import Act, require_may, seen_one_by_one
from vcs.errors import CannotOpen
from vcs.law.deadlines.duties import FIRST_CONTACT
from vcs.paging import FIRST, Page, Slice, one_page
from vcs.referrals.records import DeadlineRecord, Referral, ReferralStatus
from vcs.sealing import Sealer
from vcs.sentences.records import Sentence
from vcs.terms import Role
from vcs.victims.person import opened, shown_person
from vcs.victims.records import FormerDetails, PersonRecord, PostedLetter, Victim


class Became(StrEnum):
    """What became of a victim who was referred."""

    CONTACTED = "contacted"
    WITH_OFFICER = "with_officer"
    WITH_UNIT = "with_unit"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class SentVictim:
    """A victim whom witness care referred. ``on`` is the day of first contact, or by when it is.

    ``can_change`` says whether what was sent may be corrected or taken back. ``note`` is what they
    wrote themselves on how to contact the victim safely; nothing that the unit added.
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
    note: str = ""


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
    columns: tuple[Any, ...] = (
        *(Victim, Referral),
        *(col(Sentence.case_reference), col(Account.name)),
    )
    return (
        select(*columns)
        .select_from(Victim)
        .join(Referral, col(Referral.id) == col(Victim.referral_id))
        .join(Sentence, col(Sentence.id) == col(Referral.sentence_id))
        .join(Account, col(Account.id) == col(Victim.referred_by_account_id))
        .where(seen_one_by_one(actor, Referral), col(Account.role) == str(Role.WITNESS_CARE))
    )


def _victim_rows(session: Session, sealer: Sealer, found: Iterable[Any]) -> Iterator[SentVictim]:
    found = list(found)
    ids, names = [row[0].id for row in found], names_of(session)
    posted, due = _posted(session, ids), _due(session, ids)
    notes = _own_notes(session, sealer, [row[0].reference for row in found])
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
            notes.get(victim.reference, ""),
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


def _own_notes(session: Session, sealer: Sealer, references: list[str]) -> dict[str, str]:
    """Return the first note of each person who was entered by a referral, by its reference.

    What was added since may be the unit's. Of somebody who was known before there is none.
    """
    query = select(PersonRecord).where(col(PersonRecord.reference).in_(references))
    people = {one.id: one for one in session.execute(query).scalars()}
    first = (
        select(func.min(FormerDetails.id))
        .where(col(FormerDetails.person_id).in_(people))
        .group_by(col(FormerDetails.person_id))
    )
    formers = session.execute(select(FormerDetails).where(col(FormerDetails.id).in_(first)))
    before = {one.person_id: one for one in formers.scalars()}
    return {
        one.reference: _note(sealer, before.get(person_id, one))
        for person_id, one in people.items()
    }


def _note(sealer: Sealer, held: PersonRecord | FormerDetails) -> str:
    try:
        return opened(sealer, held).safe_contact_notes
    except CannotOpen:
        return ""


def _posted(session: Session, victim_ids: list[int]) -> dict[int, date]:
    query = (
        select(col(PostedLetter.victim_id), func.min(col(PostedLetter.posted_on)))
        .where(col(PostedLetter.victim_id).in_(victim_ids))
        .group_by(col(PostedLetter.victim_id))
    )
    return {row[0]: row[1] for row in session.execute(query)}


def _due(session: Session, victim_ids: list[int]) -> dict[int, date]:
    due_on = (
        select(func.min(col(DeadlineRecord.due_on)))
        .where(
            col(DeadlineRecord.referral_id) == col(Victim.referral_id),
            col(DeadlineRecord.victim_id) == col(Victim.id),
            col(DeadlineRecord.duty) == FIRST_CONTACT,
            col(DeadlineRecord.met_on).is_(None),
            col(DeadlineRecord.lifted_on).is_(None),
        )
        .correlate(Victim)
        .scalar_subquery()
    )
    query = select(col(Victim.id), due_on).where(col(Victim.id).in_(victim_ids))
    return {row[0]: row[1] for row in session.execute(query) if row[1] is not None}
