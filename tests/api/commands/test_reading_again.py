"""``vcs load --replay`` on a data folder of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import app
from tests.api.commands.test_deciding import a_message
from tests.api.commands.test_keeping import folder, ran
from vcs.consequences.messages import recording
from vcs.consequences.past import replay
from vcs.intake import reading
from vcs.intake.message import SET_ASIDE, MessageRead

__all__ = ["folder"]


@pytest.fixture
def loaded(folder: Path) -> Path:
    """Load one message that is read and one that is set aside."""
    (folder / "one.json").write_bytes(a_message())
    (folder / "two.json").write_bytes(b'{"hello": "court"}')
    ran("migrate")
    ran("load", str(folder / "one.json"), str(folder / "two.json"))
    return folder


def test_nothing_changed_is_no_change(loaded: Path) -> None:
    before = ran("state", "--json")
    assert ran("load", "--replay") == "No change: 2 messages read again, each as before.\n"
    assert ran("state", "--json") == before


def test_a_changed_reader_shows_each_difference_and_writes_nothing(
    loaded: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = ran("state", "--json")

    def none(*_: object) -> MessageRead:
        return MessageRead(None, SET_ASIDE, "Nothing can be read today.")

    monkeypatch.setattr(replay, "read", none)
    said = ran("load", "--replay")
    assert "it was read and would be set aside" in said
    assert "2 of 2 messages would be read differently. Nothing was changed." in said
    monkeypatch.setattr(replay, "read", reading.read)
    assert ran("state", "--json") == before


def test_applied_it_is_recorded_once_and_is_no_change_after_that(
    loaded: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ran("load", "--replay", "--apply").startswith("No change: 2 messages")

    def none(*_: object) -> MessageRead:
        return MessageRead(None, SET_ASIDE, "Nothing can be read today.")

    for part in (replay, recording):
        monkeypatch.setattr(part, "read", none)
    said = ran("load", "--replay", "--apply")
    assert "2 of 2 messages were read differently. 2 were recorded." in said
    assert ran("load", "--replay") == "No change: 2 messages read again, each as before.\n"
    for part in (replay, recording):
        monkeypatch.setattr(part, "read", reading.read)
    assert "2 were recorded." in ran("load", "--replay", "--apply")
    assert ran("load", "--replay", "--apply").startswith("No change")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--apply"], "say --replay"),
        ([], "say --replay"),
        (["--replay", "x.json"], "name no files"),
    ],
)
def test_what_cannot_be_done_is_said(loaded: Path, arguments: list[str], said: str) -> None:
    found = CliRunner().invoke(app, ["load", *arguments])
    assert found.exit_code == 2
    assert said in " ".join(found.output.replace("│", " ").split())
