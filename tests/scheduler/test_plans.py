"""What a sweep costs follows what is due: each of its questions is answered by an index."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlmodel import Session

from tests.journeys.world import World, told, world
from vcs.clocks import fold
from vcs.ledger.health import health
from vcs.partners.chase.reads import not_looked_at, owed_chases, to_chase
from vcs.referrals.due_days.due import missed_candidates, to_count_again

__all__ = ["world"]

TODAY = date(2026, 4, 8)

_WHOLE = re.compile(r"(?:SCAN|Seq Scan on) (?:deadline|clock)\b(?!_)")


def _clocks(session: Session, world: World) -> object:
    return fold.is_wanted(session)


def _missed(session: Session, world: World) -> object:
    return missed_candidates(session, TODAY)


def _recount(session: Session, world: World) -> object:
    return to_count_again(session, TODAY)


def _chased(session: Session, world: World) -> object:
    owed_chases(session, world.clock.now(), 10)
    not_looked_at(session, TODAY)
    return to_chase(session, TODAY)


def _watched(session: Session, world: World) -> object:
    return health(session, world.clock.now())


@pytest.mark.parametrize("find", [_clocks, _missed, _recount, _chased, _watched])
def test_no_sweep_reads_every_deadline_or_clock(world: World, find: Any) -> None:
    world.court_tells(told())
    on_postgresql = world.db.engine.dialect.name == "postgresql"
    asked: list[tuple[str, Any]] = []
    with world.db.reading() as session:
        if on_postgresql:
            # A table of one row is read whole by any planner that may.
            session.execute(text("SET LOCAL enable_seqscan = off"))
        connection = session.connection()
        event.listen(
            connection,
            "before_cursor_execute",
            lambda *given: asked.append((given[2], given[3])),
        )
        find(session, world)
        mine = [one for one in asked if one[0].lstrip().upper().startswith("SELECT")]
        plans = [_plan(connection, *one) for one in mine]
    assert plans
    assert [plan for plan in plans if _reads_whole(plan)] == []


def _plan(connection: Any, statement: str, parameters: Any) -> str:
    explain = "EXPLAIN " if connection.dialect.name == "postgresql" else "EXPLAIN QUERY PLAN "
    found = connection.exec_driver_sql(explain + statement, parameters)
    return "\n".join(str(row[-1]) for row in found)


def _reads_whole(plan: str) -> bool:
    lines = [line for line in plan.splitlines() if _WHOLE.search(line)]
    return any("INDEX" not in line for line in lines)
