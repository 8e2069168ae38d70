"""How much stands, in numbers: for the account that is printed at the start."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlmodel import Session, col

from vcs.access.actors import Actor
from vcs.alerts.kinds import When, kinds_that
from vcs.alerts.records import AlertRecord
from vcs.intake.records import CourtMessage, MessageStatus
from vcs.ledger.figures.headline import headline
from vcs.post.records import LetterRecord, LetterStatus
from vcs.sentences.records import Sentence
from vcs.terms import Role

_EVERYWHERE = Actor(0, "", Role.ADMINISTRATOR)


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers over everything held. ``outcomes`` counts sentences by outcome."""

    messages_read: int
    set_aside: int
    outcomes: dict[str, int]
    unaccounted: int
    overdue: int
    due_soon: int
    letters: int
    alerts_sent: int


def example_counts(session: Session, today: date) -> Counts:
    """Count what is held on a day, over all regions."""
    by_status = dict(_counted(session, CourtMessage.status))
    told = headline(session, _EVERYWHERE, today)
    letters = dict(_counted(session, LetterRecord.status))
    with_it = kinds_that(When.WITH_THE_DIGEST)
    mails = (col(AlertRecord.sent_at).is_not(None), col(AlertRecord.kind).not_in(with_it))
    sent = select(func.count()).where(*mails)
    return Counts(
        by_status.get(MessageStatus.READ, 0) + by_status.get(MessageStatus.OLDER_THAN_HELD, 0),
        by_status.get(MessageStatus.SET_ASIDE, 0),
        dict(_counted(session, Sentence.outcome)),
        told.unaccounted,
        told.overdue,
        told.due_soon,
        letters.get(LetterStatus.APPROVED, 0),
        session.execute(sent).scalar_one(),
    )


def _counted(session: Session, column: str) -> list[tuple[str, int]]:
    found = session.execute(select(col(column), func.count()).group_by(col(column)))
    return [(word, count) for word, count in found]
