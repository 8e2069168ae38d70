"""One letter to work on, held until the transaction ends."""

from __future__ import annotations

from sqlmodel import Session

from vcs.access.actors import Actor
from vcs.errors import NotFound
from vcs.post.reads import visible_letter
from vcs.post.records import LetterRecord
from vcs.referrals.records import Referral
from vcs.victims.find import find_victim
from vcs.victims.records import Victim


def find_letter(
    session: Session, reference: str, actor: Actor
) -> tuple[LetterRecord, Victim, Referral]:
    """Return a letter, its victim and referral. Raises NotFound where it is not theirs to see."""
    letter, victim, _ = visible_letter(session, reference, actor)
    try:
        found, referral = find_victim(session, victim.reference, actor)
    except NotFound:
        # Its referral was moved to another region meanwhile.
        raise NotFound("There is no such letter.") from None
    session.refresh(letter, with_for_update=True)
    return letter, found, referral
