"""Reading and deciding a backlog: messages a second and core, and what a full database costs."""

from __future__ import annotations

import os
import resource
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from tests.bench.bodies import message
from tests.bench.copying import copy
from tests.conftest import settings_for
from tests.services import postgres
from vcs import clock
from vcs.consequences.messages.desk import read_waiting
from vcs.database import Database, connect
from vcs.intake.inbox import Inbox
from vcs.ledger.kept.recount import keep_all
from vcs.migrations.upgrade import migrate
from vcs.sealing import Sealer
from vcs.settings import Settings

_AT_A_TIME = 500

_MEASURED = 400

_ROUNDS = 5

_SMALL = 10_000

_PATTERN = 50

"""Messages that the full databases are copied from: two sentences each."""


def run(messages: int) -> dict[str, Any]:
    """Read a backlog on each kind of database; a rate is for one core, by processor time."""
    with _sqlite() as settings:
        found: dict[str, Any] = {"sqlite": _backlog(settings, messages)}
    with _postgresql() as server:
        found["postgresql"] = _backlog(server, messages) if server else "not on this machine"
    return found


def by_size(large: int = 1_000_000) -> dict[str, Any]:
    """Return what a message costs with few and with many sentences stored, on SQLite."""
    with ExitStack() as stack:
        held = {size: stack.enter_context(filled(size))[1:] for size in (_SMALL, large)}
        # Turn by turn, so that neighbours on the same machine weigh on both alike.
        rounds = [
            {size: _cost(*one, 1_000_000 + n * _MEASURED) for size, one in held.items()}
            for n in range(_ROUNDS)
        ]
    costs = {size: min(one[size] for one in rounds) for size in held}
    return {
        "milliseconds_a_message": {size: round(cost * 1000, 2) for size, cost in costs.items()},
        "ratio": round(costs[large] / costs[_SMALL], 2),
    }


@contextmanager
def filled(size: int, kind: str = "sqlite") -> Iterator[tuple[Settings, Database, Sealer]]:
    """Give a database with about so many sentences, all of which wait for a victim.

    Raises LookupError for PostgreSQL on a machine without it.
    """
    with migrated(kind) as settings:
        db, sealer = connect(settings), Sealer(settings.sealing_keys)
        _keep(db, sealer, range(_PATTERN))
        _read_all(db, sealer)
        copy(db, size // (2 * _PATTERN) - 1)
        with db.writing() as session:
            keep_all(session)
        yield settings, db, sealer
        db.close()


@contextmanager
def migrated(kind: str) -> Iterator[Settings]:
    """Give the settings of an empty database that is up to date.

    Raises LookupError for PostgreSQL on a machine without it.
    """
    with _sqlite() if kind == "sqlite" else _postgresql() as settings:
        if settings is None:
            raise LookupError(kind)
        migrate(settings)
        yield settings


@contextmanager
def _sqlite() -> Iterator[Settings]:
    with tempfile.TemporaryDirectory() as folder:
        yield settings_for(Path(folder), None)


@contextmanager
def _postgresql() -> Iterator[Settings | None]:
    binaries = postgres.binaries()
    if binaries is None:
        yield None
        return
    # The server stops and clears its folder by itself once this process has ended.
    folder = Path(tempfile.mkdtemp())
    server = postgres.Server(folder, binaries, os.getpid())
    server.start()
    server.create("bench")
    yield settings_for(folder, server.url("bench"))


def _backlog(settings: Settings, messages: int) -> dict[str, Any]:
    migrate(settings)
    db, sealer = connect(settings), Sealer(settings.sealing_keys)
    # The first messages warm what every process warms once.
    _keep(db, sealer, range(100))
    _read_all(db, sealer)
    before = _memory()
    _keep(db, sealer, range(100, messages + 100))
    wall, core = time.perf_counter(), time.process_time()
    done = _read_all(db, sealer)
    wall, core = time.perf_counter() - wall, time.process_time() - core
    after = _memory()
    db.close()
    return {
        "messages": done,
        "a_second": round(done / wall),
        "a_second_and_core": round(done / core),
        "memory_grew_mib": round(after - before, 1),
    }


def _keep(db: Database, sealer: Sealer, numbers: range) -> None:
    waiting = iter(numbers)
    while some := list(islice(waiting, _AT_A_TIME)):
        Inbox(db, sealer).keep([message(n) for n in some], "bench", clock.now())


def _read_all(db: Database, sealer: Sealer) -> int:
    done = 0
    while some := read_waiting(db, sealer, _AT_A_TIME):
        done += some
    return done


def _memory() -> float:
    """Return the most memory this process has held, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _cost(db: Database, sealer: Sealer, first: int) -> float:
    _keep(db, sealer, range(first, first + _MEASURED))
    began = time.process_time()
    done = _read_all(db, sealer)
    return (time.process_time() - began) / done
