"""What pages ask the gate before anything is done. Nothing here writes or locks."""

from __future__ import annotations

from sqlmodel import Session, select

from vcs.access.actors import Actor
from vcs.access.rules import may_see, require
from vcs.errors import NotFound
from vcs.post.case import gather
from vcs.post.gate import LetterCase
from vcs.post.records import LetterRecord
from vcs.referrals.records import Referral
from vcs.sealing import Sealer
from vcs.terms import Role
from vcs.victims.records import Victim


def case_of_letter(session: Session, sealer: Sealer, actor: Actor, reference: str) -> LetterCase:
    """Return what the gate asks about a letter. Raises NotFound where it is not theirs to see."""
    require(actor, Role.VLO, Role.MANAGER)
    letter = session.exec(select(LetterRecord).where(LetterRecord.reference == reference)).first()
    victim = session.get(Victim, letter.victim_id) if letter else None
    if victim is None or not _is_theirs(session, actor, victim):
        raise NotFound("There is no such letter.")
    return gather(session, sealer, victim, letter).case


def case_of_victim(session: Session, sealer: Sealer, actor: Actor, reference: str) -> LetterCase:
    """Return what the gate asks about a letter to a victim that is not drafted yet."""
    require(actor, Role.VLO, Role.MANAGER)
    victim = session.exec(select(Victim).where(Victim.reference == reference)).first()
    if victim is None or not _is_theirs(session, actor, victim):
        raise NotFound("There is no such victim.")
    return gather(session, sealer, victim, None).case


def _is_theirs(session: Session, actor: Actor, victim: Victim) -> bool:
    return may_see(actor, session.get_one(Referral, victim.referral_id))
