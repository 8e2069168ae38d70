"""Find a referral or a sentence to work on, held until the transaction ends."""

from __future__ import annotations

from sqlmodel import Session, select

from vcs.access.actors import Actor
from vcs.access.rules import may_see
from vcs.errors import Conflict, NotFound
from vcs.referrals.records import Referral, ReferralStatus
from vcs.sentences.records import Sentence


def find_referral(session: Session, reference: str, actor: Actor) -> Referral:
    """Return a referral to work on, held until the transaction ends.

    Raises NotFound where there is none, and just the same where it is not this person's to see.
    """
    query = select(Referral).where(Referral.reference == reference).with_for_update(key_share=True)
    referral = session.exec(query).first()
    if referral is None or not may_see(actor, referral):
        raise NotFound("There is no such referral.")
    return referral


def find_sentence(
    session: Session, reference: str, actor: Actor, *, hold: bool = False
) -> tuple[Sentence, Referral | None]:
    """Return a sentence with its referral, if it has one; ``hold`` keeps both until the end.

    Raises NotFound where there is none, and just the same where it is not this person's to see:
    the referral says so where there is one.
    """
    named = select(Sentence).where(Sentence.reference == reference)
    sentence = session.exec(named.with_for_update() if hold else named).first()
    if sentence is None:
        raise NotFound("There is no such sentence.")
    held = select(Referral).where(Referral.sentence_id == sentence.id)
    referral = session.exec(held.with_for_update() if hold else held).first()
    if not may_see(actor, referral or sentence):
        raise NotFound("There is no such sentence.")
    return sentence, referral


def _refuse_closed(referral: Referral) -> None:
    if referral.status == ReferralStatus.CLOSED:
        raise Conflict("This referral is closed. Load the page again to see why.")
