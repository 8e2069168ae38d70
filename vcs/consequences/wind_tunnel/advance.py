"""Carry a trial on for a while: what it has come to is kept, so that it may be stopped anywhere."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlmodel import Session, col

from vcs.access.emergency.opened import with_what_they_see
from vcs.access.records import Account
from vcs.access.rules import Act, may, reach_of_counts
from vcs.access.signing_in.sign_in import actor_of
from vcs.clock import london_date
from vcs.consequences.wind_tunnel.clocks import tried
from vcs.consequences.wind_tunnel.counts import Tally
from vcs.consequences.wind_tunnel.decide import Moved
from vcs.consequences.wind_tunnel.records import (
    MOST_MOVES,
    Trial,
    TrialMove,
    scenario_of,
    tries_law,
)
from vcs.consequences.wind_tunnel.scenario import ClockChange
from vcs.consequences.wind_tunnel.walk import Over, walk
from vcs.database import Database
from vcs.sentences.records import Sentence
from vcs.tables import table_of

_TRIALS, _MOVES, _SENTENCES = table_of(Trial), table_of(TrialMove), table_of(Sentence)


@dataclass(slots=True)
class _Came:
    """What a while of work came to: how far, what was counted, and which sentences move."""

    last: str
    counted: dict[str, Any]
    moves: list[Moved] = field(default_factory=list)
    is_done: bool = False


def advance(db: Database, now: datetime, workers: int, is_over: Callable[[], bool]) -> int:
    """Go on with the trial that was asked for first. Return how many sentences were looked at.

    ``is_over`` ends it after the few sentences in hand. What another process did meanwhile stands.
    """
    with db.reading() as session:
        waiting = select(Trial).where(col(Trial.finished_at).is_(None)).order_by(col(Trial.id))
        trial = session.execute(waiting.limit(1)).scalars().first()
        if trial is None:
            return 0
        expected = trial.expected or _expected(session, trial, now)
        came = _work(session, trial, now, (workers, is_over))
    with db.writing() as session:
        return _keep(session, trial, came, (expected, now))


def for_a_while(seconds: float) -> Callable[[], bool]:
    """Return what says that so many seconds are over."""
    end = time.monotonic() + seconds
    return lambda: time.monotonic() >= end


def _actor(session: Session, trial: Trial, now: datetime) -> Any:
    return with_what_they_see(session, actor_of(session.get_one(Account, trial.asked_by)), now)


def _expected(session: Session, trial: Trial, now: datetime) -> int:
    reach = reach_of_counts(_actor(session, trial, now))
    within = reach.covering(_SENTENCES.c.region_code, None, _SENTENCES.c.id)
    count = select(func.count(_SENTENCES.c.id)).where(within)
    return int(session.execute(count).scalar_one())


def _work(
    session: Session, trial: Trial, now: datetime, how: tuple[int, Callable[[], bool]]
) -> _Came:
    workers, is_over = how
    actor = _actor(session, trial, now)
    reach, opens = reach_of_counts(actor), may(actor, Act.SEE_SENTENCES)
    came = _Came(trial.last_reference, json.loads(trial.counted))
    tally = Tally.from_plain(came.counted)
    if tries_law(trial):
        over = Over(after=trial.last_reference, reach=reach)
        for step in walk(session, scenario_of(trial), workers, over):
            tally.add_step(step.count, step.moved, step.unread)
            came.last = step.last
            came.moves += step.moved if opens else []
            if is_over():
                came.counted = tally.as_plain()
                return came
    found = tally.as_json(scenario_of(trial)) | {"clock": None}
    if trial.duty:
        change = ClockChange(trial.duty, trial.working_days or 0)
        found["clock"] = tried(session, change, london_date(now), reach)
    came.counted, came.is_done = tally.as_plain() | {"found": found}, True
    return came


def _keep(session: Session, trial: Trial, came: _Came, at: tuple[int, datetime]) -> int:
    expected, now = at
    as_seen = (
        _TRIALS.c.id == trial.id,
        _TRIALS.c.last_reference == trial.last_reference,
        _TRIALS.c.finished_at.is_(None),
    )
    values = {
        "expected": expected,
        "looked_at": came.counted["looked_at"],
        "last_reference": came.last,
        "counted": json.dumps(came.counted, sort_keys=True),
        "finished_at": now if came.is_done else None,
    }
    taken = update(_TRIALS).where(*as_seen).values(values).returning(_TRIALS.c.id)
    if session.execute(taken).first() is None:
        return 0
    _keep_moves(session, trial.id, came.moves)
    return int(came.counted["looked_at"]) - trial.looked_at


def _keep_moves(session: Session, trial_id: int, moves: Iterable[Moved]) -> None:
    query = select(func.count(_MOVES.c.id)).where(_MOVES.c.trial_id == trial_id)
    left = MOST_MOVES - session.execute(query).scalar_one()
    rows = [
        {
            "trial_id": trial_id,
            "sentence_reference": one.reference,
            "was": one.was,
            "would_be": one.would_be,
            "way": str(one.way),
        }
        for one in moves
    ]
    if rows[:left]:
        session.execute(insert(_MOVES), rows[:left])
