"""The same history ends alike in any order of arrival, to the byte."""

from __future__ import annotations

import itertools
import json
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from api.example.shapes import as_spi
from tests.conftest import SEALING_KEY, SIGNING_KEY
from tests.journeys.shares import court_again
from tests.journeys.world import (
    CANNOT_TELL,
    CARDIFF,
    ELIGIBLE,
    FRIDAY_20_MARCH,
    LEEDS,
    NOT_ELIGIBLE,
    NOWHERE,
    World,
    furnished,
    told,
)
from tests.services.clock import MovableClock
from vcs.database import Database, connect
from vcs.settings import Settings

LONGER = ("IMP", "4 Years")

SUSPENDED = ("SUSPS", "18 Months")


def share(hour: int, *made: tuple[str, str] | None, **more: Any) -> bytes:
    """Return one share: results for Madeup, Other and Third, in this order, at an hour."""
    names = ("Madeup", "Other", "Third")
    sentences = [(name, *one) for name, one in zip(names, made, strict=False) if one is not None]
    return told(FRIDAY_20_MARCH, *sentences, shared_at=f"{hour}:00:00", **more)


def of_another_hearing(body: bytes) -> bytes:
    message = json.loads(body)
    message["hearing"]["id"] = "another-hearing"
    return json.dumps(message).encode()


def with_new_ids(body: bytes, *, case: bool = False) -> bytes:
    """Return a share in which each defendant, and on demand the case, has a new id."""
    message = json.loads(body)
    (found,) = message["hearing"]["prosecutionCases"]
    for defendant in found["defendants"]:
        defendant["id"] = f"new-{defendant['id']}"
    if case:
        found["id"] = f"new-{found['id']}"
    return json.dumps(message).encode()


def by_spi(body: bytes) -> bytes:
    return as_spi(json.loads(body))


GONE = None

HISTORIES: dict[str, list[bytes]] = court_again.HISTORIES | {
    "reduced below the threshold": [share(12, ELIGIBLE), share(13, NOT_ELIGIBLE)],
    "raised over it": [share(12, NOT_ELIGIBLE), share(13, ELIGIBLE)],
    "yes, no, yes, no": [
        share(12, ELIGIBLE),
        share(13, NOT_ELIGIBLE),
        share(14, LONGER),
        share(15, NOT_ELIGIBLE),
    ],
    "cannot tell, then told": [share(12, CANNOT_TELL), share(13, ELIGIBLE), share(14, LONGER)],
    "cannot tell, then no": [share(12, CANNOT_TELL), share(13, NOT_ELIGIBLE)],
    "suspended, activated, and suspended again": [
        share(12, SUSPENDED),
        share(13, ELIGIBLE),
        share(14, SUSPENDED),
    ],
    "one of two is gone, and comes back": [
        share(12, ELIGIBLE, NOT_ELIGIBLE),
        share(13, GONE, NOT_ELIGIBLE),
        share(14, LONGER, NOT_ELIGIBLE),
    ],
    "one of three is gone for good": [
        share(12, ELIGIBLE, ELIGIBLE, CANNOT_TELL),
        share(13, ELIGIBLE, GONE, CANNOT_TELL),
        share(14, ELIGIBLE, GONE, ELIGIBLE),
    ],
    "somebody comes in later": [share(12, ELIGIBLE), share(13, ELIGIBLE, LONGER)],
    "told by another hearing": [
        share(12, ELIGIBLE),
        of_another_hearing(share(13, NOT_ELIGIBLE)),
        share(14, ELIGIBLE),
    ],
    "the court was corrected": [
        share(12, ELIGIBLE, court=LEEDS),
        share(13, ELIGIBLE, court=CARDIFF),
        share(14, NOT_ELIGIBLE, court=CARDIFF),
    ],
    "two of the same moment, one from a court that no table knows": [
        share(12, ELIGIBLE, court=NOWHERE),
        share(12, ELIGIBLE, court=LEEDS),
    ],
    "a defendant has a new id": [share(12, ELIGIBLE), with_new_ids(share(13, ELIGIBLE))],
    "new ids twice, and a correction": [
        share(12, ELIGIBLE, NOT_ELIGIBLE),
        with_new_ids(share(13, LONGER, NOT_ELIGIBLE)),
        with_new_ids(with_new_ids(share(14, NOT_ELIGIBLE, NOT_ELIGIBLE), case=True), case=True),
    ],
    "two feeds": [share(12, ELIGIBLE), by_spi(share(13, ELIGIBLE))],
    "two feeds, and the court corrects one": [
        share(12, ELIGIBLE),
        by_spi(share(12, ELIGIBLE)),
        share(14, NOT_ELIGIBLE),
    ],
    "two feeds that differ, and a new id": [
        share(12, ELIGIBLE),
        by_spi(share(12, NOT_ELIGIBLE)),
        with_new_ids(share(13, ELIGIBLE)),
    ],
    "two of the same moment": [
        share(12, ELIGIBLE),
        share(13, NOT_ELIGIBLE),
        share(13, LONGER),
        share(13, CANNOT_TELL),
    ],
}


@pytest.fixture
def new_world(
    sqlite_template: Path, tmp_path: Path, clock: MovableClock
) -> Iterator[Callable[[], World]]:
    """Return a maker of furnished worlds, each with an empty database of its own."""
    opened: list[Database] = []
    clock.move_to(FRIDAY_20_MARCH)

    def make() -> World:
        file = tmp_path / f"{len(opened)}.sqlite3"
        shutil.copyfile(sqlite_template, file)
        settings = Settings(
            data_dir=tmp_path,
            database_url=f"sqlite:///{file}",
            sealing_keys=SEALING_KEY,
            signing_key=SIGNING_KEY,
        )
        opened.append(connect(settings))
        return furnished(settings, opened[-1], clock)

    yield make
    for database in opened:
        database.close()


def end_of(world: World, arrivals: Iterable[bytes]) -> str:
    for body in arrivals:
        world.court_tells(body)
    assert world.problems() == []
    return json.dumps(world.state(), sort_keys=True, indent=1)


@pytest.mark.parametrize("name", HISTORIES)
def test_every_order_of_arrival_ends_alike(name: str, new_world: Callable[[], World]) -> None:
    in_order, *others = itertools.permutations(HISTORIES[name])
    expected = end_of(new_world(), in_order)
    for order in others:
        assert end_of(new_world(), order) == expected


@pytest.mark.parametrize("name", HISTORIES)
def test_a_whole_history_at_once_ends_as_one_by_one(
    name: str, new_world: Callable[[], World]
) -> None:
    one_by_one, at_once = new_world(), new_world()
    expected = end_of(one_by_one, HISTORIES[name])
    at_once.court_tells(*reversed(HISTORIES[name]))
    assert at_once.problems() == []
    assert json.dumps(at_once.state(), sort_keys=True, indent=1) == expected


@pytest.mark.parametrize("name", HISTORIES)
def test_both_databases_end_alike_backwards(
    name: str, world: World, new_world: Callable[[], World]
) -> None:
    expected = end_of(new_world(), HISTORIES[name])
    assert end_of(world, reversed(HISTORIES[name])) == expected
