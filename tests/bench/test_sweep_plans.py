"""What a sweep looks for is found by its day: what is open and not due is never read."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date

from sqlalchemy import event

from tests.bench.backlog import migrated
from vcs.database import connect
from vcs.partners.chase.reads import to_chase
from vcs.referrals.due_days.due import missed_candidates

TODAY = date(2026, 3, 2)


def test_a_sweep_reads_the_deadlines_that_are_due_and_no_others() -> None:
    with migrated("sqlite") as settings:
        db = connect(settings)
        asked: list[tuple[str, tuple[object, ...]]] = []

        @event.listens_for(db.engine, "before_cursor_execute")
        def keep(*given: object) -> None:
            asked.append((given[2], given[3]))  # type: ignore[arg-type]  # SQL and its values

        with db.reading() as session:
            to_chase(session, TODAY)
            missed_candidates(session, TODAY)
        db.close()
        path = settings.database_url.removeprefix("sqlite:///")
        with closing(sqlite3.connect(path)) as held:
            plans = [
                row[3]
                for sql, values in asked
                if sql.startswith("SELECT")
                for row in held.execute(f"EXPLAIN QUERY PLAN {sql}", values)
            ]
    reads = [one for one in plans if one.split()[1] == "deadline"]
    assert len(reads) == len([sql for sql, _ in asked if sql.startswith("SELECT")])
    assert [one for one in reads if "due_on<?" not in one] == []
