"""The no that waits for a second manager, the one that stands, and both as pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from vcs.sealing import UNOPENED, Sealer, shown
from vcs.sentences.declines.records import Decline, DeclineDecision
from vcs.sentences.records import DecisionRecord
from vcs.tasks.records import Task


@dataclass(frozen=True, slots=True)
class DeclineView:
    """One proposal with its words, and the task that it was proposed in.

    ``decision`` is None while a second manager is waited for. ``is_of_now`` says that the law's
    answer has not changed since.
    """

    id: int
    task: str
    reason: str
    words: str
    review_on: date
    proposed_at: datetime
    proposed_by: str
    is_own: bool
    decision: str | None
    decided_at: datetime | None
    decided_by: str
    decided_words: str
    is_of_now: bool

    @property
    def is_waiting(self) -> bool:
        """Say whether a second manager has still to answer."""
        return self.decision is None


def standing_decline(session: Session, sentence_id: int) -> Decline | None:
    """Return the no that stands about a sentence; None where there is none, or it was reviewed."""
    query = select(Decline).where(
        Decline.sentence_id == sentence_id,
        Decline.decision == str(DeclineDecision.CONFIRMED),
        col(Decline.reviewed_at).is_(None),
    )
    return session.exec(query.order_by(col(Decline.id).desc()).limit(1)).first()


def newest_decision_id(session: Session, sentence_id: int) -> int:
    """Return the id of the decision of the law that stands."""
    query = select(DecisionRecord.id).where(DecisionRecord.sentence_id == sentence_id)
    return session.exec(query.order_by(col(DecisionRecord.id).desc()).limit(1)).one()


def newest_decline(
    session: Session, sealer: Sealer, sentence_id: int, names: Mapping[int, str], reader: int
) -> DeclineView | None:
    """Return the newest proposal about a sentence. ``reader`` is the account that looks."""
    query = select(Decline).where(Decline.sentence_id == sentence_id)
    found = session.exec(query.order_by(col(Decline.id).desc()).limit(1)).first()
    if found is None:
        return None
    words = found.decided_sealed
    return DeclineView(
        found.id,
        session.get_one(Task, found.task_id).reference,
        found.reason,
        shown(sealer.open_text, found.sealed, UNOPENED),
        found.review_on,
        found.proposed_at,
        names.get(found.proposed_by, ""),
        found.proposed_by == reader,
        found.decision,
        found.decided_at,
        names.get(found.decided_by or 0, ""),
        shown(sealer.open_text, words, UNOPENED) if words else "",
        found.decision_id == newest_decision_id(session, sentence_id),
    )


def waits_for_second(session: Session, task_references: Iterable[str]) -> frozenset[str]:
    """Return which of some tasks wait for a second manager."""
    query = (
        select(Task.reference)
        .join(Decline, col(Decline.task_id) == col(Task.id))
        .where(col(Task.reference).in_(list(task_references)), col(Decline.decision).is_(None))
    )
    return frozenset(session.exec(query))
