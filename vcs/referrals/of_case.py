"""The sentences of one case, whether or not they were referred."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import Session, col

from vcs.access.actors import Actor
from vcs.access.rules import Act, may_see, require_may
from vcs.intake.identifiers import case_reference
from vcs.referrals.records import Referral
from vcs.sealing import Sealer
from vcs.sentences.decisions import SentenceView, sentence_view
from vcs.sentences.records import Sentence

_MOST = 100


@dataclass(frozen=True, slots=True)
class SentenceOfCase:
    """One sentence of a case, with the reference of its referral where there is one."""

    sentence: SentenceView
    referral_reference: str | None


def sentences_of_case(
    session: Session, sealer: Sealer, actor: Actor, typed: str
) -> tuple[SentenceOfCase, ...]:
    """Return the sentences of a case that a person may see, the oldest first.

    The case reference may be written in any of its forms.
    """
    require_may(actor, Act.SEE_SENTENCES)
    key = case_reference(typed)
    if not key:
        return ()
    query = (
        select(Sentence, Referral)
        .outerjoin(Referral, col(Referral.sentence_id) == col(Sentence.id))
        .where(col(Sentence.case_key) == key)
        .order_by(col(Sentence.sentenced_on), col(Sentence.id))
        .limit(_MOST)
    )
    return tuple(
        SentenceOfCase(sentence_view(sealer, sentence), referral.reference if referral else None)
        for sentence, referral in session.execute(query)
        if may_see(actor, referral or sentence)
    )
