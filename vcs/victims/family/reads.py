"""A family on one page: who each is, what they chose, and who tells them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from vcs.access.actors import Actor
from vcs.access.records import Account
from vcs.access.rules import Act, require_may
from vcs.referrals.reads import visible_referral
from vcs.sealing import Sealer
from vcs.victims.family.ages import is_age_in_doubt
from vcs.victims.family.records import FamilyLink, LinkKind
from vcs.victims.find import no_said_by
from vcs.victims.person import Life, life_of, shown_person, wants_nothing
from vcs.victims.records import ChoiceRecord, Victim


@dataclass(frozen=True, slots=True)
class Member:
    """One person of a referral. ``age_in_doubt``: they may be a child, and nobody knows.

    ``speaker`` speaks for a child; "" is nobody yet. ``told_by`` tells them; "" is the liaison
    officer. ``not_told_by`` was agreed to tell them and cannot any more, so that the officer does.
    """

    reference: str
    name: str
    standing: str
    life: Life
    is_child: bool
    age_in_doubt: bool
    is_lead: bool
    speaker: str
    told_by: str
    not_told_by: str
    choice: str | None
    chosen_on: date | None


@dataclass(frozen=True, slots=True)
class FamilyView:
    """The people of one referral, the lead first. ``officer`` is "" where there is none yet."""

    referral_reference: str
    officer: str
    lead: str
    members: tuple[Member, ...]


def family_of(
    session: Session, sealer: Sealer, actor: Actor, reference: str, today: date
) -> FamilyView:
    """Return the people of a referral. Raises NotFound where it is not theirs to see."""
    require_may(actor, Act.SEE_CASEWORK)
    referral = visible_referral(session, actor, reference)
    query = select(Victim).where(Victim.referral_id == referral.id).order_by(col(Victim.id))
    victims = {one.id: one for one in session.exec(query)}
    officer = session.get(Account, referral.vlo_account_id) if referral.vlo_account_id else None
    names = {one.id: shown_person(sealer, one.person).name for one in victims.values()}
    lives = {one.id: life_of(session, sealer, one.person_id) for one in victims.values()}
    links = links_of(session, referral.id)
    lead = links.get((LinkKind.LEAD, 0))
    speaks = {one.id for one in victims.values() if can_speak(session, sealer, one)}
    # Whoever wants no contact is told nothing, and can tell nobody.
    tells = {one for one in speaks if no_said_by(session, [one]) is None}
    lead_id = lead.victim_id if lead and lead.victim_id in tells else 0
    members = []
    for one in victims.values():
        life, choice = lives[one.id], _choice(session, one)
        speaker, teller = (_by(links, kind, one) for kind in (LinkKind.SPEAKS, LinkKind.TELLS))
        members.append(
            Member(
                reference=one.reference,
                name=names[one.id],
                standing=one.standing,
                life=life,
                is_child=life.is_child(today),
                age_in_doubt=is_age_in_doubt(session, sealer, one),
                is_lead=one.id == lead_id,
                speaker=names[speaker] if speaker in speaks else "",
                told_by=names[teller] if teller in tells else "",
                not_told_by=names[teller] if teller and teller not in tells else "",
                choice=choice.choice if choice else None,
                chosen_on=choice.chosen_on if choice else None,
            )
        )
    members.sort(key=lambda member: not member.is_lead)
    called = officer.name if officer else ""
    return FamilyView(referral.reference, called, names.get(lead_id, ""), tuple(members))


def can_speak(session: Session, sealer: Sealer, victim: Victim) -> bool:
    """Say whether a child may be reached through somebody.

    Not through whoever has died, never wants contact, or may not be written to safely. That they
    want no contact for themselves says nothing about the child.
    """
    if victim.person.safe_to_post is False or wants_nothing(session, victim.person_id):
        return False
    return not life_of(session, sealer, victim.person_id).has_died


def links_of(session: Session, referral_id: int) -> dict[tuple[str, int], FamilyLink]:
    """Return the current links of a referral: by kind and victim, and the lead under 0."""
    query = select(FamilyLink).where(FamilyLink.referral_id == referral_id)
    return {
        (one.kind, 0 if one.kind == LinkKind.LEAD else one.victim_id): one
        for one in session.exec(query.order_by(col(FamilyLink.id)))
    }


def _by(links: Mapping[tuple[str, int], FamilyLink], kind: LinkKind, one: Victim) -> int:
    link = links.get((kind, one.id))
    return (link.by_victim_id or 0) if link else 0


def _choice(session: Session, victim: Victim) -> ChoiceRecord | None:
    query = select(ChoiceRecord).where(ChoiceRecord.victim_id == victim.id)
    newest = query.order_by(col(ChoiceRecord.chosen_on).desc(), col(ChoiceRecord.id).desc())
    return session.exec(newest).first()
