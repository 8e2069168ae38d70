"""One letter to work on, held until the transaction ends."""

from __future__ import annotations

from sqlmodel import Session, select

from vcs.access.actors import Actor
from vcs.errors import NotFound
from vcs.post.records import LetterRecord
from vcs.referrals.records import Referral
from vcs.victims.find import find_victim
from vcs.victims.records import Victim


def find_letter(
    session: Session, reference: str, actor: Actor
) -> tuple[LetterRecord, Victim, Referral]:
    """Return a letter, its victim and referral. Raises NotFound where it is not theirs to see."""
    letter = session.exec(select(LetterRecord).where(LetterRecord.reference == reference)).first()
    victim = session.get(Victim, letter.victim_id) if letter else None
    if letter is None or victim is None:
        raise NotFound("There is no such letter.")
    try:
        found, referral = find_victim(session, victim.reference, actor)
    except NotFound:
        raise NotFound("There is no such letter.") from None
    session.refresh(letter, with_for_update=True)
    return letter, found, referral
