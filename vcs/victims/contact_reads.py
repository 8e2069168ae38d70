"""How a victim may be reached, and who reached or tried to reach them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlmodel import Session, col, select

from vcs.access.actors import Actor
from vcs.errors import NotFound
from vcs.referrals.reads import visible_referral
from vcs.sealing import UNOPENED, Sealer, shown
from vcs.terms import Role
from vcs.victims.family.records import FamilyLink, LinkKind
from vcs.victims.person import Person, life_of, shown_person, talked
from vcs.victims.records import ContactRecord, PersonRecord, Victim

OF_THE_UNIT = (Role.VLO, Role.MANAGER)
"""Who may read what was said in contacts, and what was noted about contacting safely."""


@dataclass(frozen=True, slots=True)
class ContactRules:
    """What anyone must know before they write to, ring or visit a victim.

    ``notes`` is what was noted about contacting them safely; None where the reader may not see it.
    ``safe_to_post`` None means that nobody has said yet, which is not a yes. ``eighteen_on`` is the
    18th birthday, where it is known, and ``speaker`` who speaks for them until then.
    """

    language: str
    format_needs: str
    safe_to_post: bool | None
    notes: str | None
    has_died: bool = False
    eighteen_on: date | None = None
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class VictimHeading:
    """What a short form about a victim shows of them."""

    reference: str
    name: str
    language: str
    rules: ContactRules


@dataclass(frozen=True, slots=True)
class ContactView:
    """One contact, or one attempt where ``reached`` is false."""

    reached: bool
    happened_on: date
    how: str
    spoke_to: str
    words: str
    recorded_at: datetime
    recorded_by: str


def rules_as_seen_by(actor: Actor, rules: ContactRules) -> ContactRules:
    """Leave out the safety notes for anyone outside the liaison unit."""
    return rules if actor.role in OF_THE_UNIT else replace(rules, notes=None)


def victim_heading(
    session: Session, sealer: Sealer, actor: Actor, referral_reference: str, reference: str
) -> VictimHeading:
    """Return what a form shows of a victim; raises NotFound where they are not theirs to see."""
    referral = visible_referral(session, actor, referral_reference)
    query = select(Victim).where(Victim.referral_id == referral.id, Victim.reference == reference)
    victim = session.exec(query).first()
    if victim is None:
        raise NotFound("There is no such victim in this referral.")
    held = victim.person
    person = shown_person(sealer, held)
    needs = shown(sealer.open_text, held.format_needs_sealed, UNOPENED)
    rules = rules_as_seen_by(actor, contact_rules(person, held, needs))
    rules = with_life(session, sealer, victim, rules)
    return VictimHeading(victim.reference, person.name, held.language, rules)


def contact_rules(person: Person, held: PersonRecord, format_needs: str) -> ContactRules:
    """Return how a person may be reached, in whichever referral."""
    return ContactRules(held.language, format_needs, held.safe_to_post, person.safe_contact_notes)


def with_life(
    session: Session, sealer: Sealer, victim: Victim, rules: ContactRules
) -> ContactRules:
    """Return the rules with whether somebody has died or is a child, and who speaks for them."""
    life = life_of(session, sealer, victim.person_id)
    links = select(FamilyLink.by_victim_id).where(
        FamilyLink.victim_id == victim.id, FamilyLink.kind == LinkKind.SPEAKS
    )
    by_id = session.exec(links.order_by(col(FamilyLink.id).desc())).first()
    by = session.get(Victim, by_id) if by_id else None
    speaker = shown_person(sealer, by.person).name if by else ""
    return replace(rules, has_died=life.has_died, eighteen_on=life.eighteen_on, speaker=speaker)


def contacts_with(
    session: Session, sealer: Sealer, victim_ids: list[int], names: dict[int, str]
) -> dict[int, list[ContactView]]:
    """Return the contacts and attempts of each victim, the newest day first."""
    query = (
        select(ContactRecord)
        .where(col(ContactRecord.victim_id).in_(victim_ids))
        .order_by(col(ContactRecord.happened_on).desc(), col(ContactRecord.id).desc())
    )
    found: dict[int, list[ContactView]] = defaultdict(list)
    for one in session.exec(query):
        talk, by = talked(sealer, one), names.get(one.recorded_by, "")
        found[one.victim_id].append(
            ContactView(
                one.reached,
                one.happened_on,
                one.how,
                talk.spoke_to,
                talk.words,
                one.recorded_at,
                by,
            )
        )
    return found
