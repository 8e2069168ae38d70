"""A no comes back on its day, as a task with what was decided then, and before a release."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from sqlmodel import Session, col, select

from vcs.clock import london_date
from vcs.events.offender import known_sentences
from vcs.events.planned import RELEASE_KINDS
from vcs.events.records import KeyEvent
from vcs.law.deadlines.duties import in_words
from vcs.referrals.records import Referral, ReferralStatus
from vcs.sealing import Sealer
from vcs.sentences.declines.records import Decline, DeclineDecision
from vcs.sentences.records import Sentence
from vcs.tasks.ask import Question, open_tasks
from vcs.tasks.records import Task, TaskKind

_KEY = "decline_review:"


def reviews_due(session: Session, today: date, limit: int) -> list[int]:
    """Return each no that stands and whose day has come, and that nobody is asked about yet."""
    asked = select(Task.id).where(
        Task.sentence_id == Decline.sentence_id,
        Task.kind == str(TaskKind.DECLINE_REVIEW),
        col(Task.done_at).is_(None),
    )
    query = select(Decline.id).where(
        Decline.decision == str(DeclineDecision.CONFIRMED),
        col(Decline.reviewed_at).is_(None),
        Decline.review_on <= today,
        ~asked.correlate(Decline).exists(),
    )
    return list(session.exec(query.order_by(col(Decline.review_on)).limit(limit)))


def ask_for_review(session: Session, decline_id: int, now: datetime) -> bool:
    """Ask a manager to look at a no again. Returns whether somebody is asked now.

    Where the sentence has been referred since, there is nothing to look at.
    """
    query = select(Decline).where(Decline.id == decline_id, col(Decline.reviewed_at).is_(None))
    decline = session.exec(query.with_for_update(skip_locked=True)).first()
    if decline is None:
        return False
    referral = session.exec(
        select(Referral).where(Referral.sentence_id == decline.sentence_id)
    ).first()
    if referral is not None and referral.status != ReferralStatus.CLOSED:
        decline.reviewed_at = now
        session.add(decline)
        return True
    sentence = session.get_one(Sentence, decline.sentence_id)
    question = Question(
        f"{_KEY}{decline.id}",
        TaskKind.DECLINE_REVIEW,
        f"On {in_words(london_date(decline.decided_at or now))} two managers decided that there "
        f"is no contact. It was to be looked at again on {in_words(decline.review_on)}. Is it "
        "still right? Ask the police or the witness care unit what has changed. Until you decide, "
        "the answer of then stands.",
        referral.region_code if referral else sentence.region_code,
        decline.review_on,
        sentence.id,
        referral.id if referral else None,
    )
    open_tasks(session, [question], london_date(now))
    return True


def bring_reviews_forward(
    session: Session, sealer: Sealer, event: KeyEvent, today: date
) -> list[str]:
    """Look again today at what was declined of an offender whose release is planned before that.

    Returns the references of the sentences.
    """
    if event.kind not in RELEASE_KINDS:
        return []
    referral = session.get_one(Referral, event.referral_id)
    sentence = session.get_one(Sentence, referral.sentence_id)
    ids = {one.id: one.reference for one in known_sentences(session, sealer, sentence)}
    moved = look_again_before(session, list(ids), event.happened_on, today)
    return [ids[one] for one in moved]


def look_again_before(
    session: Session, sentence_ids: Collection[int], release: date, today: date
) -> list[int]:
    """Look again today at what was declined until after a release. Returns the sentences."""
    query = select(Decline).where(
        col(Decline.sentence_id).in_(sentence_ids),
        Decline.decision == str(DeclineDecision.CONFIRMED),
        col(Decline.reviewed_at).is_(None),
        Decline.review_on >= release,
        Decline.review_on > today,
    )
    moved = session.exec(query.with_for_update()).all()
    for one in moved:
        one.review_on = today
        session.add(one)
    return [one.sentence_id for one in moved]
