"""``vcs custody`` and ``vcs merged``: how they end, and what never comes into training."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.api.commands.test_keeping import folder, ran
from vcs.errors import NotAllowed

__all__ = ["folder"]

ROWS = (
    "offenderNo,movementType,movementReasonCode,movementDate\n"
    "Z9999ZZ,REL,CR,2026-11-20\nZ9999ZZ,REL,CR,31/11/2026\n"
)


def test_what_could_not_be_read_of_a_file_is_named_and_the_command_fails(folder: Path) -> None:
    (folder / "moves.csv").write_text(ROWS)
    (folder / "good.csv").write_text(ROWS.rsplit("\n", 2)[0] + "\n")
    ran("migrate")
    assert "unmatched" in ran("custody", str(folder / "good.csv"))
    assert ": bad. " in ran("custody", str(folder / "moves.csv"), exits=1)
    assert "Recorded" in ran("lists", "merged", "NOMS", "A1234BC", "A4321BC")
    assert "Taken back" in ran("lists", "merged", "NOMS", "A4321BC", "A1234BC", "--undo")
    assert "not joined" in ran("lists", "merged", "NOMS", "A4321BC", "A1234BC", "--undo")


def test_no_real_person_comes_into_training(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "moves.csv").write_text(ROWS)
    monkeypatch.setenv("VCS_MODE", "training")
    for command in (
        ("custody", str(folder / "moves.csv")),
        ("lists", "merged", "NOMS", "A1", "A2"),
    ):
        with pytest.raises(NotAllowed, match="nothing comes in from outside"):
            ran(*command)
