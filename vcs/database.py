"""The one door to the database: a transaction that writes, a transaction that cannot.

SQLite (WAL, every commit synced before it is answered) and PostgreSQL alike.
"""

from __future__ import annotations

import errno
import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from sqlalchemy import Connection, Engine, Table, create_engine, event, make_url, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlmodel import Session

from vcs.errors import Busy, NotSetUp, RecordedRefusal
from vcs.settings import Settings

WAIT_SECONDS = 10

_FULL_OR_LOCKED = ("locked", "busy", "full", "disk i/o", "unable to open")

# lock not available, deadlock, serialization failure, disk full, out of memory, too many
# connections, admin shutdown, crash shutdown, cannot connect now, query cancelled, connection lost
_PASSING_STATES = ("55P03", "40P01", "40001", "53", "57", "08")

# Has an effect only within `all_or_nothing`: each transaction is a savepoint there.
_PARTS: Literal["create_savepoint"] = "create_savepoint"

_AT_THE_END = "vcs_at_the_end"

_BEFORE_COMMIT: list[Callable[[Session], None]] = []

_CANNOT_KEEP = (errno.ENOSPC, errno.EDQUOT, errno.EIO)


class Database:
    """An engine and its two kinds of transaction. Safe to share between threads."""

    def __init__(self, engine: Engine) -> None:
        """Take an engine made by :func:`connect`."""
        self.engine = engine
        self.reader: Engine
        self._writer: Engine
        self._whole: Connection | None = None
        if engine.dialect.name == "sqlite":
            self.reader = engine.execution_options(vcs_begin="read")
            self._writer = engine.execution_options(vcs_begin="write")
        else:
            self.reader = engine.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
            self._writer = engine

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Open one transaction: all of it is kept, or none. Raises Busy when locked or full.

        Where a refusal ends it that must be on record, all is undone and only the refusal kept.
        """
        with (
            busy_when_stuck(),
            Session(
                self._whole or self._writer, expire_on_commit=False, join_transaction_mode=_PARTS
            ) as session,
        ):
            try:
                yield session
            except RecordedRefusal as refusal:
                session.rollback()
                session.info.clear()
                refusal.keep(session)
                _commit(session)
                raise
            _commit(session)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Open a transaction that sees one moment and cannot write."""
        with (
            busy_when_stuck(),
            Session(
                self._whole or self.reader, autoflush=False, join_transaction_mode=_PARTS
            ) as session,
        ):
            yield session

    @contextmanager
    def all_or_nothing(self) -> Iterator[Database]:
        """Yield a database whose transactions are all parts of one: all are kept, or none.

        For one thread. A part that fails is undone by itself; the rest can go on.
        """
        with busy_when_stuck(), self._writer.begin() as connection:
            parts = Database(self.engine)
            parts._whole = connection
            yield parts

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def _commit(session: Session) -> None:
    for act in (*session.info.get(_AT_THE_END, ()), *_BEFORE_COMMIT):
        session.flush()
        act(session)
    session.commit()


def connect(settings: Settings) -> Database:
    """Open the database that the settings name. Raises NotSetUp for an address of no use."""
    url = make_url(settings.database_url)
    if url.get_backend_name() == "sqlite":
        return Database(_sqlite(url.database or ""))
    if url.get_backend_name() == "postgresql":
        return Database(_postgresql(settings.database_url))
    raise NotSetUp("VCS_DATABASE_URL must be a sqlite:// or postgresql:// address.")


def _sqlite(path: str) -> Engine:
    if not path or path == ":memory:":
        raise NotSetUp("VCS_DATABASE_URL must name a SQLite file.")
    try:
        Path(path).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # Made here, readable by its owner only: SQLite gives its other files the same mode.
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as problem:
        raise NotSetUp(f"The database file cannot be made: {problem.strerror}.") from None
    engine = create_engine(
        f"sqlite:///{path}",
        connect_args={"timeout": WAIT_SECONDS, "isolation_level": None},
        pool_size=10,
        max_overflow=30,
        pool_timeout=WAIT_SECONDS,
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _: object) -> None:
    _write_ahead(connection)
    for pragma in ("synchronous=FULL", "foreign_keys=ON", "cache_size=-32000"):
        connection.execute(f"PRAGMA {pragma}").close()


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Turn the write-ahead log on. A new file that another process turns so refuses at once."""
    for _ in range(WAIT_SECONDS * 20):
        try:
            connection.execute("PRAGMA journal_mode=WAL").close()
        except sqlite3.OperationalError as problem:
            if "locked" not in str(problem):
                raise
            time.sleep(0.05)
        else:
            return
    connection.execute("PRAGMA journal_mode=WAL").close()


def _begin_sqlite(connection: Connection) -> None:
    """Begin; a writer takes the lock at once, since a read that turns into a write cannot wait."""
    mode = connection.get_execution_options().get("vcs_begin", "write")
    if mode == "migrate":
        # Tables are made anew, which references to the old ones would not let happen.
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        # What a migration removes is overwritten in the file, and not only marked as free.
        connection.exec_driver_sql("PRAGMA secure_delete=ON")
    # Neither of these two waits for anybody, and a sweep makes hundreds: they go the short way.
    driver: sqlite3.Connection = connection.connection.dbapi_connection  # type: ignore[assignment]
    driver.execute(f"PRAGMA query_only={'ON' if mode == 'read' else 'OFF'}").close()
    if mode == "read":
        driver.execute("BEGIN").close()
    else:
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _postgresql(url: str) -> Engine:
    return create_engine(
        url,
        connect_args={
            "connect_timeout": WAIT_SECONDS,
            "options": f"-c lock_timeout={WAIT_SECONDS * 1000} -c timezone=UTC",
        },
        pool_size=10,
        max_overflow=30,
        pool_timeout=WAIT_SECONDS,
        pool_pre_ping=True,
    )


@contextmanager
def busy_when_stuck() -> Iterator[None]:
    """Turn a locked, full or unreachable database into Busy, which says to try again."""
    try:
        yield
    except DBAPIError as problem:
        if not is_passing(problem):
            raise
        raise Busy("The database is busy or full: nothing was kept. Try again shortly.") from None
    except PoolTimeout:
        raise Busy("Too much at once: nothing was kept. Try again shortly.") from None
    except OSError as problem:
        if problem.errno not in _CANNOT_KEEP:
            raise
        raise Busy("The disk is full or failing: nothing was kept. Try again later.") from None


def is_passing(problem: DBAPIError) -> bool:
    """Say whether trying again later may help."""
    if problem.connection_invalidated:
        return True
    state = getattr(problem.orig, "sqlstate", None)
    if state is not None:
        return str(state).startswith(_PASSING_STATES)
    if isinstance(problem.orig, sqlite3.Error):
        return any(word in str(problem.orig).lower() for word in _FULL_OR_LOCKED)
    return isinstance(problem, OperationalError)


def at_the_end(session: Session, act: Callable[[Session], None]) -> None:
    """Have something done as the last act of a writing transaction, before it is kept."""
    session.info.setdefault(_AT_THE_END, []).append(act)


def before_commit(act: Callable[[Session], None]) -> None:
    """Have something done in every writing transaction of this process, before it is kept."""
    _BEFORE_COMMIT.append(act)


def try_lock(session: Session, number: int) -> bool:
    """Hold one of our numbered locks until the transaction ends; False where somebody holds it."""
    if session.get_bind().dialect.name != "postgresql":
        return True
    held = text("SELECT pg_try_advisory_xact_lock(:number)")
    return bool(session.execute(held, {"number": number}).scalar_one())


def lock(session: Session, number: int) -> None:
    """Hold one of our numbered locks until the transaction ends.

    SQLite has one writer at a time and needs none.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": number})


def insert_once(session: Session, table: Table, *unique: str) -> postgresql.Insert | sqlite.Insert:
    """Return an insert that skips each row whose unique columns are taken already."""
    if session.get_bind().dialect.name == "postgresql":
        return postgresql.insert(table).on_conflict_do_nothing(index_elements=unique)
    return sqlite.insert(table).on_conflict_do_nothing(index_elements=unique)
