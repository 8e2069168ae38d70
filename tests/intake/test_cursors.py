"""How far a look has come is held by one process at a time, from its first moment on."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from vcs.intake.cursors import came_to, held_cursor

if TYPE_CHECKING:
    from vcs.database import Database

LOOK = "a look that nobody began"


def test_two_that_begin_one_look_at_one_moment_go_on_one_after_the_other(
    database: Database,
) -> None:
    holds, seen = threading.Event(), []

    def second() -> None:
        assert holds.wait(timeout=20)
        with database.writing() as session:
            seen.append(held_cursor(session, LOOK).last_id)

    beside = threading.Thread(target=second)
    beside.start()
    with database.writing() as session:
        cursor = held_cursor(session, LOOK)
        holds.set()
        beside.join(timeout=0.3)
        cursor.last_id = 7
        session.add(cursor)
    beside.join()
    assert seen == [7]


def test_a_look_that_nobody_began_has_come_to_nothing(database: Database) -> None:
    with database.reading() as session:
        assert came_to(session, LOOK) == 0
