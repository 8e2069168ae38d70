"""SQLite without waiting for the disk, as the session's PostgreSQL does without it too.

What is lost when the machine fails may be lost. A process that is killed loses nothing by it, and
the programs that tests start and kill have the program's own setting.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from functools import cache

Prepare = Callable[[sqlite3.Connection, object], None]


@cache
def as_the_program_has_it() -> Prepare:
    """Return what the program prepares a connection by. First asked before it is replaced."""
    from vcs import database

    return database._prepare_sqlite


def prepare_sqlite(connection: sqlite3.Connection, record: object) -> None:
    """Prepare a connection as the program does, and let a commit return before it is on disk."""
    as_the_program_has_it()(connection, record)
    connection.execute("PRAGMA synchronous=OFF").close()
