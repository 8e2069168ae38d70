"""The first migration of an empty SQLite file, made once by a worker and copied after that.

It takes seconds, and stories of commands begin with it that are about something else. What is
copied is every statement and row that the migration itself left.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from alembic import command

Upgrade = Callable[[Any, str], None]

_LEFT: list[str] = []


def copy_the_first(patch: pytest.MonkeyPatch) -> None:
    """Have ``migrate`` copy what it left in another file, where it begins with an empty one."""
    patch.setattr(command, "upgrade", _once(command.upgrade))


def _once(run: Upgrade) -> Upgrade:
    def upgraded(config: Any, revision: str) -> None:
        connection = config.attributes["connection"]
        driver = connection.connection.dbapi_connection
        begins = connection.dialect.name == "sqlite" and not _made(driver)
        if begins and _LEFT:
            for statement in _LEFT:
                driver.execute(statement).close()
            return
        run(config, revision)
        if begins:
            # Without the transaction around it, which is the caller's.
            _LEFT[:] = [*driver.iterdump()][1:-1]

    return upgraded


def _made(driver: Any) -> bool:
    return bool(driver.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])
