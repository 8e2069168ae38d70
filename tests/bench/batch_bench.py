"""A print batch of many letters: how long each takes, and whether memory stays flat."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from cryptography.fernet import Fernet
from sqlmodel import select

from api.print_batches import write_file
from letters.render import Renderer
from letters.samples import one_sample
from tests.journeys.world import FRIDAY_20_MARCH, World, furnished
from tests.post.batches.a_batch import OPERATOR, approved, making, office
from tests.services.clock import MovableClock
from vcs.access.work import Work
from vcs.database import connect
from vcs.migrations.upgrade import migrate
from vcs.post.batches import fill
from vcs.post.batches.records import BatchLetter, PrintBatch
from vcs.post.records import LetterRecord
from vcs.settings import Settings
from vcs.tables import free_references

_FEW = 10


def run(count: int) -> dict[str, float]:
    """Return letters a second, and the peak memory of a batch against one of a tenth."""
    few, many = _in_a_child(count // _FEW), _in_a_child(count)
    return {
        "letters": count,
        "letters_a_second_and_core": round(count / many["seconds"], 1),
        "peak_mb_of_a_tenth": few["peak_mb"],
        "peak_mb": many["peak_mb"],
        "grown_by_mb": round(many["peak_mb"] - few["peak_mb"], 1),
    }


def _in_a_child(count: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        _furnish(Path(folder), count)
        command = [sys.executable, "-m", __name__, folder]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _furnish(folder: Path, count: int) -> None:
    """Put so many copies of one real letter into one batch, each under a reference of its own."""
    (folder / "keys").mkdir()
    (folder / "keys" / "sealing.keys").write_text(Fernet.generate_key().decode())
    settings = Settings(data_dir=folder)
    migrate(settings)
    db, clock = connect(settings), MovableClock()
    clock.move_to(FRIDAY_20_MARCH)
    world = furnished(settings, db, clock)
    office(world)
    approved(world, "Ann Rees", pdf=_a_letter())
    with db.writing() as session:
        batch = fill.begin(Work(session, world.sealer, OPERATOR, clock.now()), None)
        batch.filled_at = clock.now()
        session.add(batch)
        letter = session.exec(select(LetterRecord)).one().model_dump(exclude={"id", "reference"})
        for reference in free_references(session, count, LetterRecord):
            copy = LetterRecord(**letter, reference=reference)
            session.add(copy)
            session.flush()
            row = BatchLetter(batch_id=batch.id, letter_id=copy.id, taken_at=clock.now())
            row.held_letter_id, row.pages = copy.id, 2
            session.add(row)
            session.expunge(copy)
    db.close()


def _a_letter() -> bytes:
    with Renderer() as renderer:
        return one_sample(renderer, "initial-contact", "en", "standard").pdf


def _print(folder: Path) -> None:
    settings = Settings(data_dir=folder)
    world = World(settings, connect(settings), MovableClock())
    with world.db.reading() as session:
        reference = session.exec(select(PrintBatch.reference)).one()
    began = time.process_time()
    write_file(making(world), reference, folder / "letters.pdf")
    seconds = time.process_time() - began
    print(json.dumps({"seconds": seconds, "peak_mb": _peak_mb()}))


def _peak_mb() -> float:
    """Return this process's own peak: what getrusage says includes that of whoever started it."""
    (line,) = (one for one in Path("/proc/self/status").read_text().splitlines() if "VmHWM" in one)
    return round(int(line.split()[1]) / 1024, 1)


if __name__ == "__main__":
    _print(Path(sys.argv[1]))
