"""What is asked while recording is found by index: it costs the same however much is held."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event

from tests.journeys.world import World, told

TOUCHED_WHOLE = (
    "audit_entry",
    "clock_mark",
    "result_meaning",
    "exclusion",
    "restriction",
    "anon_1",
)
"""The first two are read by their key from an end, one row and at most a slice; the third holds a
row for a new code, the next two one for each case that was closed to somebody; the last is what a
question within a question found, which is a few rows."""


def test_no_question_asked_while_recording_looks_through_a_table(world: World) -> None:
    if world.db.engine.dialect.name != "sqlite":
        return
    world.court_tells(told())
    with _questions(world.db.engine) as asked:
        world.court_tells(*(told(urn=f"13EX00009{n}") for n in range(10, 60)))

    plans = [plan for question in asked for plan in _plans(world, *question)]

    assert any("ix_court_message_hearing" in plan for plan in plans)
    scans = [p for p in plans if p.startswith("SCAN") and p.split()[1] not in TOUCHED_WHOLE]
    assert scans == []
    by_status = [p for p in plans if "ix_court_message_status_id" in p and "id" not in _used(p)]
    assert by_status == []


def _used(plan: str) -> str:
    """Return the columns by which an index is used, but for the status."""
    return plan.rpartition("(")[2].replace("status=?", "")


@contextmanager
def _questions(engine: Engine) -> Iterator[list[tuple[str, Any]]]:
    asked: list[tuple[str, Any]] = []

    def note(_: Any, __: Any, statement: str, parameters: Any, *___: Any) -> None:
        if statement.startswith("SELECT"):
            asked.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", note)


def _plans(world: World, statement: str, parameters: Any) -> list[str]:
    with world.db.engine.connect() as connection:
        found = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        return [str(row[3]) for row in found]
