"""A victim's address beside the court's, for whoever decides whether one letter may go there."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from sqlmodel import Session, col, select

from vcs.access.actors import Actor
from vcs.access.reading.looks import Look, keep_look
from vcs.access.reading.records import PersonalRead
from vcs.access.rules import Act
from vcs.access.work import Work
from vcs.errors import NotValid
from vcs.post.cases.case_parts import CasePart, shared_with
from vcs.post.find import find_letter
from vcs.post.records import LetterRecord
from vcs.sealing import Sealer
from vcs.victims.find import Part, former_rows
from vcs.victims.records import Victim
from vcs.victims.whereabouts.reveal import BothAddresses, both_of, whose_look
from vcs.victims.whereabouts.shared import marks_of, seen_among, subject_of

SEEN: str = "address.compared_for_letter"

REASON = "to decide whether the letter may go there"


def reveal_for_letter(work: Work, letter_reference: str, reason: str) -> BothAddresses:
    """Open a victim's address and every address of the court that holds a letter.

    Who looked is kept first: without it nobody may decide that the letter goes there.
    """
    work.require_may(Act.ACCEPT_SHARED_ADDRESS)
    letter, victim, referral = find_letter(work.session, letter_reference, work.actor)
    return reveal_beside(work, letter, (victim, referral), reason)


def reveal_beside(work: Work, letter: LetterRecord, whose: Part, reason: str) -> BothAddresses:
    """Open the addresses of whoever a letter that was found goes to, or is about."""
    victim, referral = whose
    if reason != REASON:
        raise NotValid("Say why you need them.", {"reason": "Select why you need to see them"})
    keep_look(
        work,
        Look(
            SEEN,
            referral.reference,
            whose_look(victim),
            reason,
            letter.reference,
            referral.vlo_account_id,
        ),
    )
    part = CasePart.of(work.session, work.sealer, victim, work.today)
    return both_of(work, victim, part.person, shared_with(part))


def marks_for_letter(
    session: Session, sealer: Sealer, victim: Victim, today: date
) -> tuple[str, ...]:
    """Return the marks of the addresses that hold a letter now: what the form carries."""
    part = CasePart.of(session, sealer, victim, today)
    return marks_of(sealer, part.person, shared_with(part))


def subject_of_seen(part: CasePart, seen: Collection[str]) -> str:
    """Return what a decision is about: the addresses that its form showed, and no other.

    One that cannot be opened cannot be shown: it is decided about with the others.
    """
    found = shared_with(part)
    covered = seen_among(part.sealer, part.person, found, seen)
    kept = [one for one in found if one in covered or not one.court.is_open]
    return subject_of(part.person, kept) if kept else ""


def has_seen_both(session: Session, actor: Actor, letter: LetterRecord, part: CasePart) -> bool:
    """Say whether somebody saw both addresses, for this letter, since either last changed."""
    query = select(PersonalRead.id).where(
        PersonalRead.account_id == actor.account_id,
        PersonalRead.event == SEEN,
        PersonalRead.thing == letter.reference,
        col(PersonalRead.refused).is_(False),
        col(PersonalRead.at) >= _changed_at(session, letter, part),
    )
    return session.exec(query).first() is not None


def _changed_at(session: Session, letter: LetterRecord, part: CasePart) -> datetime:
    hers = [row.replaced_at for row in former_rows(session, part.victim)]
    theirs = [one.court.told_at for one in shared_with(part) if one.court.told_at is not None]
    return max((letter.drafted_at, *hers, *theirs))
