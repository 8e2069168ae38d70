"""On which database a story is told.

Where the two kinds of database differ, each story is told on both. The others are told on one of
them by ``make test``, always the same one: a quarter on PostgreSQL, where a story takes twice as
long. ``.ci/run`` tells a sixth of them on the other as well, another sixth each time;
``make test DATABASES=other`` tells them all there.
"""

from __future__ import annotations

import os
import zlib
from typing import Any

import pytest

from tests.services import postgres

SETTING = "VCS_TEST_DATABASES"
SHARE = "VCS_TEST_SHARE"
"""Which part of the stories of the other database is told: ``2/6`` the second of six."""

ONE, OTHER, BOTH = "one", "other", "both"
KINDS = ("sqlite", "postgresql")

_TURNS = (*("sqlite",) * 3, "postgresql")
"""On which database a story is told by the number of its name."""

WHERE_THEY_DIFFER = ("faults", "ground", "keys", "ledger", "migrations", "released")
"""The rooms of tests whose stories are about locks, schemas, statements and their speed."""

LONGEST = {
    "tests/alerts/test_year.py": "sqlite",
    # Its stories look at one caseload, which takes half a minute to load on each database.
    "tests/api/example/test_caseload.py": "sqlite",
}
"""Of thousands of transactions one after the other: first told on the database that waits least."""


def choose(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave only the stories that this run tells, each on the database that is its turn."""
    wanted = os.environ.get(SETTING, BOTH)
    if wanted not in {ONE, OTHER}:
        return
    there = postgres.binaries() is not None
    share = share_of(os.environ.get(SHARE, "1/1"))
    left = [
        item
        for item in items
        if is_told(item.nodeid, _kind(item), wanted, there=there)
        and (wanted == ONE or is_in(share, item.nodeid))
    ]
    told = set(left)
    config.hook.pytest_deselected(items=[item for item in items if item not in told])
    items[:] = left


def is_told(story: str, kind: str | None, wanted: str, *, there: bool) -> bool:
    """Say whether a story is told on a kind of database; ``there``: a PostgreSQL is to be had."""
    if kind is None or story.split("/")[1] in WHERE_THEY_DIFFER:
        return wanted == ONE
    by_name = _TURNS[zlib.crc32(story.replace(kind, "").encode()) % len(_TURNS)]
    its_own = LONGEST.get(story.partition("::")[0], by_name) if there else KINDS[0]
    return (kind == its_own) == (wanted == ONE)


def share_of(said: str) -> tuple[int, int]:
    """Return which part, from 1, and of how many. Raises ValueError for what is no such part."""
    part, _, parts = said.partition("/")
    share = int(part), int(parts)
    if not 1 <= share[0] <= share[1]:
        raise ValueError(f"{SHARE} is {said!r}. Write which part, and of how many: 2/6.")
    return share


def is_in(share: tuple[int, int], story: str) -> bool:
    """Say whether a story belongs to a part. Each story belongs to one, by its name alone."""
    part, parts = share
    return zlib.crc32(story.encode()) // 2 % parts == part - 1


def _kind(item: Any) -> str | None:
    given = item.callspec.params.values() if hasattr(item, "callspec") else ()
    return next((one for one in given if isinstance(one, str) and one in KINDS), None)
