"""``vcs replay``: what it prints and how it ends."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from api.cli import app
from tests.api.commands.test_deciding import a_message
from tests.api.commands.test_keeping import RUN, folder, ran
from vcs.errors import NotFound

__all__ = ["folder"]


@pytest.fixture
def held(folder: Path) -> sqlite3.Connection:
    """Return the database of a folder with one sentence in it."""
    (folder / "one.json").write_bytes(a_message())
    ran("migrate")
    ran("load", str(folder / "one.json"))
    (file,) = (folder / "data").glob("*.sqlite3")
    return sqlite3.connect(file)


def test_it_prints_the_stored_bytes_and_ends_well(held: sqlite3.Connection) -> None:
    ((reference, stored),) = held.execute(
        "SELECT reference, decision FROM sentence JOIN decision ON sentence_id = sentence.id"
    ).fetchall()
    held.close()
    assert ran("replay", reference) == f"{stored}\n"
    assert json.loads(stored)["outcome"] == "statutory"


def test_where_the_bytes_differ_it_says_so_and_ends_with_one(held: sqlite3.Connection) -> None:
    held.execute("UPDATE decision SET decision = replace(decision, 'statutory', 'discretionary')")
    held.commit()
    ((reference,),) = held.execute("SELECT reference FROM sentence").fetchall()
    held.close()
    found = RUN.invoke(app, ["replay", reference])
    assert found.exit_code == 1
    assert json.loads(found.stdout)["outcome"] == "statutory"
    assert '-   "outcome": "discretionary"' in found.stderr


def test_a_day_before_the_decision_is_refused_in_a_sentence(held: sqlite3.Connection) -> None:
    ((reference,),) = held.execute("SELECT reference FROM sentence").fetchall()
    held.close()
    with pytest.raises(NotFound, match="Nothing had been decided"):
        ran("replay", reference, "--as-at", "2001-01-01")
