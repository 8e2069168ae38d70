"""Training and real work share nothing: each start is refused with one sentence for each fault."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from tests.services import commands
from tests.services.processes import free_port
from vcs.errors import NotStarted
from vcs.migrations.upgrade import migrate
from vcs.settings import Mode, Settings
from vcs.start.checks import check

SEALING_KEY = "dGVzdHMtb25seS1zZWFsaW5nLWtleS0zMi1ieXRlcyE="


def set_up(folder: Path, mode: Mode) -> Settings:
    """Return the settings of a data folder that was set up for one purpose."""
    settings = Settings(data_dir=folder, mode=mode)
    migrate(settings)
    return settings.again()


def with_changes(settings: Settings, **changes: Any) -> Settings:
    given = {name: getattr(settings, name) for name in settings.model_fields_set}
    return Settings(**(given | changes))


@pytest.fixture(scope="module")
def training(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return set_up(tmp_path_factory.mktemp("apart") / "training", Mode.TRAINING)


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return set_up(tmp_path_factory.mktemp("apart") / "real", Mode.REAL)


def refused(settings: Settings, words: str) -> None:
    """Expect that nothing starts, and nothing is migrated, with these words."""
    assert any(words in one for one in check(settings).problems), check(settings).problems
    with pytest.raises(NotStarted, match=words):
        migrate(settings)


def test_each_opens_for_its_own_purpose_and_not_for_the_other(
    training: Settings, real: Settings
) -> None:
    assert check(training).problems == ()
    assert check(real).problems == ()
    refused(with_changes(training, mode=Mode.REAL), "is for training")
    refused(with_changes(real, mode=Mode.TRAINING), "was not made for training")
    assert check(real).problems == ()


def test_nor_does_the_database_of_one_with_the_folder_of_the_other(
    training: Settings, real: Settings, tmp_path: Path
) -> None:
    refused(with_changes(training, database_url=real.database_url), "was not made for training")
    refused(with_changes(real, database_url=training.database_url), "database is for training")
    new = tmp_path / "new"
    with pytest.raises(NotStarted, match="database is for training"):
        migrate(Settings(data_dir=new, database_url=training.database_url))
    assert not new.exists()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("smtp_host", "127.0.0.1"),
        ("notify_api_key", "a-key-of-notify"),
        ("heartbeat_url", "http://127.0.0.1/beat"),
        ("sealing_keys", SEALING_KEY),
        ("signing_key", "a-signing-key-of-more-than-thirty-two-bytes"),
    ],
)
def test_training_has_no_way_out_and_no_keys_of_others(
    training: Settings, name: str, value: str
) -> None:
    problems = check(with_changes(training, **{name: value})).problems
    words = f"VCS_{name.upper()} is set and VCS_MODE is training"
    assert any(words in one for one in problems)
    assert not any(value in one for one in problems)


def test_training_has_a_data_folder_of_its_own_and_a_wrong_mode_is_none() -> None:
    assert Settings(mode=Mode.TRAINING).data_dir == Path("training-data")
    assert Settings().data_dir == Path("data")
    assert Settings(mode="").mode is Mode.REAL
    with pytest.raises(ValueError, match="mode"):
        Settings(mode="trainning")


def test_real_commands_refuse_what_would_come_in_or_go_out(
    training: Settings, tmp_path: Path
) -> None:
    file = tmp_path / "message.json"
    file.write_text('{"a": 1}')
    kept = {name: value for name, value in os.environ.items() if not name.startswith("VCS_")}
    environ = {**kept, "VCS_DATA_DIR": str(training.data_dir), "VCS_MODE": "training"}
    loaded = commands.run(("load", str(file)), environ)
    assert (loaded.returncode, "nothing comes in from outside" in loaded.stderr) == (1, True)
    served = commands.run(
        ("serve", "--port", str(free_port())), {**environ, "VCS_SMTP_HOST": "127.0.0.1"}
    )
    assert (served.returncode, "training sends no mail" in served.stderr) == (1, True)
