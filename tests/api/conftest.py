"""An office to visit: the furniture is made once a session, each test has its own copy."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.api.office import Office, Secrets, furnished, opened
from tests.conftest import SEALING_KEY, SIGNING_KEY
from tests.services.clock import MovableClock
from vcs.settings import Settings


def settings_in(folder: Path) -> Settings:
    """Return settings of a folder's own, with the tests' keys, on SQLite."""
    return Settings(data_dir=folder, sealing_keys=SEALING_KEY, signing_key=SIGNING_KEY)


@pytest.fixture(scope="session")
def furniture(
    tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path
) -> tuple[Path, Secrets]:
    """Return a SQLite file with the office's people in it, and the clients' secrets."""
    folder = tmp_path_factory.mktemp("furniture")
    shutil.copyfile(sqlite_template, folder / "vcs.sqlite3")
    return folder / "vcs.sqlite3", furnished(settings_in(folder), MovableClock())


@pytest.fixture
def office(
    furniture: tuple[Path, Secrets], tmp_path: Path, clock: MovableClock
) -> Iterator[Office]:
    """Return the office, its door open, on SQLite."""
    file, secrets = furniture
    shutil.copyfile(file, tmp_path / "vcs.sqlite3")
    with opened(settings_in(tmp_path), clock, secrets) as office:
        yield office


@pytest.fixture(scope="module")
def shared_office(
    furniture: tuple[Path, Secrets], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Office]:
    """Return one office for a whole file, for tests that are refused or only look."""
    folder = tmp_path_factory.mktemp("shared")
    shutil.copyfile(furniture[0], folder / "vcs.sqlite3")
    with opened(settings_in(folder), MovableClock(), furniture[1]) as office:
        yield office


@pytest.fixture
def office_on_both(settings: Settings, database_url: str, clock: MovableClock) -> Iterator[Office]:
    """Return the office on each kind of database in turn."""
    with opened(settings, clock, furnished(settings, clock)) as office:
        yield office
