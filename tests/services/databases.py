"""On which database a story is told.

Where the two kinds of database differ, each story is told on both. The others are told on one of
them by ``make test``, always the same one, and on the other as well by ``.ci/run``.
"""

from __future__ import annotations

import os
import zlib
from typing import Any

import pytest

from tests.services import postgres

SETTING = "VCS_TEST_DATABASES"
ONE, OTHER, BOTH = "one", "other", "both"
KINDS = ("sqlite", "postgresql")

WHERE_THEY_DIFFER = ("faults", "ground", "keys", "ledger", "migrations", "released")
"""The rooms of tests whose stories are about locks, schemas, statements and their speed."""


def choose(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave only the stories that this run tells, each on the database that is its turn."""
    wanted = os.environ.get(SETTING, BOTH)
    if wanted not in {ONE, OTHER}:
        return
    there = postgres.binaries() is not None
    left = [item for item in items if is_told(item.nodeid, _kind(item), wanted, there=there)]
    told = set(left)
    config.hook.pytest_deselected(items=[item for item in items if item not in told])
    items[:] = left


def is_told(story: str, kind: str | None, wanted: str, *, there: bool) -> bool:
    """Say whether a story is told on a kind of database; ``there``: a PostgreSQL is to be had."""
    if kind is None or story.split("/")[1] in WHERE_THEY_DIFFER:
        return wanted == ONE
    its_own = KINDS[zlib.crc32(story.replace(kind, "").encode()) % 2] if there else KINDS[0]
    return (kind == its_own) == (wanted == ONE)


def _kind(item: Any) -> str | None:
    given = item.callspec.params.values() if hasattr(item, "callspec") else ()
    return next((one for one in given if isinstance(one, str) and one in KINDS), None)
