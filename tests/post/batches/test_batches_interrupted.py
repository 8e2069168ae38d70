"""A print batch that is interrupted anywhere: nothing twice, nothing lost."""

from __future__ import annotations

import csv
import io
import os
import signal
from pathlib import Path

import pytest

from api.print_batches import Making, begin, close_if_empty, fill_batch, write_file
from letters.despatch.print_check import read_back
from tests.journeys.world import World
from tests.post.batches.a_batch import OPERATOR, approved, leave, office
from tests.victims.test_one_person import rows
from vcs.database import connect
from vcs.post.batches.despatch import Left
from vcs.post.batches.records import BatchLetter, PrintBatch
from vcs.victims.records import PostedLetter


class Interrupted(Exception):
    """What ends a run in the middle."""


def run(world: World, folder: Path, stop_at: int, *, kill: bool = False) -> str | None:
    """Make a batch, and stop at the step of that number; return the manifest of a whole run."""
    steps = 0

    def progress(*_: object) -> None:
        nonlocal steps
        steps += 1
        if steps == stop_at and kill:
            os.kill(os.getpid(), signal.SIGKILL)
        if steps == stop_at:
            raise Interrupted

    db = connect(world.settings) if kill else world.db
    making = Making(db, world.sealer, OPERATOR, world.clock.now, progress)
    try:
        reference = begin(making, None)
        assert reference
        fill_batch(making, reference)
        assert not close_if_empty(making, reference)
        return write_file(making, reference, folder / "letters.pdf")
    except Interrupted:
        return None


def in_a_child(world: World, folder: Path, stop_at: int) -> None:
    """Do the same in a process of its own that is killed there, as by a power cut."""
    child = os.fork()
    if child == 0:
        try:
            run(world, folder, stop_at, kill=True)
        finally:
            os._exit(0)
    os.waitpid(child, 0)


def whole(world: World, folder: Path, letters: list[str]) -> None:
    """Make the batch to its end, and see every letter in it once."""
    manifest = run(world, folder, 0)
    assert manifest
    found = [one["reference"] for one in csv.DictReader(io.StringIO(manifest))]
    assert sorted(found) == sorted(letters)
    assert [one.reference for one in read_back(folder / "letters.pdf")] == found
    assert len(rows(world, BatchLetter)) == len(letters)
    assert len(rows(world, PrintBatch)) == 1
    assert {one.became for one in leave(world, manifest)} == {Left.RECORDED}
    assert len(rows(world, PostedLetter)) == len(letters)


@pytest.fixture
def letters(world: World, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return seven approved letters, of which two fit in a transaction."""
    for name in ("fill", "made"):
        monkeypatch.setattr(f"vcs.post.batches.{name}.AT_A_TIME", 2)
    office(world)
    names = ("Ann", "Bea", "Cerys", "Dilys", "Elin", "Ffion", "Gwen")
    return [approved(world, name, pages=at % 3 + 1) for at, name in enumerate(names)]


def test_whatever_step_it_stops_at_the_next_run_has_every_letter_once(
    world: World, tmp_path: Path, letters: list[str]
) -> None:
    """The same batch is stopped at its first step, then at its second, and so on."""
    for stop_at in range(1, 12):
        assert run(world, tmp_path, stop_at) is None
    whole(world, tmp_path, letters)


def test_a_kill_at_any_step_loses_nothing_and_prints_nothing_twice(
    world: World, tmp_path: Path, letters: list[str]
) -> None:
    for stop_at in (1, 2, 5, 9):
        in_a_child(world, tmp_path, stop_at)
    whole(world, tmp_path, letters)
