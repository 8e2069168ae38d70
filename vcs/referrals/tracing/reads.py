"""How far the trace of a referral's victim has come, as pages and the closing ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, func, select

from vcs.access.reads import names_of
from vcs.referrals.records import ReopeningRecord
from vcs.referrals.tracing.ladder import EXHAUSTED, LADDER, TraceStep
from vcs.referrals.tracing.records import TraceRecord
from vcs.sealing import UNOPENED, Sealer, shown


@dataclass(frozen=True, slots=True)
class Tried:
    """One try at a step. ``tried_on`` is None where it was not tried, for the reason in words."""

    outcome: str
    tried_on: date | None
    words: str
    by: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the trace, with every try at it, newest first."""

    step: str
    name: str
    tries: tuple[Tried, ...]

    @property
    def is_exhausted(self) -> bool:
        """Say whether the step led nowhere, or was not possible."""
        return bool(self.tries) and self.tries[0].outcome in EXHAUSTED


@dataclass(frozen=True, slots=True)
class TraceView:
    """The whole trace of a referral."""

    rungs: tuple[Rung, ...]

    @property
    def taken(self) -> int:
        """Count the steps that led nowhere or were not possible."""
        return sum(rung.is_exhausted for rung in self.rungs)

    @property
    def is_begun(self) -> bool:
        """Say whether any step was recorded."""
        return any(rung.tries for rung in self.rungs)


def trace_view(session: Session, sealer: Sealer, referral_id: int) -> TraceView:
    """Return the trace of a referral, every step in its place."""
    query = select(TraceRecord).where(TraceRecord.referral_id == referral_id)
    found = session.exec(query.order_by(col(TraceRecord.id).desc())).all()
    names = names_of(session) if found else {}
    return TraceView(
        tuple(
            Rung(step, name, tuple(_tried(sealer, one, names) for one in found if one.step == step))
            for step, name in LADDER.items()
        )
    )


def steps_missing(session: Session, referral_id: int) -> tuple[TraceStep, ...]:
    """Return the steps that were neither tried to their end nor given a reason why not.

    What was tried before a closing that did not last is tried again.
    """
    query = select(TraceRecord.step, TraceRecord.outcome).where(
        TraceRecord.referral_id == referral_id
    )
    reopened = select(func.max(col(ReopeningRecord.reopened_at))).where(
        ReopeningRecord.referral_id == referral_id
    )
    if (since := session.exec(reopened).first()) is not None:
        query = query.where(col(TraceRecord.recorded_at) >= since)
    last: dict[str, str] = dict(session.exec(query.order_by(col(TraceRecord.id))).all())
    return tuple(step for step in LADDER if last.get(step) not in EXHAUSTED)


def _tried(sealer: Sealer, one: TraceRecord, names: Mapping[int, str]) -> Tried:
    words = shown(sealer.open_text, one.sealed, UNOPENED)
    by = names.get(one.recorded_by, "")
    return Tried(one.outcome, one.tried_on, words, by, one.recorded_at)
