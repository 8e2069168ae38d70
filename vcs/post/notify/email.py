"""Plain text letters that GOV.UK Notify sends by email: to whom, and handing them over.

An email goes only to somebody who said that email may be used, at the address that is held when it
is sent. The gate is asked as for a letter on paper.
"""

from __future__ import annotations

from typing import Any, Final

from sqlmodel import Session, col

from vcs.access.actors import Actor
from vcs.access.work import Work
from vcs.post.batches.fill import Filled, HeldBack, may_batch, not_left, seer
from vcs.post.notify.give import hand_over
from vcs.post.records import LetterRecord
from vcs.sealing import Sealer
from vcs.terms import LetterFormat
from vcs.victims.person import opened
from vcs.victims.preferences.reads import standing_preferences
from vcs.victims.preferences.records import Way
from vcs.victims.records import Victim

AT_A_TIME: Final = 20

NOT_BY_EMAIL: Final = (
    "They have not said that email may be used, or no email address is held. Read the letter out, "
    "or send it another way that they allow."
)


def email_for(session: Session, sealer: Sealer, letter: LetterRecord) -> str:
    """Return where a plain text letter may be emailed to; "" where it may not be."""
    if letter.format != LetterFormat.TEXT or letter.victim_id is None:
        return ""
    victim = session.get_one(Victim, letter.victim_id)
    said = standing_preferences(session, sealer, victim.person_id)
    if not said.allows(Way.EMAIL):
        return ""
    return opened(sealer, victim.person).email.strip()


def give_emails(work: Work, region_code: str | None, after: int = 0) -> Filled:
    """Give the next few plain text letters to Notify. Repeat with ``last`` until it is None.

    Nothing is sent here: the scheduler sends what is given. What may not be emailed stays on the
    list of letters that a person sends or reads out.
    """
    may_batch(work)
    query = plain_text(seer(work), region_code).where(col(LetterRecord.id) > after)
    ids = work.session.exec(query.order_by(col(LetterRecord.id)).limit(AT_A_TIME)).all()
    held = tuple(back for one in ids if (back := _give(work, one)))
    return Filled(len(ids) - len(held), held, ids[-1] if ids else None)


def plain_text(actor: Actor | None, region_code: str | None) -> Any:
    """Return a query for the ids of approved plain text letters that have not left."""
    query = not_left(actor, region_code, LetterRecord.id)
    return query.where(LetterRecord.format == LetterFormat.TEXT)


def _give(work: Work, letter_id: int) -> HeldBack | None:
    letter = work.session.get_one(LetterRecord, letter_id)
    if not email_for(work.session, work.sealer, letter):
        return HeldBack(letter.reference, NOT_BY_EMAIL)
    return hand_over(work, letter_id)
