"""Make a stored decision again, found by the sentence's or the referral's reference."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session, select

from vcs.errors import NotFound
from vcs.referrals.records import Referral
from vcs.sentences.records import Sentence
from vcs.sentences.replay import Replayed, made_again, standing_decision


def replay(session: Session, reference: str, as_at: date | None = None) -> Replayed:
    """Make again the decision about a sentence that stood at the end of a day in London.

    ``reference`` is the sentence's or its referral's; without a day it is the newest decision.
    Raises NotFound where there is no such sentence, or no decision yet on that day.
    """
    return made_again(standing_decision(session, sentence_of(session, reference), as_at))


def sentence_of(session: Session, reference: str) -> int:
    """Return the id of a sentence by its own reference or its referral's; raises NotFound."""
    by_referral = select(Referral.sentence_id).where(Referral.reference == reference)
    by_itself = select(Sentence.id).where(Sentence.reference == reference)
    found = session.exec(by_itself).first() or session.exec(by_referral).first()
    if found is None:
        raise NotFound("There is no sentence or referral with that reference.")
    return found
