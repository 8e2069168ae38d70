"""What a test session does the short way: waiting for the disk, and comparing schemas.

What is lost when the machine fails may be lost. A process that is killed loses nothing by it, and
the programs that tests start and kill have the program's own setting.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from functools import cache

import pytest
from sqlalchemy import Connection

Prepare = Callable[[sqlite3.Connection, object], None]
Compare = Callable[[Connection], list[str]]


def use(patch: pytest.MonkeyPatch) -> None:
    """Let SQLite, in this process alone, not wait for the disk, and compare each schema once."""
    from vcs.migrations import upgrade

    as_the_program_has_it()
    patch.setattr("vcs.database._prepare_sqlite", prepare_sqlite)
    for compare in (upgrade._differences, upgrade._missing_checks):
        patch.setattr(upgrade, compare.__name__, once_for_each_schema(compare))


@cache
def as_the_program_has_it() -> Prepare:
    """Return what the program prepares a connection by. First asked before it is replaced."""
    from vcs import database

    return database._prepare_sqlite


def prepare_sqlite(connection: sqlite3.Connection, record: object) -> None:
    """Prepare a connection as the program does, and let a commit return before it is on disk."""
    as_the_program_has_it()(connection, record)
    connection.execute("PRAGMA synchronous=OFF").close()


def once_for_each_schema(compare: Compare) -> Compare:
    """Return a comparison that keeps what it found of each schema of a SQLite file.

    It takes half a second, at the start of every command. What it finds follows from the words by
    which the tables were made, and those are read every time.
    """
    kept: dict[object, list[str]] = {}

    def compared(connection: Connection) -> list[str]:
        if connection.dialect.name != "sqlite":
            return compare(connection)
        words = connection.exec_driver_sql("SELECT type, name, tbl_name, sql FROM sqlite_master")
        schema = frozenset(tuple(row) for row in words)
        if schema not in kept:
            kept[schema] = compare(connection)
        return [*kept[schema]]

    return compared
