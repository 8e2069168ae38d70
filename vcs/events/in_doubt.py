"""Danger where an id of the person says that another case is of the same offender, and all else no.

Nobody of that case is told before a manager has compared. Their unit is asked at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlmodel import Session, col, select

from vcs.events.catalogue import DANGER_KINDS
from vcs.events.offender import events_of, known_sentences, latest_whereabouts
from vcs.events.records import KeyEvent
from vcs.referrals.records import Referral, ReferralStatus
from vcs.sealing import Sealer
from vcs.sentences.records import Sentence
from vcs.sentences.same_offender import of_one_id
from vcs.tasks.ask import Question, open_tasks
from vcs.tasks.records import TaskKind, TaskTopic

_TEXT = (
    "An offender is or was out of custody who should not be. A court gave that offender and the "
    "one of this case one id of a person, and the name, the date of birth or the prison number "
    "differs. Nobody of this case has been told. Compare the two now, and say whether they are one "
    "offender: if they are, the people of this case are told with the others."
)


def ask_units_in_doubt(session: Session, sealer: Sealer, event: KeyEvent, today: date) -> None:
    """Ask each unit that has people of what may be the same offender about danger, at once."""
    if event.kind not in DANGER_KINDS:
        return
    referral = session.get_one(Referral, event.referral_id)
    own = session.get_one(Sentence, referral.sentence_id)
    open_tasks(session, _questions(session, sealer, own, (event.reference, today)), today)


def is_at_large(session: Session, sealer: Sealer, sentence: Sentence, today: date) -> bool:
    """Say whether the last that is known of where an offender is, is danger."""
    ids = [one.id for one in known_sentences(session, sealer, sentence)]
    found = session.exec(select(Referral).where(col(Referral.sentence_id).in_(ids)))
    latest = latest_whereabouts(events_of(session, tuple(found)), today)
    return latest is not None and latest.kind in DANGER_KINDS


def _questions(
    session: Session, sealer: Sealer, own: Sentence, about: tuple[str, date]
) -> Iterator[Question]:
    event, today = about
    known = known_sentences(session, sealer, own)
    asked: set[int] = {one.id for one in known}
    for theirs in known:
        for one in of_one_id(session, sealer, theirs).perhaps:
            of_one = select(Referral).where(
                Referral.sentence_id == one.id, col(Referral.status) != ReferralStatus.CLOSED
            )
            referral = session.exec(of_one).first()
            if one.id in asked or referral is None:
                continue
            asked.add(one.id)
            yield Question(
                f"{TaskKind.SAME_OFFENDER}:{one.reference}:{theirs.reference}:{event}",
                TaskKind.SAME_OFFENDER,
                _TEXT,
                referral.region_code,
                today,
                sentence_id=one.id,
                referral_id=referral.id,
                topic=TaskTopic.DANGER,
                other_sentence_id=theirs.id,
            )
