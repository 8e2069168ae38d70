"""One throw-away PostgreSQL for a whole test session, shared by its workers.

It is reached by a socket in a private folder and listens on no port. The first test that asks
starts it. A watcher ends it when the test session ends, however that comes about.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, flock
from functools import cache
from pathlib import Path

import psycopg
from psycopg.sql import SQL, Identifier

SUPERUSER = "postgres"
TEMPLATE = "as_migrated"
# What is lost when the machine fails may be lost: the server lives as long as the tests.
SWIFT = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200"
# Four times as fast as by the log, which is the rule from release 15 on.
_COPIED, _SINCE = "STRATEGY file_copy", 150000
WATCH = """
session=$1; folder=$2; shift 2
{
    while kill -0 "$session" 2>/dev/null; do sleep 1; done
    "$@"
    rm -rf "$folder"
} &
"""


def binaries() -> Path | None:
    """Return the folder of the newest PostgreSQL server on this machine, or None."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_release)
    on_path = shutil.which("initdb")
    found = debian[-1] if debian else on_path and Path(on_path).resolve()
    return found.parent if found else None


def _release(initdb: Path) -> int:
    name = initdb.parent.parent.name
    return int(name) if name.isdigit() else 0


class Server:
    """A PostgreSQL cluster in ``folder``. Every worker may hold one; the first starts it."""

    def __init__(self, folder: Path, binaries: Path, session_pid: int) -> None:
        self.folder = folder
        self.data = folder / "data"
        self._binaries = binaries
        self._session_pid = session_pid

    def start(self) -> None:
        """Start the server if no other worker has."""
        with locked(self.folder / "start.lock"):
            if not (self.folder / "ready").exists():
                self._create()
                (self.folder / "ready").touch()

    def _create(self) -> None:
        home = self.folder
        if _is_root():
            shutil.chown(home, SUPERUSER)
        self._run("initdb", "-D", self.data, "-U", SUPERUSER, "-A", "trust", "-E", "UTF8", "-N")
        options = f"-k {home} -c listen_addresses='' {SWIFT}"
        self._run("pg_ctl", "-D", self.data, "-l", home / "log", "-w", "-o", options, "start")
        self._watch()

    def _run(self, name: str, *arguments: str | Path) -> None:
        command = [*_as_owner(), str(self._binaries / name), *map(str, arguments)]
        subprocess.run(
            command, cwd="/", check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
        )

    def _watch(self) -> None:
        stop = [*_as_owner(), str(self._binaries / "pg_ctl"), "-D", str(self.data)]
        whom = [str(self._session_pid), str(self.folder)]
        subprocess.run(
            ["/bin/sh", "-c", WATCH, "watch", *whom, *stop, "-m", "immediate", "stop"],
            cwd="/",
            check=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def url(self, name: str) -> str:
        """Return the SQLAlchemy address of a database on this server."""
        return f"postgresql+psycopg://{SUPERUSER}@/{name}?host={self.folder}"

    def create(self, name: str, template: str = "template0") -> None:
        """Make a database as a copy of another one that nobody is using."""
        with self._connected() as connection:
            copied = _COPIED if connection.info.server_version >= _SINCE else ""
            words = SQL("CREATE DATABASE {} TEMPLATE {} {}")
            named = Identifier(name), Identifier(template), SQL(copied)
            connection.execute(words.format(*named))

    def drop(self, name: str) -> None:
        """Remove a database, and whoever is still in it."""
        words = SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
        with self._connected() as connection:
            connection.execute(words.format(Identifier(name)))

    def emptied(self, name: str, template: str) -> str | None:
        """Put a database back as its template is, and return its new name.

        A process that outlived its test knows the old name alone. None where the schema is another
        by now: then it is dropped.
        """
        anew = f"test_{uuid.uuid4().hex}"
        if not self._empty(name, template) or not self._renamed(name, anew):
            self.drop(name)
            return None
        return anew

    def _renamed(self, name: str, anew: str) -> bool:
        words = SQL("ALTER DATABASE {} RENAME TO {}").format(Identifier(name), Identifier(anew))
        try:
            with self._connected() as connection:
                connection.execute(words)
        except psycopg.errors.ObjectInUse:
            return False
        return True

    def _empty(self, name: str, template: str) -> bool:
        laid_out, tables, held = self._held(template)
        with self._connected(name) as connection:
            with connection.transaction():
                connection.execute(_LEAVE)
                if _laid_out(connection) != laid_out:
                    return False
                filled = _filled(connection, tables)
                deleted = [SQL("DELETE FROM {}").format(Identifier(one)) for one in filled]
                connection.execute(SQL("; ").join([_UNCHECKED, *deleted, _COUNT_ANEW]))
                for table, rows in held:
                    connection.execute(_FILLED.format(Identifier(table)), [rows])
            backend = connection.info.backend_pid
        _wait_for_end(backend)
        return True

    @cache  # noqa: B019 - a worker has one server, until it ends
    def _held(self, template: str) -> tuple[object, list[str], list[tuple[str, str]]]:
        with self._connected(template) as connection:
            tables = _tables(connection)
            return _laid_out(connection), tables, _rows(connection, tables)

    def _connected(self, name: str = "postgres") -> psycopg.Connection:
        address = f"host={self.folder} user={SUPERUSER} dbname={name}"
        return psycopg.connect(address, autocommit=True)


_LEAVE = """
SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""

_UNCHECKED = SQL("SET LOCAL session_replication_role = replica")

_COUNT_ANEW = SQL("""
SELECT setval(seqrelid::regclass, seqstart, false) FROM pg_sequence
WHERE pg_sequence_last_value(seqrelid) IS NOT NULL
""")

_FILLED = SQL("INSERT INTO {0} SELECT * FROM json_populate_recordset(NULL::{0}, %s)")

# A copy has its template's rows of these, each with the transaction that wrote it: whatever changes
# a schema writes some of them again. To describe the schema itself takes twenty times as long.
_LAID_OUT = " UNION ALL ".join(
    f"SELECT count(*), max(xmin::text::bigint) FROM {catalog}"  # noqa: S608 - names from below
    for catalog in ("pg_class", "pg_attribute", "pg_constraint", "pg_trigger", "pg_proc")
)


def _laid_out(connection: psycopg.Connection) -> object:
    """Return what differs once a table, column, index, constraint or trigger was changed."""
    return connection.execute(_LAID_OUT).fetchall()


def _tables(connection: psycopg.Connection) -> list[str]:
    found = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    return [name for (name,) in found]


def _filled(connection: psycopg.Connection, tables: list[str]) -> list[str]:
    """Return the tables that hold anything."""
    each = [SQL("EXISTS (SELECT FROM {})").format(Identifier(one)) for one in tables]
    answers = connection.execute(SQL("SELECT {}").format(SQL(", ").join(each))).fetchone()
    return [one for one, is_filled in zip(tables, answers or (), strict=True) if is_filled]


def _rows(connection: psycopg.Connection, tables: list[str]) -> list[tuple[str, str]]:
    """Return each table that is not empty, with its rows as JSON."""
    every = SQL("SELECT json_agg(held)::text FROM {} AS held")
    found = [
        (table, connection.execute(every.format(Identifier(table))).fetchone()) for table in tables
    ]
    return [(table, row[0]) for table, row in found if row and row[0]]


def _wait_for_end(backend: int) -> None:
    """Wait until a connection's process is gone: a rename that still finds it sleeps for 100 ms."""
    for _ in range(1000):
        try:
            os.kill(backend, 0)
        except ProcessLookupError:
            return
        time.sleep(0.001)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold a lock that every worker of the session shares."""
    with path.open("w") as file:
        flock(file, LOCK_EX)
        yield


def _is_root() -> bool:
    return os.geteuid() == 0


def _as_owner() -> list[str]:
    """Return what goes before a command: PostgreSQL refuses to run as root."""
    return ["runuser", "-u", SUPERUSER, "--"] if _is_root() else []
