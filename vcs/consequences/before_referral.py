"""Before anybody is referred: the victim's details are being traced, or the victim refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlmodel import Session, select

from vcs.access.actors import Actor
from vcs.access.rules import Act
from vcs.access.work import Work
from vcs.consequences.close import close, settle
from vcs.consequences.reasons import REASONS
from vcs.errors import Conflict, NotValid
from vcs.referrals.find import find_referral
from vcs.referrals.records import ClosedReason, Referral, ReferralStatus, RefusalRecord
from vcs.referrals.refusal import Refusal
from vcs.sealing import Sealer
from vcs.sentences.records import Sentence

HOW_SAID = {
    "by phone": "By phone",
    "by letter": "By letter",
    "by email": "By email",
    "in person": "In person",
}

LONGEST_LOOK = timedelta(days=28)

"""How far ahead the next look may be put. Ours, and not the law's: nobody is parked."""

_LONGEST_NAME, _LONGEST_WORDS = 200, 1000

_MENDED = "Some details need correcting."


def trace(work: Work, referral_reference: str, look_again_on: date) -> Referral:
    """Record that the victim's details are being traced, and when somebody looks again.

    The duty to refer and its deadline stand: the victim has not been reached. Raises Conflict
    unless the referral is awaited.
    """
    work.require_may(Act.TRACE_VICTIM)
    referral = find_referral(work.session, referral_reference, work.actor)
    _require_awaited(referral)
    if fields := dict(look_problems(look_again_on, work.today)):
        raise NotValid(_MENDED, fields)
    traced(work, referral, look_again_on)
    return referral


def look_problems(look_again_on: date | None, today: date) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the day of the next look."""
    if look_again_on is None or not today < look_again_on <= today + LONGEST_LOOK:
        yield "look_again_on", "The next look must be after today and within the next 28 days"


def traced(work: Work, referral: Referral, look_again_on: date | None) -> None:
    """Mark an awaited referral as being traced, with the day of the next look."""
    if referral.traced_since is None:
        referral.traced_since, referral.traced_by = work.today, work.actor.account_id
    referral.look_again_on = look_again_on
    work.session.add(referral)
    work.note(
        "victim.traced", referral.reference, look_again_on.isoformat() if look_again_on else ""
    )


def refuse(work: Work, referral_reference: str, refusal: Refusal) -> Referral:
    """Close a referral because the victim refused it, with the evidence that they did.

    One that was closed so without evidence may be given it later. Raises Conflict for any other
    referral that is not awaited, and NotValid where the evidence is not whole.
    """
    work.require(*REASONS[ClosedReason.REFUSED_REFERRAL].closed_by)
    referral = find_referral(work.session, referral_reference, work.actor)
    if not _lacks_evidence(work.session, referral):
        _require_awaited(referral)
    sentence = work.session.get_one(Sentence, referral.sentence_id)
    if fields := dict(_problems(refusal, sentence.sentenced_on, work.today)):
        raise NotValid(_MENDED, fields)
    work.session.add(_record(referral, work.sealer, work.actor, refusal, work.now))
    if referral.status == ReferralStatus.AWAITING:
        close(work, referral, ClosedReason.REFUSED_REFERRAL)
    else:
        settle(work.session, referral, work.now)
    work.note("referral.refused", referral.reference, refusal.how)
    return referral


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
