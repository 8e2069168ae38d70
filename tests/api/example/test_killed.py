"""The load of the example is killed at many points; the next start ends with the same counts."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from shutil import copyfile

import pytest

from api.example.feeds import at_work
from api.example.staff import SIGN_IN_FILE
from api.example.telling import tell
from tests.conftest import SEALING_KEY
from tests.services.processes import VCS, environment, free_port
from vcs.access.signing_in.sign_in import Typed, sign_in
from vcs.database import Database, connect
from vcs.ledger.figures.example_counts import Counts, example_counts
from vcs.ledger.integrity.invariants import invariant_problems
from vcs.sealing import Sealer
from vcs.settings import Settings

MONDAY = date(2026, 11, 23)

LETTERS = 6

ENDS = "Sign in at"


@pytest.fixture(scope="module")
def uninterrupted(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Counts:
    """Return the counts of a load that nothing interrupted."""
    folder = tmp_path_factory.mktemp("whole")
    copyfile(sqlite_template, folder / "vcs.sqlite3")
    settings = Settings.model_validate({"data_dir": folder, "sealing_keys": SEALING_KEY})
    db = connect(settings)
    tell(db, Sealer(settings.sealing_keys), settings, MONDAY)
    found = counts(db)
    db.close()
    return found


def counts(db: Database) -> Counts:
    """Count what is held on the day of the load."""
    with db.reading() as session:
        return example_counts(session, MONDAY)


def killed_at(settings: Settings, point: str) -> None:
    """Load in a process of its own that is killed at a point."""
    command = [sys.executable, "-m", "tests.api.example.loading", MONDAY.isoformat(), point]
    ended = subprocess.run(command, env=environment(settings), check=False)
    assert ended.returncode == -signal.SIGKILL


# Amid the messages, amid the staff's cases and their letters, and after all was kept.
@pytest.mark.parametrize("point", ["30", "68", "kept"])
def test_a_load_killed_anywhere_ends_the_same_at_the_next_start(
    database: Database, settings: Settings, uninterrupted: Counts, point: str
) -> None:
    sealer = Sealer(settings.sealing_keys)
    killed_at(settings, point)
    between = counts(database)
    assert between.messages_read == (uninterrupted.messages_read if point == "kept" else 0)

    tell(database, sealer, settings, MONDAY)

    assert counts(database) == uninterrupted
    assert len(list((settings.data_dir / "letters").glob("*.pdf"))) == LETTERS
    assert sorted(path.name for path in settings.data_dir.glob("*.part")) == []
    with database.reading() as session:
        assert invariant_problems(session, sealer) == []
    email, password = sign_ins(settings)[-1]
    sign_in(database, Typed(email, password), at_work(MONDAY))  # raises where it is wrong


def sign_ins(settings: Settings) -> list[list[str]]:
    """Return email and password of each line that says how to sign in."""
    lines = (settings.data_dir / SIGN_IN_FILE).read_text(encoding="utf-8").splitlines()
    return [line.partition(": ")[2].split(" / ") for line in lines]


@dataclass
class Run:
    """``vcs run`` as a process group of its own, on a data folder."""

    folder: Path

    def until(self, words: str) -> list[str]:
        """Start, kill all of it at the line that has these words, and return what it printed."""
        command = [str(VCS), "run", "--port", str(free_port())]
        process = subprocess.Popen(
            command,
            env={**os.environ, "VCS_DATA_DIR": str(self.folder)},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
        )
        printed: list[str] = []
        assert process.stdout is not None
        for line in process.stdout:
            printed.append(line.rstrip())
            if words in line:
                break
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        process.stdout.close()
        assert words in printed[-1], printed
        return printed


def account(printed: list[str]) -> list[str]:
    """Return the counts of an account, without how many messages were sent just now."""
    start = printed.index("Victim contact tracker: example caseload, made-up people only")
    return [line.partition("(")[0].partition(", in ")[0].rstrip() for line in printed[start:-1]]


def test_a_start_killed_at_any_line_ends_the_same_at_the_next(tmp_path: Path) -> None:
    once, often = Run(tmp_path / "once"), Run(tmp_path / "often")
    expected = account(once.until(ENDS))
    for words in ("Step 1", "messages: 30 of", "cases that staff", "sending the alerts"):
        often.until(words)

    assert account(often.until(ENDS)) == expected
    again = often.until(ENDS)
    assert account(again) == expected
    assert "  it is there already" in again
