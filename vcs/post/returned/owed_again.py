"""What a letter that came back had met is owed again, with its true lateness: for each kind."""

from __future__ import annotations

from datetime import date

from sqlmodel import col, select

from vcs.access.work import Work
from vcs.events.sets.in_vain import owe_telling_again
from vcs.law.deadlines.duties import FIRST_CONTACT
from vcs.post import catalogue
from vcs.post.records import LetterRecord
from vcs.referrals.due_days.deadlines import meet, take_back
from vcs.victims.contact.first_contact import settle_first_contact
from vcs.victims.records import PostedLetter, Victim


def owe_again(work: Work, letter: LetterRecord, victim: Victim, posted: PostedLetter) -> None:
    """Owe again every duty that posting a letter met, unless another letter met it as well.

    Where a clock shows the duty (``vcs/clocks``), what it is met by is taken back here: an event
    that counts as told by this letter.
    """
    row = catalogue.letter(letter.kind)
    for duty in dict.fromkeys(filter(None, (posted.duty, row.duty, *row.duties_too))):
        if duty == FIRST_CONTACT:
            settle_first_contact(work, victim)
            continue
        take_back(work.session, victim.referral_id, victim.id, duty, posted.posted_on)
        if (day := _still_met_on(work, letter, duty)) is not None:
            meet(work.session, victim.referral_id, victim.id, duty, day)
    if letter.event_id is not None and _still_met_on(work, letter, row.duty) is None:
        owe_telling_again(work, victim, letter.event_id)


def _still_met_on(work: Work, letter: LetterRecord, duty: str | None) -> date | None:
    """Return when another letter for the same occasion left that did not come back."""
    kinds = catalogue.kinds_meeting(duty) if duty else (letter.kind,)
    query = (
        select(col(PostedLetter.posted_on))
        .join(LetterRecord, col(LetterRecord.id) == col(PostedLetter.letter_id))
        .where(
            PostedLetter.victim_id == letter.victim_id,
            col(PostedLetter.came_back_on).is_(None),
            col(LetterRecord.kind).in_(kinds),
            LetterRecord.occasion == letter.occasion,
        )
        .order_by(col(PostedLetter.posted_on))
    )
    return work.session.exec(query).first()
