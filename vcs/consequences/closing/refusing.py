"""A victim was asked and does not want to be referred: heard by one person, confirmed by another.

The evidence is kept at once. The referral stays owed until a manager of the unit, other than
whoever heard it, confirms the proposal that comes with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from sqlmodel import Session, select

from vcs.access.actors import Actor
from vcs.access.work import Work
from vcs.consequences.closing.close import settle
from vcs.consequences.closing.propose import Proposed, keep_proposal
from vcs.consequences.closing.reasons import REASONS
from vcs.errors import Conflict, NotValid
from vcs.referrals.closure.proposals import overtake_proposal, waiting_proposal
from vcs.referrals.closure.refusal import Refusal
from vcs.referrals.find import find_referral
from vcs.referrals.records import ClosedReason, Referral, ReferralStatus, RefusalRecord
from vcs.sealing import Sealer
from vcs.sentences.records import Sentence

HOW_SAID = {
    "by phone": "By phone",
    "by letter": "By letter",
    "by email": "By email",
    "in person": "In person",
}

_LONGEST_NAME, _LONGEST_WORDS = 200, 1000

_WRONG = "Some details need correcting."


def refuse(work: Work, referral_reference: str, refusal: Refusal) -> Referral:
    """Propose to close a referral because the victim refused it, with the evidence that they did.

    Nobody can silence a victim on their own word: a manager other than whoever heard it confirms.
    A referral that was closed so without evidence may be given it later. Raises Conflict for any
    other that is not awaited, and NotValid where the evidence is not whole.
    """
    work.require(*REASONS[ClosedReason.REFUSED_REFERRAL].proposed_by)
    referral = find_referral(work.session, referral_reference, work.actor)
    if not _lacks_evidence(work.session, referral):
        _require_awaited(referral)
    sentence = work.session.get_one(Sentence, referral.sentence_id)
    if fields := dict(_problems(refusal, sentence.sentenced_on, work.today)):
        raise NotValid(_WRONG, fields)
    work.session.add(_record(referral, work.sealer, work.actor, refusal, work.now))
    work.note("referral.refused", referral.reference, refusal.how)
    if referral.status == ReferralStatus.AWAITING:
        _propose(work, referral, refusal)
    else:
        settle(work.session, referral, work.now)
    return referral


def _propose(work: Work, referral: Referral, refusal: Refusal) -> None:
    """Ask the unit to confirm. What the victim said overtakes a proposal for another reason."""
    waiting = waiting_proposal(work.session, referral.id)
    if waiting is not None and waiting.reason == ClosedReason.REFUSED_REFERRAL:
        raise Conflict("A refusal already waits for the unit. Load the page again to see it.")
    overtake_proposal(work.session, referral, work.now)
    work.session.flush()
    keep_proposal(work, referral, Proposed(ClosedReason.REFUSED_REFERRAL, refusal.words))


def _require_awaited(referral: Referral) -> None:
    if referral.status != ReferralStatus.AWAITING:
        raise Conflict("This referral has a victim or is closed. Load the page again.")


def _lacks_evidence(session: Session, referral: Referral) -> bool:
    if referral.closed_reason != ClosedReason.REFUSED_REFERRAL:
        return False
    query = select(RefusalRecord.id).where(RefusalRecord.referral_id == referral.id)
    return session.exec(query).first() is None


def _problems(refusal: Refusal, earliest: date, today: date) -> Iterator[tuple[str, str]]:
    if not earliest <= refusal.refused_on <= today:
        yield "refused_on", "The day must lie between the day of sentence and today"
    if refusal.how not in HOW_SAID:
        yield "how", "Select how they said so"
    if not refusal.told_by.strip() or len(refusal.told_by) > _LONGEST_NAME:
        yield "told_by", f"Enter who told you, in {_LONGEST_NAME} characters or fewer"
    if not refusal.words.strip() or len(refusal.words) > _LONGEST_WORDS:
        yield "words", f"Enter what they said, in {_LONGEST_WORDS} characters or fewer"


def _record(
    referral: Referral, sealer: Sealer, actor: Actor, refusal: Refusal, now: datetime
) -> RefusalRecord:
    kept = replace(refusal, told_by=refusal.told_by.strip(), words=refusal.words.strip())
    return RefusalRecord(
        referral_id=referral.id,
        refused_on=kept.refused_on,
        how=kept.how,
        sealed=kept.sealed(sealer),
        recorded_at=now,
        recorded_by=actor.account_id,
    )
