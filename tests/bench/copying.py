"""A full database without reading that much: what a few messages left, copied many times."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, text

from vcs.database import Database

_NAMED = ""

_COPIES: dict[str, dict[str, str]] = {
    "court_message": {"receipt": _NAMED, "content_hash": _NAMED, "hearing_id": _NAMED},
    "sentence": {"reference": _NAMED, "key": _NAMED, "hearing_id": _NAMED},
    "decision": {"sentence_id": "sentence", "message_id": "court_message"},
    "telling": {
        "sentence_id": "sentence",
        "message_id": "court_message",
        "decision_id": "decision",
    },
    "referral": {"reference": _NAMED, "sentence_id": "sentence"},
    "deadline": {"key": _NAMED, "referral_id": "referral"},
    "clock": {"key": _NAMED, "referral_id": "referral"},
    "task": {
        "reference": _NAMED,
        "key": _NAMED,
        "sentence_id": "sentence",
        "referral_id": "referral",
    },
}

"""What a copied row has of its own: a name with a number behind it, or an id moved up."""


def copy(db: Database, times: int) -> None:
    """Copy every row so many times, with ids and names of their own: as if more had been read."""
    (_on_sqlite if db.engine.dialect.name == "sqlite" else _on_postgresql)(db, times)


@dataclass(frozen=True)
class _Copying:
    """How one kind of database counts up, and holds a small body in place of a message."""

    numbers: str
    small_body: str
    run: Callable[[str], object]
    last: dict[str, int]

    def table(self, name: str, columns: list[str]) -> None:
        """Copy the rows of one table; its name comes from the table above, never from outside."""
        picked = ", ".join(self._picked(name, one) for one in columns)
        self.run(
            f"INSERT INTO {name} ({', '.join(columns)}) SELECT {picked} "
            f"FROM {self.numbers}, {name} WHERE {name}.id <= {self.last[name]}"
        )

    def _picked(self, table: str, column: str) -> str:
        change = _COPIES[table].get(column)
        if column == "id":
            return f"{table}.id + n.n * {self.last[table]}"
        if column == "body":
            # The body is never read again: a small one keeps the file small.
            return self.small_body
        if change is None:
            return f"{table}.{column}"
        if change == _NAMED:
            return f"{table}.{column} || '-' || n.n"
        return f"{table}.{column} + n.n * {self.last[change]}"


def _on_sqlite(db: Database, times: int) -> None:
    # How a journal is kept can be changed only while nobody else has the file open.
    db.close()
    with closing(sqlite3.connect(str(db.engine.url.database), isolation_level=None)) as held:
        # Each copy would be marked by itself: all is counted at once afterwards.
        triggers = held.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        for name, _ in (marks := triggers.fetchall()):
            held.execute(f"DROP TRIGGER {name}")
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-400000"):
            held.execute(f"PRAGMA {pragma}")
        last = {one: _largest(held.execute(_LAST.format(one)).fetchone()) for one in _COPIES}
        numbers = (
            "(WITH RECURSIVE up(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM up WHERE n < "
            f"{times}) SELECT n FROM up) AS n"
        )
        copying = _Copying(numbers, "zeroblob(100)", held.execute, last)
        held.execute("BEGIN")
        for table in _COPIES:
            columns = [str(row[1]) for row in held.execute(f"PRAGMA table_info({table})")]
            copying.table(table, columns)
        held.execute("COMMIT")
        for _, made in marks:
            held.execute(made)
        held.execute("PRAGMA journal_mode=WAL")


def _on_postgresql(db: Database, times: int) -> None:
    with db.engine.begin() as connection:

        def run(statement: str) -> object:
            return connection.execute(text(statement))

        # Neither marks nor references are looked at for copies of what was looked at.
        run("SET LOCAL session_replication_role = replica")
        last = {one: _largest(connection.execute(text(_LAST.format(one))).one()) for one in _COPIES}
        numbers = f"generate_series(1, {times}) AS n(n)"
        copying = _Copying(numbers, "decode(repeat('00', 100), 'hex')", run, last)
        for table in _COPIES:
            copying.table(table, _columns(connection, table))
            run(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}")


_LAST = "SELECT COALESCE(MAX(id), 0) FROM {}"


def _largest(row: Sequence[Any]) -> int:
    return int(row[0])


def _columns(connection: Connection, table: str) -> list[str]:
    query = text("SELECT column_name FROM information_schema.columns WHERE table_name = :name")
    return [str(one) for one in connection.execute(query, {"name": table}).scalars()]
