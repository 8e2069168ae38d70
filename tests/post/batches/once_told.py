"""A world with one letter of a sort in it, made once and copied for each story about it.

On SQLite alone: what the gate says of values is the same on either database.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import settings_for
from tests.journeys.world import FRIDAY_20_MARCH, World, furnished
from tests.post.sorts import Sort
from tests.services.clock import MovableClock
from vcs.access.actors import Actor
from vcs.database import connect
from vcs.settings import Settings
from vcs.terms import Role

Told = Callable[[Sort, bool], tuple[World, str]]
"""Of a sort, and whether its letter was approved: a world of the story's own, and the letter."""

_FILE = "world.sqlite3"


@dataclass(frozen=True)
class Kept:
    """What was made once: a closed SQLite file, the people in it, and the letter's reference."""

    file: Path
    people: dict[Role, Actor]
    letter: str


@pytest.fixture(scope="module")
def kept() -> dict[tuple[str, bool], Kept]:
    """Return what this file's stories have made so far, by sort and whether it was approved."""
    return {}


@pytest.fixture
def told(
    kept: dict[tuple[str, bool], Kept],
    tmp_path_factory: pytest.TempPathFactory,
    sqlite_template: Path,
    tmp_path: Path,
    clock: MovableClock,
) -> Iterator[Told]:
    """Return a maker of worlds; each lasts to the end of the story."""
    clock.move_to(FRIDAY_20_MARCH)
    opened: list[World] = []

    def make(sort: Sort, is_approved: bool) -> tuple[World, str]:
        one = kept.get((sort.name, is_approved))
        if one is None:
            folder = tmp_path_factory.mktemp("once_told")
            shutil.copyfile(sqlite_template, folder / _FILE)
            one = kept[sort.name, is_approved] = _make(folder, sort, is_approved, clock)
        settings = _settings_in(tmp_path)
        shutil.copyfile(one.file, tmp_path / _FILE)
        opened.append(World(settings, connect(settings), clock, dict(one.people)))
        return opened[-1], one.letter

    yield make
    for world in opened:
        world.db.close()


def _make(folder: Path, sort: Sort, is_approved: bool, clock: MovableClock) -> Kept:
    settings = _settings_in(folder)
    database = connect(settings)
    world = furnished(settings, database, clock)
    letter = sort.approved(world) if is_approved else sort.begin(world)
    database.close()
    return Kept(folder / _FILE, world.people, letter)


def _settings_in(folder: Path) -> Settings:
    return settings_for(folder, f"sqlite:///{folder / _FILE}")
