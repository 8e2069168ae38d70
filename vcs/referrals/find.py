"""Find a referral or a sentence to work on, held until the transaction ends."""

from __future__ import annotations

from sqlmodel import Session, col, select

from vcs.access.actors import Actor
from vcs.access.rules import may_see, reach, seen_by
from vcs.errors import Conflict, NotFound
from vcs.referrals.records import Referral, ReferralStatus
from vcs.referrals.states import within
from vcs.sentences.records import Sentence


def find_referral(session: Session, reference: str, actor: Actor) -> Referral:
    """Return a referral to work on, held until the transaction ends.

    Raises NotFound where there is none, and just the same where it is not this person's to see.
    """
    query = select(Referral).where(Referral.reference == reference, seen_by(actor, Referral))
    referral = session.exec(query.with_for_update(key_share=True)).first()
    if referral is None:
        raise NotFound("There is no such referral.")
    return referral


def find_sentence(
    session: Session, reference: str, actor: Actor, *, hold: bool = False
) -> tuple[Sentence, Referral | None]:
    """Return a sentence with its referral, if it has one; ``hold`` keeps both until the end.

    Raises NotFound where there is none, and just the same where it is not this person's to see:
    the referral says so where there is one.
    """
    named = (
        select(Sentence)
        .outerjoin(Referral, col(Referral.sentence_id) == col(Sentence.id))
        .where(Sentence.reference == reference, within(reach(actor)))
    )
    sentence = session.exec(named.with_for_update(of=Sentence) if hold else named).first()
    if sentence is None:
        raise NotFound("There is no such sentence.")
    held = select(Referral).where(Referral.sentence_id == sentence.id)
    referral = session.exec(held.with_for_update() if hold else held).first()
    if not may_see(actor, referral or sentence):
        # Its referral was opened, or moved to another region, meanwhile.
        raise NotFound("There is no such sentence.")
    return sentence, referral


def _refuse_closed(referral: Referral) -> None:
    if referral.status == ReferralStatus.CLOSED:
        raise Conflict("This referral is closed. Load the page again to see why.")
