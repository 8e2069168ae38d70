"""How a victim may be reached, and who reached or tried to reach them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from vcs.access.actors import Actor
from vcs.access.rules import Act, may, may_see
from vcs.errors import NotFound
from vcs.referrals.reads import visible_referral
from vcs.referrals.records import Referral
from vcs.sealing import UNOPENED, Sealer, shown
from vcs.sentences.records import Sentence
from vcs.sentences.same_offender import sentences_of_offender
from vcs.tasks.records import Task, TaskKind, TaskTopic
from vcs.terms import FoundBy
from vcs.victims.family.ages import is_age_in_doubt
from vcs.victims.family.reads import can_speak
from vcs.victims.family.records import FamilyLink, LinkKind
from vcs.victims.find import no_said_by, parts_about_offender, parts_of
from vcs.victims.person import Person, life_of, opened, shown_person, talked
from vcs.victims.preferences.allowed import NOTHING_SAID, Preferences
from vcs.victims.preferences.reads import standing_preferences
from vcs.victims.preferences.records import Way
from vcs.victims.records import ContactRecord, PersonRecord, Victim
from vcs.victims.whereabouts.shared import Tie, form_of_hers, tie_of


@dataclass(frozen=True, slots=True)
class ContactRules:
    """What anyone must know before they write to, ring or visit a victim.

    ``notes`` is what was noted about contacting them safely; None where the reader may not see it.
    ``safe_to_post`` None means that nobody has said yet, which is not a yes. ``preferences`` is
    what they said about each way, beside the notes: nothing is read out of those. ``eighteen_on``
    is the 18th birthday, where it is known, and ``speaker`` who speaks for them until then.
    ``has_died`` is what somebody said, and ``death_confirmed`` that a second person confirmed it.
    ``age_in_doubt``: somebody said that they are a child, and no date of birth is known.
    ``opted_out_on`` is the day of a latest *no* about the offender, in whichever referral, and
    ``safety_question`` the task that asks whether they may be written to and rung.
    """

    language: str
    format_needs: str
    safe_to_post: bool | None
    notes: str | None
    preferences: Preferences = NOTHING_SAID
    has_died: bool = False
    eighteen_on: date | None = None
    speaker: str = ""
    opted_out_on: date | None = None
    death_confirmed: bool = False
    age_in_doubt: bool = False
    safety_question: str = ""

    @property
    def warns(self) -> bool:
        """Say whether something must not be overlooked."""
        is_forbidden = self.safe_to_post is False or self.preferences.forbids
        says_no = is_forbidden or self.opted_out_on is not None
        is_asked = self.safety_question or self.age_in_doubt
        return bool(self.notes or is_asked) or says_no or self.has_died


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
    emergency: str = ""


def rules_as_seen_by(actor: Actor, rules: ContactRules) -> ContactRules:
    """Leave out the safety notes and other words for anyone outside the liaison unit."""
    if may(actor, Act.SEE_CASEWORK):
        return rules
    return replace(rules, notes=None, preferences=rules.preferences.without_words())


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
    name = shown_person(sealer, held).name
    rules = rules_for(session, sealer, actor, victim)
    return VictimHeading(victim.reference, name, held.language, rules)


def rules_of_task(
    session: Session, sealer: Sealer, actor: Actor, task_reference: str
) -> ContactRules | None:
    """Return how the victim of a task may be reached; None where it is about no victim of theirs.

    Whoever answers a task may write to the victim, or ring them.
    """
    query = (
        select(Victim, Referral)
        .join(Task, col(Task.victim_id) == col(Victim.id))
        .join(Referral, col(Referral.id) == col(Victim.referral_id))
        .where(Task.reference == task_reference)
    )
    found = session.exec(query).first()
    if found is None or not may_see(actor, found[1]):
        return None
    return rules_for(session, sealer, actor, found[0])


def rules_for(session: Session, sealer: Sealer, actor: Actor, victim: Victim) -> ContactRules:
    """Return all that the box above every act says: whoever writes, rings or visits reads it."""
    held = victim.person
    needs = shown(sealer.open_text, held.format_needs_sealed, UNOPENED)
    said = ways_of_reaching(session, sealer, victim)
    rules = contact_rules(shown_person(sealer, held), held, needs, said)
    rules = rules_as_seen_by(actor, replace(rules, opted_out_on=no_on(session, sealer, victim)))
    return with_life(session, sealer, victim, rules)


def no_on(session: Session, sealer: Sealer, victim: Victim) -> date | None:
    """Return the day of a *no* that is the latest a person said about the offender of a referral.

    That they did not reply says nothing. Where another case may be this offender's and nobody is
    sure, a *no* in it counts: whoever writes or rings must see it and decide.
    """
    return no_said_by(session, parts_about_offender(session, sealer, victim, only_known=False))


def contact_rules(
    person: Person, held: PersonRecord, format_needs: str, said: Preferences
) -> ContactRules:
    """Return how a person may be reached, in whichever referral."""
    notes = person.safe_contact_notes
    return ContactRules(held.language, format_needs, held.safe_to_post, notes, said)


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
    # Nobody rings, for a child, somebody who has died or never wants to hear from us.
    speaker = shown_person(sealer, by.person).name if by and can_speak(session, sealer, by) else ""
    return replace(
        rules,
        has_died=life.has_died,
        death_confirmed=life.death_confirmed,
        eighteen_on=life.eighteen_on,
        age_in_doubt=is_age_in_doubt(session, sealer, victim),
        speaker=speaker,
        safety_question=question_of(session, victim.id),
    )


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
                talk.emergency,
            )
        )
    return found


def asked_whether_safe(session: Session, victim_ids: Iterable[int]) -> tuple[int, ...]:
    """Return the ids of the open questions about some victims, the oldest first."""
    query = select(Task.id).where(col(Task.victim_id).in_(list(victim_ids)), *_asks_whether_safe())
    return tuple(session.exec(query.order_by(col(Task.id))))


def question_of(session: Session, victim_id: int) -> str:
    """Return the reference of the open question about a victim; "" where nothing is asked."""
    query = select(Task.reference).where(Task.victim_id == victim_id, *_asks_whether_safe())
    return session.exec(query.order_by(col(Task.id))).first() or ""


def _asks_whether_safe() -> tuple[ColumnElement[bool] | Any, ...]:
    return (
        col(Task.kind) == str(TaskKind.LETTER_NOT_SENT),
        col(Task.topic) == str(TaskTopic.SAFETY_CHANGED),
        col(Task.done_at).is_(None),
    )


_WAYS: Final[Mapping[FoundBy, tuple[Way, ...]]] = {
    FoundBy.PHONE: (Way.PHONE, Way.TEXT),
    FoundBy.EMAIL: (Way.EMAIL,),
}


def ways_of_reaching(
    session: Session, sealer: Sealer, victim: Victim, names: Mapping[int, str] | None = None
) -> Preferences:
    """Return what counts about reaching a person, with the ways that a court's word closes.

    ``names`` are those of accounts, by id.
    """
    said = standing_preferences(session, sealer, victim.person_id, names)
    return replace(said, tied=tied_ways(ties_of(session, sealer, victim)))


def tied_ways(ties: Iterable[Tie]) -> Mapping[Way, bool]:
    """Return each way that is closed, with whether a manager found that it is not safe."""
    return {way: one.not_safe for one in ties for way in _WAYS[one.found_by]}


def ties_of(session: Session, sealer: Sealer, victim: Victim) -> tuple[Tie, ...]:
    """Return the ties of a person's number and mailbox, in every referral that they are in.

    Details that cannot be opened are nobody's number: an administrator is asked about them.
    """
    person: Person | None = shown(lambda _: opened(sealer, victim.person), b"", None)
    if person is None or not any(form_of_hers(person, one) for one in _WAYS):
        return ()
    own = _offenders(session, sealer, victim)
    whose = (victim.person_id, person)
    found = (tie_of(session, sealer, own, whose, one) for one in _WAYS)
    return tuple(one for one in found if one is not None)


def _offenders(session: Session, sealer: Sealer, victim: Victim) -> tuple[Sentence, ...]:
    found: dict[int, Sentence] = {}
    for _, referral in parts_of(session, victim.person_id):
        if referral.sentence_id not in found:
            sentence = session.get_one(Sentence, referral.sentence_id)
            found |= {one.id: one for one in sentences_of_offender(session, sealer, sentence)}
    return tuple(found.values())
