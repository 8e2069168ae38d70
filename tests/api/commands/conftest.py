"""Commands in this process, each on a folder of its own."""

from __future__ import annotations

import pytest

from tests.services import migrated


@pytest.fixture(autouse=True)
def _the_first_migration_is_copied(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each story have its own database without waiting for every migration since the first."""
    migrated.copy_the_first(monkeypatch)
