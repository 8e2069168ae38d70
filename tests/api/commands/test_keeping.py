"""The commands over what is kept, on a data folder of their own."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import app
from api.example.messages import as_bytes
from tests.api.commands.test_deciding import a_message
from tests.intake.platform_shapes import SHAPES, assault, in_topic, prison, story
from vcs.errors import NotSetUp

RUN = CliRunner()


def ran(*arguments: str, exits: int = 0) -> str:
    """Run the command and return what it printed."""
    found = RUN.invoke(app, [*arguments], catch_exceptions=False)
    assert found.exit_code == exits, found.output
    return found.stdout


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Point the command at a folder of its own."""
    monkeypatch.setenv("VCS_DATA_DIR", str(tmp_path / "data"))
    return tmp_path


def test_before_the_schema_is_there_a_sentence_says_what_to_do(folder: Path) -> None:
    (folder / "one.json").write_bytes(a_message())

    with pytest.raises(NotSetUp, match="vcs migrate"):
        ran("load", str(folder / "one.json"))


def test_loading_twice_is_harmless_and_the_state_is_the_same_to_the_byte(folder: Path) -> None:
    (folder / "one.json").write_bytes(a_message())
    (folder / "bad.json").write_bytes(b"not json")
    ran("migrate")

    first = ran("load", str(folder / "one.json"), str(folder / "bad.json"))
    before = ran("state", "--json")
    again = ran("load", str(folder / "one.json"))

    assert "Kept 1 messages, 0 already held, 1 read." in first
    assert "Not kept" in first
    assert "Kept 0 messages, 1 already held, 0 read." in again
    assert ran("state", "--json") == before
    assert len(json.loads(before)["sentences"]) == 1


def test_the_same_sentence_in_every_shape_and_envelope_is_loaded_as_one(folder: Path) -> None:
    for name, shape in SHAPES.items():
        message = shape(story(assault(prison())))
        (folder / f"{name}.json").write_bytes(as_bytes(message))
        (folder / f"{name}-in-topic.json").write_bytes(as_bytes(in_topic(message)))
    ran("migrate")

    assert "Kept 6 messages, 0 already held, 6 read." in ran("load", str(folder))
    (sentence,) = json.loads(ran("state", "--json"))["sentences"]
    assert sentence["outcome"] == "statutory"


def test_a_sound_database_checks_and_its_trail_is_whole(folder: Path) -> None:
    (folder / "one.json").write_bytes(a_message())
    ran("migrate")
    ran("load", str(folder / "one.json"))

    assert "invariants hold" in ran("check")
    assert "whole" in ran("audit", "verify")


def test_a_client_is_printed_once_as_json_and_staff_are_added(folder: Path) -> None:
    ran("migrate")
    made = json.loads(ran("clients", "add", "a court"))
    added = ran(
        *("users", "add", "m@example.org", "--name", "M", "--role", "manager"),
        *("--region", "N07", "--password", "a long pass phrase"),
    )

    assert set(made) == {"client_id", "client_secret"}
    assert "Added m@example.org as manager" in added
    assert "pass phrase" not in added


def test_reassessing_shows_what_an_act_not_yet_commenced_would_change(folder: Path) -> None:
    (folder / "one.json").write_bytes(a_message())
    ran("migrate")
    ran("load", str(folder / "one.json"))

    assert "0 sentences would change" in ran("reassess", "--dry-run")
    shown = ran("reassess", "--dry-run", "--as-if", "victims-and-courts-act-2026")
    assert "Nothing was changed." in shown
    ran("reassess", exits=2)
    ran("reassess", "--dry-run", "--as-if", "no-such-act", exits=2)


def test_the_rules_of_a_day_are_printed(folder: Path) -> None:
    assert "Victims' Code 2015" in ran("rules", "--on", "2015-01-01")
    assert "Not yet commenced" in ran("rules")
    ran("rules", "--on", "yesterday", exits=2)


def test_the_rules_say_what_changed_since_an_earlier_day(folder: Path) -> None:
    told = ran("rules", "--on", "2021-04-01", "--since", "2021-03-31")

    assert "It was: 20 working days from the day of sentence" in told
    ran("rules", "--on", "2021-04-01", "--since", "2021-04-01", exits=2)


def test_the_rules_are_not_written_to_a_place_that_is_none(folder: Path) -> None:
    ran("rules", "--pdf", str(folder / "nowhere" / "law.pdf"), exits=2)
    ran("rules", "--pdf", str(folder), exits=2)

    assert list(folder.glob("*.part")) == []


def test_the_ledger_is_printed_in_words_and_as_json(folder: Path) -> None:
    (folder / "one.json").write_bytes(a_message())
    ran("migrate")
    ran("load", str(folder / "one.json"))

    told = json.loads(ran("ledger", "--json", "--by", "court"))
    assert (told["sentences"], told["closes"]) == (1, True)
    assert told["messages"]["received"] == 1
    assert "1 sentences in all, 1 held." in ran("ledger")


def test_a_ledger_that_does_not_close_fails_the_check(folder: Path) -> None:
    (folder / "one.json").write_bytes(a_message())
    ran("migrate")
    ran("load", str(folder / "one.json"))
    with sqlite3.connect(folder / "data" / "vcs.sqlite3") as connection:
        connection.execute("UPDATE sentence SET sentenced_on = '2020-01-01'")

    assert "tell of a sentence we do not hold" in ran("check", exits=1)
