"""One letter to others: for a page, or held until the transaction ends."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from vcs.access.actors import Actor
from vcs.access.rules import reach
from vcs.access.work import Work
from vcs.errors import NotFound
from vcs.post.others.about import About, about_letter
from vcs.post.records import LetterRecord
from vcs.referrals.records import Referral
from vcs.referrals.states import within
from vcs.sealing import Sealer
from vcs.sentences.records import Sentence


def visible_other(
    session: Session, sealer: Sealer, actor: Actor, reference: str, now: datetime
) -> tuple[LetterRecord, About]:
    """Return a letter to others with its case. Raises NotFound where it is not theirs to see."""
    letter = visible_letter(session, actor, reference)
    return letter, about_letter(session, sealer, letter, now)


def visible_letter(session: Session, actor: Actor, reference: str) -> LetterRecord:
    """Return a letter to others, without its case. Raises NotFound if the actor may not see it."""
    query = (
        select(LetterRecord)
        .join(Sentence, col(Sentence.id) == col(LetterRecord.sentence_id))
        .outerjoin(Referral, col(Referral.sentence_id) == col(Sentence.id))
        .where(LetterRecord.reference == reference, within(reach(actor)))
    )
    letter = session.exec(query).first()
    if letter is None:
        raise NotFound("There is no such letter.")
    return letter


def find_other(work: Work, reference: str) -> tuple[LetterRecord, About]:
    """Return the same, held until the transaction ends."""
    letter, _ = visible_other(work.session, work.sealer, work.actor, reference, work.now)
    return letter, hold(work, letter)


def hold(work: Work, letter: LetterRecord) -> About:
    """Hold a letter and its referral until the transaction ends; return what it is about."""
    sentence_id = letter.sentence_id
    query = select(Referral).where(Referral.sentence_id == sentence_id)
    work.session.exec(query.with_for_update(key_share=True)).first()
    work.session.refresh(letter, with_for_update=True)
    return about_letter(work.session, work.sealer, letter, work.now)


def is_to_others(session: Session, reference: str) -> bool:
    """Say whether a letter of a reference goes to others than victims."""
    query = select(LetterRecord.id).where(
        LetterRecord.reference == reference, col(LetterRecord.sentence_id).is_not(None)
    )
    return session.exec(query).first() is not None
