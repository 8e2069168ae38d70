"""Draft the letters to others that their triggers bring, and look again at those that wait."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlmodel import Session, col, exists, or_, select

from vcs.access.actors import SYSTEM
from vcs.clock import london_date
from vcs.database import insert_once
from vcs.errors import CannotOpen
from vcs.post import gate
from vcs.post.catalogue import CATALOGUE, Addressee, LetterPolicy
from vcs.post.holds.hold_kinds import Step
from vcs.post.others.about import About, OtherSubject, about_case, about_letter, names_a_victim
from vcs.post.others.case import begun_for, case_before
from vcs.post.others.destinations.recipients import ask_for_office
from vcs.post.others.records import PartnerLook
from vcs.post.others.triggers import FINDS, Case, candidates
from vcs.post.others.withdraw import look_again, new_draft, note
from vcs.post.records import LetterRecord, LetterStatus
from vcs.referrals.records import Referral
from vcs.sealing import Sealer
from vcs.tables import table_of
from vcs.victims.records import PostedLetter, Victim

TO_OTHERS: Final = tuple(row for row in CATALOGUE if row.to is not Addressee.CONTACT)

AT_A_TIME: Final = 100

ROUND: Final = timedelta(hours=1)
"""How long after the end of one round of looking the next begins."""

AGAIN: Final = timedelta(minutes=10)
"""How long after one look a letter that waits is looked at again."""


def next_cases(session: Session, row: LetterPolicy, now: datetime) -> list[Case]:
    """Return the next few cases that may need a letter of a kind, and keep how far that has come.

    Empty at the end of a round; one that was over begins again after a while.
    """
    look = _held_look(session, row)
    if look.ended_at is not None and now - look.ended_at < ROUND:
        return []
    look.ended_at = None
    found = candidates(session, row.trigger, london_date(now), look.after_id, AT_A_TIME)
    if len(found) < AT_A_TIME:
        look.after_id, look.ended_at = 0, now
    else:
        look.after_id = found[-1][0]
    session.add(look)
    return found


def _held_look(session: Session, row: LetterPolicy) -> PartnerLook:
    """Return how far the look has come, held until the transaction ends."""
    first = {"trigger": row.kind, "after_id": 0}
    session.execute(insert_once(session, table_of(PartnerLook), "trigger"), [first])
    held = select(PartnerLook).where(PartnerLook.trigger == row.kind)
    return session.exec(held.with_for_update()).one()


def draft_case(
    session: Session, sealer: Sealer, row: LetterPolicy, case: Case, now: datetime
) -> int:
    """Draft the letters of one kind about one case. Returns how many."""
    sentence_id, victim_id = case
    victim = session.get(Victim, victim_id) if victim_id and names_a_victim(row) else None
    about = about_case(session, sealer, sentence_id, victim, now)
    try:
        return sum(_draft_one(about, row, one) for one in FINDS[row.trigger](about))
    except CannotOpen:
        # A value that no key opens keeps no other letter from being drafted.
        return 0


def _draft_one(about: About, row: LetterPolicy, subject: OtherSubject) -> bool:
    """Draft one letter, once for its occasion, unless the gate stops it.

    What the law says must go stays owed however late it is.
    """
    is_owed = row.duty is not None or about.is_recent(subject.known_on)
    if not is_owed or _was_begun(about, row, subject):
        return False
    if about.referral is not None:
        held = select(Referral).where(Referral.id == about.referral.id).with_for_update()
        about.session.exec(held).one()
        if _was_begun(about, row, subject):
            return False
    if gate.holds(case_before(about, row.kind, subject.occasion), Step.DRAFT):
        return False
    letter = new_draft(about, row.kind, subject.occasion)
    about.session.add(letter)
    about.session.flush()
    note(about, SYSTEM, "letter.drafted", letter.reference)
    ask_for_office(about.session, letter, about)
    return True


def _was_begun(about: About, row: LetterPolicy, subject: OtherSubject) -> bool:
    """Say whether one was ever begun; one that was withdrawn and never left is not.

    Only what stopped it withdraws one: where that ends, it is due again. A draft that took its
    place counts by itself.
    """
    left = exists().where(col(PostedLetter.letter_id) == col(LetterRecord.id))
    query = begun_for(about, row.kind, subject.occasion).where(
        or_(col(LetterRecord.status) != LetterStatus.WITHDRAWN, left)
    )
    return about.session.exec(query).first() is not None


def to_look_at_again(session: Session, now: datetime, limit: int = AT_A_TIME) -> list[int]:
    """Return letters to others that wait and that nobody looked at for a while."""
    posted = exists().where(col(PostedLetter.letter_id) == col(LetterRecord.id))
    query = select(LetterRecord.id).where(
        col(LetterRecord.sentence_id).is_not(None),
        col(LetterRecord.status).in_([LetterStatus.DRAFT, LetterStatus.APPROVED]),
        or_(
            col(LetterRecord.looked_again_at).is_(None),
            col(LetterRecord.looked_again_at) < now - AGAIN,
        ),
        ~posted,
    )
    return list(session.exec(query.order_by(col(LetterRecord.id)).limit(limit)))


def look_again_at(session: Session, sealer: Sealer, letter_id: int, now: datetime) -> bool:
    """Withdraw one letter where it must not go any more, and ask for its office where missing."""
    letter = session.get_one(LetterRecord, letter_id, with_for_update=True)
    about = about_letter(session, sealer, letter, now)
    if look_again(about, letter, SYSTEM):
        return True
    if letter.status == LetterStatus.DRAFT:
        ask_for_office(session, letter, about)
    return False
