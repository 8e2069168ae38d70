"""Find a victim with their referral, held until the transaction ends, and a person's parts."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session, col, select

from vcs.access.actors import Actor
from vcs.access.rules import may_see, seen_by
from vcs.errors import NotFound
from vcs.referrals.records import Referral
from vcs.sealing import Sealer
from vcs.sentences.records import Sentence
from vcs.sentences.same_offender import known_of, sentences_of_offender
from vcs.terms import Choice
from vcs.victims.person import records_of
from vcs.victims.records import ChoiceRecord, FormerDetails, PersonRecord, Victim

Part = tuple[Victim, Referral]

"""A person's part in one referral."""


def find_victim(session: Session, reference: str, actor: Actor) -> tuple[Victim, Referral]:
    """Return a victim and their referral, held like :func:`find_referral`."""
    victim = visible_victim(session, reference, actor)
    named = select(Referral).where(Referral.id == victim.referral_id)
    referral = session.exec(named.with_for_update(key_share=True)).one()
    if not may_see(actor, referral):
        # It was moved to another region meanwhile.
        raise NotFound("There is no such victim.")
    still = select(Victim.id).where(Victim.id == victim.id)
    if session.exec(still).first() is None:
        # It was taken back meanwhile.
        raise NotFound("There is no such victim.")
    # Read again: another transaction may have changed the victim while this one waited, or joined
    # their record to another. A person is held after the referrals.
    held = None
    while held != victim.person_id:
        held = victim.person_id
        session.refresh(victim.person, with_for_update=True)
        session.refresh(victim)
    return victim, referral


def find_person(session: Session, victim_reference: str, actor: Actor) -> PersonRecord:
    """Return the person of a victim whom the actor may see, held until the transaction ends.

    Hold the referral to work on before: a person is held last.
    """
    victim = visible_victim(session, victim_reference, actor)
    session.refresh(victim.person, with_for_update=True)
    return victim.person


def visible_victim(session: Session, reference: str, actor: Actor) -> Victim:
    """Return a victim without holding anything. Raises NotFound where they are not theirs."""
    query = select(Victim).join(Referral, col(Referral.id) == col(Victim.referral_id))
    its = query.where(Victim.reference == reference, seen_by(actor, Referral))
    victim = session.exec(its).first()
    if victim is None:
        raise NotFound("There is no such victim.")
    return victim


def former_rows(session: Session, victim: Victim) -> list[FormerDetails]:
    """Return what was held about a victim's person before each change, the oldest first.

    What was held in a record that was joined to theirs is theirs too.
    """
    hers = col(FormerDetails.person_id).in_(records_of(session, victim.person_id))
    return list(session.exec(select(FormerDetails).where(hers).order_by(col(FormerDetails.id))))


def parts_of(session: Session, person_id: int) -> list[Part]:
    """Return a person's part in each referral that they are in, the oldest first."""
    query = (
        select(Victim, Referral)
        .join(Referral, col(Referral.id) == col(Victim.referral_id))
        .where(Victim.person_id == person_id)
        .order_by(col(Victim.id))
    )
    return list(session.exec(query))


def parts_about_offender(
    session: Session, sealer: Sealer, victim: Victim, *, only_known: bool
) -> list[int]:
    """Return the parts of a person in the referrals of the offender of one.

    ``only_known`` leaves out cases that may be this offender's and of which nobody is sure.
    """
    parts = parts_of(session, victim.person_id)
    if len(parts) == 1:
        return [victim.id]
    referral = session.get_one(Referral, victim.referral_id)
    sentence = session.get_one(Sentence, referral.sentence_id)
    found = sentences_of_offender(session, sealer, sentence)
    ids = {one.id for one in (known_of(session, sealer, found) if only_known else found)}
    return [part.id for part, where in parts if where.sentence_id in ids]


def no_said_by(session: Session, victim_ids: list[int]) -> date | None:
    """Return the day of a *no* that is the latest a person said, through any of some parts.

    That they did not reply says nothing.
    """
    query = select(ChoiceRecord).where(
        col(ChoiceRecord.victim_id).in_(victim_ids),
        col(ChoiceRecord.choice) != str(Choice.NO_REPLY),
    )
    newest = (col(ChoiceRecord.chosen_on).desc(), col(ChoiceRecord.id).desc())
    latest = session.exec(query.order_by(*newest).limit(1)).first()
    return latest.chosen_on if latest and latest.choice == Choice.OPT_OUT else None
