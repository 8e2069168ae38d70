"""What a sweep costs: as many due among few that are open as among a million."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from datetime import date, timedelta
from typing import Any

from sqlalchemy import text
from sqlmodel import Session

from tests.bench.backlog import filled
from vcs import clock, marking
from vcs.alerts.causes import missed
from vcs.clocks import fold
from vcs.clocks.marks import CLOCK_MARKS
from vcs.database import Database
from vcs.ledger.kept.marks import start_marking, stop_marking
from vcs.ledger.kept.recount import keep_all
from vcs.partners.chase.reads import to_chase
from vcs.partners.chase.records import Mailbox
from vcs.referrals.due_days.due import missed_candidates, to_count_again

_SMALL, _DUE, _ROUNDS, _MARKED = 10_000, 1_000, 7, 25

_FAR = timedelta(days=2000)


def run(large: int = 1_000_000, kinds: Iterable[str] = ("sqlite", "postgresql")) -> dict[str, Any]:
    """Return milliseconds with few and with many open, of which a thousand are due."""
    return {kind: _on(kind, large) for kind in kinds}


def _on(kind: str, large: int) -> dict[str, Any] | str:
    today, held = clock.today(), {}
    began = time.perf_counter()
    with ExitStack() as stack:
        for size in (_SMALL, large):
            try:
                _, db, _ = stack.enter_context(filled(size, kind))
            except LookupError:
                return "not on this machine"
            spread(db, today)
            held[size] = db
        filled_in = time.perf_counter() - began
        # The server of PostgreSQL works in processes of its own.
        timer = time.process_time if kind == "sqlite" else time.perf_counter
        # Turn by turn, so that neighbours on the same machine weigh on both alike.
        rounds = [
            {size: _cost(db, today, timer) for size, db in held.items()} for _ in range(_ROUNDS)
        ]
    costs = {size: min(one[size] for one in rounds) for size in held}
    return {
        "milliseconds": {size: round(cost * 1000, 1) for size, cost in costs.items()},
        "ratio": round(costs[large] / costs[_SMALL], 2),
        "seconds_to_fill": round(filled_in),
    }


def spread(db: Database, today: date) -> None:
    """Have a thousand of the open deadlines fall due, and all others years from now."""
    with db.engine.begin() as connection:
        stop_marking(connection)
        marking.stop(connection, CLOCK_MARKS)
        far = {"far": today + _FAR, "due": today - timedelta(days=1)}
        connection.execute(text("UPDATE deadline SET due_on = :far, missed_on = NULL"), far)
        connection.execute(text("UPDATE clock SET due_on = :far"), far)
        some = f"SELECT id FROM deadline WHERE met_on IS NULL ORDER BY id LIMIT {_DUE}"
        connection.execute(text(f"UPDATE deadline SET due_on = :due WHERE id IN ({some})"), far)
        # The others were opened long ago, too: what is new is looked at by itself.
        old = {"old": today - _FAR}
        due = f"SELECT referral_id FROM deadline WHERE id IN ({some})"
        connection.execute(
            text(f"UPDATE referral SET opened_on = :old WHERE id NOT IN ({due})"), old
        )
        area = connection.execute(text("SELECT police_area FROM referral LIMIT 1")).scalar_one()
        start_marking(connection)
        marking.start(connection, CLOCK_MARKS)
        connection.execute(text("ANALYZE"))
    with db.writing() as session:
        session.add(Mailbox(police_area=area, name="Unit", email="unit@example.org"))
        keep_all(session)


def _cost(db: Database, today: date, timer: Callable[[], float]) -> float:
    """Return the seconds of what a sweep looks for, and of marking some of what it found."""
    began = timer()
    with db.reading() as session:
        found = _find(session, today)
    for deadline_id in found[:_MARKED]:
        with db.writing() as session:
            missed.mark_missed(session, deadline_id, today, clock.now())
    return timer() - began


def _find(session: Session, today: date) -> list[int]:
    to_count_again(session, today)
    fold.is_wanted(session)
    to_chase(session, today)
    return missed_candidates(session, today, _DUE)
