"""Draft the letters to a victim that their triggers bring: each once for its occasion.

The gate is asked first. What it stops for good, or for now, is not drafted, and nobody is asked
about it: the letter is drafted once nothing stops it, for as long as it is recent.
"""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from vcs.access import trail
from vcs.access.actors import SYSTEM
from vcs.errors import CannotOpen
from vcs.post import catalogue, gate
from vcs.post.cases.case import gather
from vcs.post.cases.letter_case import Wanted
from vcs.post.catalogue import LetterPolicy
from vcs.post.holds.hold_kinds import Step
from vcs.post.language.formats import suggested
from vcs.post.language.welsh import as_it_may_leave, for_reader
from vcs.post.letters import new_draft
from vcs.post.records import LetterRecord, LetterStatus
from vcs.post.subjects.find import due, subjects
from vcs.post.subjects.subject import Around, Subject, is_gone
from vcs.referrals.records import Referral
from vcs.sealing import Sealer
from vcs.terms import Language, LetterFormat
from vcs.victims.person import format_needs
from vcs.victims.preferences.records import Way
from vcs.victims.records import Victim

NOT_NEEDED = "Nobody had looked at it, and it is not needed any more."

TAKEN_BACK = "What it tells of was taken back."


def draft_for_victim(session: Session, sealer: Sealer, victim: Victim, now: datetime) -> int:
    """Draft every letter to a victim that is due and was never begun. Returns how many.

    A value that no key opens, which may be a stranger's, keeps nobody from being told and no
    choice from being recorded: the letter waits for the daily look after the key is mended.
    """
    try:
        return _draft_due(session, sealer, victim, now)
    except CannotOpen:
        return 0


def _draft_due(session: Session, sealer: Sealer, victim: Victim, now: datetime) -> int:
    session.flush()
    around = Around.of(session, sealer, victim, now)
    _end_not_needed(around)
    found = list(due(around))
    if found:
        _lock(session, around.referral)
        found = list(due(around))
    return sum(draft_one(around, row, subject) for row, subject in found)


def draft_for_referral(session: Session, sealer: Sealer, referral_id: int, now: datetime) -> int:
    """Draft what is due to each victim of a referral. Returns how many letters."""
    query = select(Victim).where(Victim.referral_id == referral_id).order_by(col(Victim.id))
    victims = session.exec(query).all()
    return sum(draft_for_victim(session, sealer, victim, now) for victim in victims)


def draft_one(around: Around, row: LetterPolicy, subject: Subject) -> bool:
    """Draft one letter, in the language of whom it is to, unless the gate stops it."""
    session, sealer, victim = around.session, around.sealer, around.victim
    wanted = Wanted(row.kind, subject.occasion)
    case = gather(session, sealer, victim, wanted, around.today).case
    if gate.holds(case, Step.DRAFT):
        return False
    letter = new_draft(session, victim, row.kind, subject)
    letter.language = as_it_may_leave(row, for_reader(row, Language(victim.person.language)))
    # A person still reads what they need: the gate asks whether this format meets it.
    letter.format = suggested(format_needs(sealer, victim.person)) or LetterFormat.STANDARD
    if case.goes_by is Way.EMAIL:
        letter.format = LetterFormat.TEXT
    letter.drafted_at = around.now
    session.add(letter)
    session.flush()
    _note(session, letter, around.referral, "letter.drafted", around.now)
    return True


def _end_not_needed(around: Around) -> None:
    """Withdraw what was drafted, and nobody has begun, where the gate or its trigger ends it."""
    drafts = select(LetterRecord).where(
        LetterRecord.victim_id == around.victim.id,
        LetterRecord.status == LetterStatus.DRAFT,
        col(LetterRecord.drafted_by).is_(None),
    )
    for letter in around.session.exec(drafts).all():
        found = subjects(around, catalogue.letter(letter.kind))
        if all(one.occasion != letter.occasion for one in found) or _is_stopped(around, letter):
            _withdraw(around.session, letter, NOT_NEEDED, around.now)


def _is_stopped(around: Around, letter: LetterRecord) -> bool:
    case = gather(around.session, around.sealer, around.victim, letter, around.today).case
    return bool(gate.holds(case, Step.DRAFT))


def end_taken_back(session: Session, now: datetime) -> int:
    """Withdraw the drafts about events that were taken back. Returns how many."""
    drafts = select(LetterRecord).where(
        LetterRecord.status == LetterStatus.DRAFT, col(LetterRecord.event_id).is_not(None)
    )
    gone = [one for one in session.exec(drafts) if is_gone(session, one)]
    for letter in gone:
        _withdraw(session, letter, TAKEN_BACK, now)
    return len(gone)


def _withdraw(session: Session, letter: LetterRecord, why: str, now: datetime) -> None:
    letter.status, letter.withdrawn_at = LetterStatus.WITHDRAWN, now
    letter.withdrawn_by, letter.withdrawn_reason = SYSTEM, why
    session.add(letter)
    victim = session.get_one(Victim, letter.victim_id)
    referral = session.get_one(Referral, victim.referral_id)
    _note(session, letter, referral, "letter.withdrawn", now)


def _note(
    session: Session, letter: LetterRecord, referral: Referral, event: str, now: datetime
) -> None:
    note = trail.Note(now, SYSTEM, event, referral.reference, letter.reference)
    trail.note(session, note)


def _lock(session: Session, referral: Referral) -> None:
    """Hold the referral: two that draft at once would each draft the letter."""
    held = select(Referral).where(Referral.id == referral.id).with_for_update()
    session.exec(held).one()
