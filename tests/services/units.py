"""Which stories need nothing but Python: what a change of the law or of a reader is tried with.

``make unit`` tells them: no database, no server, no browser, no letter on paper.
"""

from __future__ import annotations

import os

import pytest

SETTING = "VCS_TEST_UNITS"

SERVICES = frozenset(
    {
        "blank_database_url",
        "browser",
        "database_url",
        "furniture",
        "postgres_server",
        "smtp_sink",
        "sqlite_template",
    }
)
"""The fixtures that start something, or copy a database."""


def choose(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave only what needs no service, where that is asked for."""
    if not os.environ.get(SETTING):
        return
    left = [one for one in items if not SERVICES & {*getattr(one, "fixturenames", ())}]
    told = set(left)
    config.hook.pytest_deselected(items=[one for one in items if one not in told])
    items[:] = left
