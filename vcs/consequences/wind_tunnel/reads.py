"""What pages and files show of trials: a person sees their own, as often as they like."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from vcs.access.actors import Actor
from vcs.access.rules import Act, may, reach, require_may
from vcs.consequences.wind_tunnel.records import Trial, TrialMove
from vcs.errors import NotFound
from vcs.sentences.records import Sentence

_NEWEST = 50


@dataclass(frozen=True, slots=True)
class TrialView:
    """One trial. ``found`` is None until it is finished; ``expected`` is 0 before it begins."""

    reference: str
    words: str
    asked_at: datetime
    expected: int
    looked_at: int
    finished_at: datetime | None
    found: dict[str, Any] | None

    @property
    def percent(self) -> int:
        """Return how much of it is done, from 0 to 100."""
        if self.finished_at:
            return 100
        return min(99, 100 * self.looked_at // self.expected) if self.expected else 0


@dataclass(frozen=True, slots=True)
class MoveRow:
    """One sentence whose answer would change: by its reference, never by whose it is."""

    reference: str
    was: str
    would_be: str
    way: str


def list_trials(session: Session, actor: Actor) -> tuple[TrialView, ...]:
    """Return what somebody tried, the newest first."""
    require_may(actor, Act.TRY_LAW)
    query = select(Trial).where(Trial.asked_by == actor.account_id)
    found = session.exec(query.order_by(col(Trial.id).desc()).limit(_NEWEST))
    return tuple(_view(one) for one in found)


def trial_view(session: Session, actor: Actor, reference: str) -> TrialView:
    """Return one trial. Raises NotFound for what is not theirs."""
    return _view(_trial(session, actor, reference))


def moves(session: Session, actor: Actor, reference: str) -> Iterator[MoveRow]:
    """Yield the sentences that would change and that somebody may see now, by reference.

    Raises NotAllowed for those who open no sentence.
    """
    trial = _trial(session, actor, reference)
    require_may(actor, Act.SEE_SENTENCES)
    within = reach(actor).covering(col(Sentence.region_code), None, col(Sentence.id))
    query = (
        select(TrialMove)
        .join(Sentence, col(Sentence.reference) == col(TrialMove.sentence_reference))
        .where(TrialMove.trial_id == trial.id, within)
        .order_by(col(TrialMove.sentence_reference))
    )
    for one in session.exec(query):
        yield MoveRow(one.sentence_reference, one.was, one.would_be, one.way)


def may_see_moves(actor: Actor) -> bool:
    """Say whether somebody may see which sentences they are."""
    return may(actor, Act.SEE_SENTENCES)


def _trial(session: Session, actor: Actor, reference: str) -> Trial:
    require_may(actor, Act.TRY_LAW)
    query = select(Trial).where(Trial.reference == reference, Trial.asked_by == actor.account_id)
    trial = session.exec(query).first()
    if trial is None:
        raise NotFound("There is no such trial of yours.")
    return trial


def _view(trial: Trial) -> TrialView:
    return TrialView(
        trial.reference,
        trial.words,
        trial.asked_at,
        trial.expected,
        trial.looked_at,
        trial.finished_at,
        json.loads(trial.counted).get("found"),
    )
