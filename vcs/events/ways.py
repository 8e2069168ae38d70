"""How each person is told of an event, and who is told first: asked from the catalogue's rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlmodel import Session, col, select

from vcs.errors import Conflict
from vcs.events.catalogue import (
    IF_OUT_WAYS,
    RISK_ORDER,
    TRIES_BEFORE_A_LETTER,
    WAYS_BEFORE_A_LETTER,
    Because,
    KindRow,
    Risk,
    kind_row,
)
from vcs.events.if_out import answer_of
from vcs.events.offender import known_sentences
from vcs.events.records import EventLine, IfOut, KeyEvent, NotTold, Way
from vcs.referrals.records import Referral
from vcs.sealing import Sealer
from vcs.sentences.records import Sentence
from vcs.terms import Choice
from vcs.victims.contact.contact_reads import ways_of_reaching
from vcs.victims.family.of_age import was_childs
from vcs.victims.find import parts_of
from vcs.victims.names import STOPS_ALL_CONTACT, NoteKind, notes_beside
from vcs.victims.person import life_of, shown_person
from vcs.victims.preferences.anything import never_row_id
from vcs.victims.preferences.records import Way as WayOfPerson
from vcs.victims.records import ChoiceRecord, ContactRecord, Victim
from vcs.victims.whereabouts.shared import answered, holding, matches


@dataclass(frozen=True, slots=True)
class Reachable:
    """What decides how a person is told. ``notes`` are notes beside their name.

    ``has_died`` is what somebody said; ``death_confirmed`` that a second person confirmed it.
    """

    has_died: bool
    death_confirmed: bool
    opted_out: bool
    safe_to_post: bool | None
    notes: tuple[NoteKind, ...]
    answer: IfOut | None

    @property
    def may_have_died(self) -> bool:
        """Say whether a person has to find out whether they live before anybody rings."""
        return self.has_died or NoteKind.DECEASED in self.notes

    @property
    def must_be_looked_into(self) -> bool:
        """Say whether the name says that nobody may be contacted before a person has found out."""
        return any(note in STOPS_ALL_CONTACT for note in self.notes)

    @property
    def only_police(self) -> bool:
        """Say whether nobody of ours may ring, write or visit."""
        return self.safe_to_post is False or NoteKind.DO_NOT_CONTACT in self.notes


def reachable(session: Session, sealer: Sealer, victim: Victim) -> Reachable:
    """Return what decides how a person is told."""
    person = shown_person(sealer, victim.person)
    answer = answer_of(session, victim.person_id)
    never = never_row_id(session, victim.person_id) is not None
    life = life_of(session, sealer, victim.person_id)
    return Reachable(
        life.has_died,
        life.death_confirmed,
        never or has_opted_out(session, sealer, victim),
        victim.person.safe_to_post,
        tuple(note.kind for note in notes_beside(person)),
        # Whoever never wants to hear from us again is not rung for what they said before.
        IfOut(answer.answer) if answer and not never else None,
    )


def has_opted_out(session: Session, sealer: Sealer, victim: Victim) -> bool:
    """Say whether the latest choice of a person about this offender is no, in whichever referral.

    That they did not reply says nothing, nor what was said for a child who is an adult by now.
    """
    newest = (col(ChoiceRecord.chosen_on).desc(), col(ChoiceRecord.id).desc())
    query = select(ChoiceRecord).where(
        col(ChoiceRecord.victim_id).in_(_parts_with(session, sealer, victim)),
        col(ChoiceRecord.choice) != str(Choice.NO_REPLY),
    )
    latest = session.exec(query.order_by(*newest).limit(1)).first()
    if latest is None or latest.choice != Choice.OPT_OUT:
        return False
    return not was_childs(session, sealer, victim, latest)


def _parts_with(session: Session, sealer: Sealer, victim: Victim) -> list[int]:
    """Return the parts of a person in the referrals of one offender."""
    parts = parts_of(session, victim.person_id)
    if len(parts) == 1:
        return [victim.id]
    referral = session.get_one(Referral, victim.referral_id)
    sentence = session.get_one(Sentence, referral.sentence_id)
    ids = {one.id for one in known_sentences(session, sealer, sentence)}
    return [part.id for part, where in parts if where.sentence_id in ids]


def way_to_tell(row: KindRow, person: Reachable) -> Way | None:
    """Return how a person is told; None where somebody has to decide.

    In danger their own answer counts, unless they may have died. Without one the police go to
    whoever opted out, or may not be contacted; a manager chooses for everybody else.
    """
    why = why_that_way(row, person)
    if why is Because.ASKED_FOR and person.answer is not None:
        return IF_OUT_WAYS[person.answer]
    return None if why is None else Way.POLICE


def why_that_way(row: KindRow, person: Reachable) -> Because | None:
    """Return why the rules say how a person is told; None where somebody has to decide."""
    if not row.danger or person.may_have_died:
        return None
    if person.answer is not None:
        return Because.ASKED_FOR
    if person.only_police:
        return Because.NOT_SAFE
    return Because.OPTED_OUT if person.opted_out else None


def way_now(
    session: Session, sealer: Sealer, what: tuple[KeyEvent, EventLine, Victim], person: Reachable
) -> Way | None:
    """Return how a person is to be told as things are now; None where somebody has to decide.

    What was chosen before counts until they ask for another way, or it is not safe any more: only
    the police stay chosen whatever comes. Word of a mistake goes as the event did, while it may.
    """
    event, line, _ = what
    row, chosen = kind_row(event.kind), Way(line.way) if line.way else None
    if line.undo:
        return _way_of_undoing(session, sealer, what, person)
    rule = way_to_tell(row, person)
    return chosen if chosen is Way.POLICE or rule is None else rule


def _way_of_undoing(
    session: Session, sealer: Sealer, what: tuple[KeyEvent, EventLine, Victim], person: Reachable
) -> Way | None:
    event, line, victim = what
    row, chosen = kind_row(event.kind), Way(line.way) if line.way else None
    if chosen is Way.POLICE:
        return chosen
    if line.way_by is not None:
        return None if person.only_police else chosen
    if person.may_have_died:
        return None
    rule = way_to_tell(row, person)
    if rule in (Way.POLICE, Way.THIRD_PARTY):
        return rule
    if not row.danger and (person.opted_out or person.only_police):
        return None
    way = _AS_PREFERRED.get(chosen) if chosen else None
    said = ways_of_reaching(session, sealer, victim)
    return None if way is not None and said.bar(way) is not None else chosen


_AS_PREFERRED: Final = {
    Way.PHONE: WayOfPerson.PHONE,
    Way.IN_PERSON: WayOfPerson.IN_PERSON,
    Way.LETTER: WayOfPerson.POST,
}
"""The ways of telling about which a person may have said something."""


_CHOOSE_FIRST = (
    "Nobody asked this person how to be reached, so a manager chooses first: ring, a safe third "
    "party, or the police."
)

_CHOOSE_AGAIN = (
    "The way in which this person was told may not be used now: what they said, or how safe they "
    "are, has changed. A manager chooses another one, or records that they are not to be told."
)


def decided_way(
    session: Session, sealer: Sealer, what: tuple[KeyEvent, EventLine, Victim]
) -> Way | None:
    """Return how a person is to be told; None where whoever tells them may choose.

    Raises Conflict in danger, and for word of a mistake, while a manager has to choose.
    """
    event, line, victim = what
    decided = way_now(session, sealer, what, reachable(session, sealer, victim))
    if decided is None and line.undo:
        raise Conflict(_CHOOSE_AGAIN)
    if decided is None and kind_row(event.kind).danger:
        raise Conflict(_CHOOSE_FIRST)
    return decided


def refuse_before_looking(session: Session, sealer: Sealer, victim: Victim) -> None:
    """Raise Conflict where a name says that somebody died or wants no contact, and nobody looked.

    For news that is not danger: nothing is lost by finding out first.
    """
    if reachable(session, sealer, victim).must_be_looked_into:
        raise Conflict(
            "The name says that this person may have died, or wants no contact. Find out first. "
            "Then correct the name in the details, or record that they are not to be told."
        )


def not_told_at_once(row: KindRow, person: Reachable) -> NotTold | None:
    """Return why a person is not told, where their own choice says so; None otherwise."""
    return NotTold.OPTED_OUT if person.opted_out and not row.danger else None


def risks_of(
    session: Session, sealer: Sealer, part: tuple[Victim, Referral], person: Reachable
) -> tuple[Risk, ...]:
    """Return what puts a person at more risk, in the order of the catalogue."""
    victim, referral = part
    held = {
        Risk.ADDRESS_PERHAPS_KNOWN: _address_perhaps_known(session, sealer, victim, referral),
        Risk.NOT_SAFE: person.only_police,
        Risk.NEVER_ASKED: person.answer is None,
        Risk.NEVER_REACHED: victim.contacted_on is None,
    }
    return tuple(risk for risk in RISK_ORDER if held[risk])


def _address_perhaps_known(
    session: Session, sealer: Sealer, victim: Victim, referral: Referral
) -> bool:
    person = shown_person(sealer, victim.person)
    sentence = session.get_one(Sentence, referral.sentence_id)
    found = matches(session, sealer, known_sentences(session, sealer, sentence), person)
    return bool(holding(found, answered(session, sealer, victim.person_id, person)))


def rank(risks: tuple[Risk, ...]) -> tuple[int, ...]:
    """Return what orders people by risk: the earliest of theirs first, then the next."""
    order = list(RISK_ORDER)
    return (*(order.index(risk) for risk in risks), len(order))


def may_get_a_letter(session: Session, event: KeyEvent, line: EventLine) -> bool:
    """Say whether news of a release may go by letter: they chose so, or were tried often enough."""
    if line.letters_only:
        return True
    query = select(ContactRecord).where(
        ContactRecord.victim_id == line.victim_id,
        col(ContactRecord.reached).is_(False),
        col(ContactRecord.recorded_at) >= event.recorded_at,
    )
    tries = session.exec(query).all()
    days, ways = {one.happened_on for one in tries}, {one.how for one in tries}
    return len(days) >= TRIES_BEFORE_A_LETTER and len(ways) >= WAYS_BEFORE_A_LETTER
