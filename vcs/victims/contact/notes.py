"""Add a note to a referral or to a victim of it, and read them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from vcs.access.actors import Actor
from vcs.access.rules import Act, may
from vcs.access.work import Work
from vcs.errors import NotFound, NotValid
from vcs.referrals.find import find_referral
from vcs.referrals.records import Referral
from vcs.sealing import UNOPENED, Sealer, shown
from vcs.victims.contact.records import NoteRecord
from vcs.victims.person import Person, shown_person
from vcs.victims.records import LONGEST_WORDS, Victim
from vcs.victims.whereabouts.given_away import given_away


@dataclass(frozen=True, slots=True)
class NoteView:
    """One note. ``about`` is the reference of a victim; "" where it is about the referral."""

    about: str
    words: str
    noted_at: datetime
    noted_by: str


def add_note(work: Work, referral_reference: str, words: str, about: str = "") -> NoteRecord:
    """Keep a note about a referral, or about the victim of it whom ``about`` names.

    Raises NotFound where that is no victim of this referral, and NotValid for a note that says
    where one of them lives or how they are rung: it is read without a reason.
    """
    work.require_may(Act.ADD_NOTE)
    referral = find_referral(work.session, referral_reference, work.actor)
    if not words.strip() or len(words) > LONGEST_WORDS:
        message = f"Enter the note, in {LONGEST_WORDS} characters or fewer"
        raise NotValid("Enter the note.", {"words": message})
    query = select(Victim).where(Victim.reference == about, Victim.referral_id == referral.id)
    victim = work.session.exec(query).first() if about else None
    if about and victim is None:
        raise NotFound("There is no such victim in this referral.")
    if leave_out := given_away(words, _people(work, referral)):
        raise NotValid(leave_out, {"words": leave_out})
    return keep_note(work, referral, victim, words)


def _people(work: Work, referral: Referral) -> list[Person]:
    of_referral = select(Victim).where(Victim.referral_id == referral.id)
    return [shown_person(work.sealer, one.person) for one in work.session.exec(of_referral)]


def keep_note(work: Work, referral: Referral, victim: Victim | None, words: str) -> NoteRecord:
    """Keep a note about a referral that the caller holds, or about a victim of it."""
    note = NoteRecord(
        referral_id=referral.id,
        victim_id=victim.id if victim else None,
        sealed=work.sealer.seal_text(words.strip()),
        noted_at=work.now,
        noted_by=work.actor.account_id,
    )
    work.session.add(note)
    work.note("note.added", referral.reference, victim.reference if victim else "")
    return note


def notes_of(
    session: Session, sealer: Sealer, actor: Actor, referral_id: int, names: Mapping[int, str]
) -> tuple[NoteView, ...]:
    """Return the notes of a referral, the newest first; none for anyone outside the unit."""
    if not may(actor, Act.ADD_NOTE):
        return ()
    query = (
        select(NoteRecord, Victim.reference)
        .outerjoin(Victim, col(Victim.id) == col(NoteRecord.victim_id))
        .where(NoteRecord.referral_id == referral_id)
        .order_by(col(NoteRecord.id).desc())
    )
    return tuple(
        NoteView(
            about or "",
            shown(sealer.open_text, note.sealed, UNOPENED),
            note.noted_at,
            names.get(note.noted_by, ""),
        )
        for note, about in session.exec(query)
    )
