"""How often, and on what, the faults are tried."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.api.conftest import furniture, office_on_both
from tests.api.office import Secrets, furnished
from tests.journeys.world import world
from tests.services.clock import MovableClock
from tests.services.processes import Served
from vcs.settings import Settings

__all__ = ["furniture", "office_on_both", "world"]

ROUNDS = "VCS_TEST_FAULT_ROUNDS"


@pytest.fixture(scope="session")
def rounds() -> int:
    """Return how often a fault is tried: twice, or as often as ``make faults`` says."""
    return int(os.environ.get(ROUNDS, "2"))


@pytest.fixture
def secrets_on_both(
    settings: Settings, database_url: str, tmp_path: Path, clock: MovableClock
) -> Secrets:
    """Return the clients' secrets of a furnished office, on each kind of database in turn."""
    return furnished(settings, clock)


@pytest.fixture
def served(settings: Settings, secrets_on_both: Secrets) -> Iterator[Served]:
    """Return ``vcs serve`` on the furnished office, started."""
    served = Served(settings)
    served.start()
    yield served
    served.kill()
