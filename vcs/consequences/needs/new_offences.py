"""An offender who is sentenced again: the victims of the earlier sentence are asked anew."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from sqlalchemy import func
from sqlmodel import Session, col, select

from vcs.consequences.needs.needs_triggers import Asking, is_wanted, was_asked
from vcs.events.offender import known_sentences
from vcs.intake.cursors import came_to, held_cursor
from vcs.referrals.records import Referral, ReferralStatus
from vcs.sealing import Sealer
from vcs.sentences.records import Sentence
from vcs.tasks.records import TaskTopic
from vcs.victims.needs_clock import Why, ask_again, needs_deadline
from vcs.victims.records import Victim

_CURSOR: Final = "needs asked again at new sentences"

_NEW_OFFENCE: Final = (
    "The offender was sentenced again since a victim was asked about their needs. Ask again what "
    "it changes for them."
)


def ask_at_new_sentences(session: Session, sealer: Sealer, today: date, limit: int) -> int:
    """Ask the victims of an offender who was sentenced anew; returns how many are asked."""
    cursor = held_cursor(session, _CURSOR)
    query = select(Sentence).where(col(Sentence.id) > cursor.last_id).order_by(col(Sentence.id))
    sentences = list(session.exec(query.limit(limit)))
    cursor.last_id = sentences[-1].id if sentences else cursor.last_id
    session.add(cursor)
    if not _anybody_was_asked(session):
        return 0
    asked = 0
    for sentence in sentences:
        for part, why in _of_sentence(session, sealer, sentence):
            if is_wanted(session, sealer, part, why):
                asked += ask_again(session, part, why, today)
    return asked


def has_new_sentences(session: Session) -> bool:
    """Say whether a sentence came since the last look."""
    newest = session.exec(select(func.max(col(Sentence.id)))).first() or 0
    return newest > came_to(session, _CURSOR)


def _of_sentence(session: Session, sealer: Sealer, sentence: Sentence) -> Iterator[Asking]:
    """Yield the victims of an offender's other referrals who were asked before this sentence."""
    others = [one.id for one in known_sentences(session, sealer, sentence)[1:]]
    query = (
        select(Victim, Referral)
        .join(Referral, col(Referral.id) == col(Victim.referral_id))
        .where(
            col(Referral.sentence_id).in_(others),
            col(Referral.status) != ReferralStatus.CLOSED,
            was_asked(),
        )
    )
    if sentence.gone or not others:
        return
    for victim, referral in session.exec(query.order_by(col(Victim.id))).all():
        held = needs_deadline(session, victim)
        if held is not None and held.met_on is not None and held.met_on < sentence.sentenced_on:
            key, day = sentence.reference, sentence.sentenced_on
            yield (victim, referral), Why(TaskTopic.NEW_OFFENCE, key, _NEW_OFFENCE, day)


def _anybody_was_asked(session: Session) -> bool:
    return session.exec(select(Victim.id).where(was_asked()).limit(1)).first() is not None
