"""Statements compiled once for a whole worker, and not again for the engine of every test.

SQLAlchemy keeps compiled statements for each engine, and a program has one engine. Here every test
has its own, for its own database: without this about a third of the suite's time is compiling.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.util import LRUCache

_COMPILED: LRUCache[Any, Any] = LRUCache(3000)
"""As many as the tests of a room need at a time: all of the suite's would be gigabytes."""


def share() -> None:
    """Let every engine of this process from now on use what any other has compiled."""
    # A dialect is part of the key of a compiled statement; ours differ in nothing but identity.
    setattr(DefaultDialect, "__eq__", _is_alike)  # noqa: B010 - a method of theirs, replaced
    setattr(DefaultDialect, "__hash__", _of_its_kind)  # noqa: B010
    event.listen(Engine, "engine_connect", _use)


def _use(connection: Connection) -> None:
    connection.execution_options(compiled_cache=_COMPILED)


def _is_alike(one: DefaultDialect, other: object) -> bool:
    return type(one) is type(other)


def _of_its_kind(dialect: DefaultDialect) -> int:
    return hash(type(dialect))
