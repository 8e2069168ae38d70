"""A start that cannot mislead: real commands, each refused with one sentence for each fault."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import text

from tests.services.processes import Served, free_port
from tests.start.conftest import Shop
from vcs.database import connect
from vcs.settings import Settings

ANOTHER_KEY = "b3RoZXIga2V5IGZvciB0aGUgdGVzdHMsIDMyIGJ5dCE="

WILDCARDS = ("0.0.0.0", "::", "[::]", "*", "0", "")  # noqa: S104 - to be refused

EACH_COMMAND = (
    ("serve",),
    ("work",),
    ("tick",),
    ("load",),
    ("users", "add", "a@example.org", "--name", "A", "--role", "vlo", "--password", "x" * 20),
    ("clients", "add", "court"),
    ("reassess", "--dry-run"),
    ("check",),
)


def said(shop: Shop, *arguments: str, **changes: str) -> list[str]:
    """Return the sentences with which a command was refused."""
    if arguments == ("serve",):
        arguments = ("serve", "--port", str(free_port()))
    ended = shop.run(*arguments, **changes)
    assert ended.returncode == 1, ended.stdout + ended.stderr
    assert "Traceback" not in ended.stderr
    words = ended.stdout if arguments == ("check",) else ended.stderr
    return [line.removeprefix("vcs: ") for line in words.splitlines()]


@pytest.mark.parametrize("command", EACH_COMMAND, ids=lambda command: command[0])
def test_a_wrong_key_cannot_start_anything(
    shop: Shop, a_message: str, command: tuple[str, ...]
) -> None:
    before = shop.digest()
    given = (*command, a_message) if command == ("load",) else command
    sentences = said(shop, *given, VCS_SEALING_KEYS=ANOTHER_KEY)
    assert len(sentences) == 1
    assert "do not open the data" in sentences[0]
    assert ANOTHER_KEY not in sentences[0]
    assert shop.digest() == before


@pytest.mark.parametrize("command", [("serve",), ("check",)], ids=lambda command: command[0])
def test_a_missing_key_is_never_made_anew_where_there_is_data(
    shop: Shop, tmp_path: Path, command: tuple[str, ...]
) -> None:
    shop.left_out = {"VCS_SEALING_KEYS", "VCS_SIGNING_KEY"}
    elsewhere = tmp_path / "elsewhere"
    sentences = said(shop, *command, VCS_DATA_DIR=str(elsewhere))
    assert sentences == [
        "The sealing keys are missing and this database holds sealed data: set the "
        "VCS_SEALING_KEYS it was sealed with, or put the file keys/sealing.keys back into "
        "VCS_DATA_DIR."
    ]
    assert not elsewhere.exists()


def test_a_key_file_that_is_gone_is_not_made_anew_by_migrating_either(tmp_path: Path) -> None:
    shop = Shop(Settings(data_dir=tmp_path / "data"))
    shop.left_out = {"VCS_SEALING_KEYS", "VCS_SIGNING_KEY", "VCS_DATABASE_URL"}
    assert shop.run("migrate").returncode == 0
    shutil.rmtree(tmp_path / "data" / "keys")
    for command in ("migrate", "tick"):
        assert "sealing keys are missing" in said(shop, command)[0]
    assert not (tmp_path / "data" / "keys").exists()


def test_a_signing_key_that_is_gone_is_never_made_anew_where_there_are_users(
    tmp_path: Path,
) -> None:
    shop = Shop(Settings(data_dir=tmp_path / "data"))
    shop.left_out = {"VCS_SEALING_KEYS", "VCS_SIGNING_KEY", "VCS_DATABASE_URL"}
    key = tmp_path / "data" / "keys" / "signing.key"
    assert shop.run("migrate").returncode == 0
    assert not key.exists()
    assert shop.run("clients", "add", "court").returncode == 0
    key.rename(tmp_path / "kept")
    for command in ("check", "serve"):
        (sentence,) = said(shop, command)
        assert sentence.startswith("The signing key is missing and this database has users: put")
    assert not key.exists()
    (tmp_path / "kept").rename(key)
    assert shop.run("check").returncode == 0


def test_a_fresh_folder_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    shop = Shop(Settings(data_dir=tmp_path / "data"))
    shop.left_out = {"VCS_SEALING_KEYS", "VCS_SIGNING_KEY", "VCS_DATABASE_URL"}
    for command in ("migrate", "tick"):
        ended = shop.run(command)
        assert (ended.returncode, ended.stderr.count("Others")) == (0, 0), ended.stderr
    for path in (tmp_path / "data", *(tmp_path / "data").rglob("*")):
        wanted = 0o700 if path.is_dir() else 0o600
        assert stat.S_IMODE(path.stat().st_mode) == wanted, path
    assert (tmp_path / "data" / "keys" / "sealing.keys").exists()


def test_what_others_could_read_is_closed_to_them_with_a_word(tmp_path: Path) -> None:
    data = tmp_path / "data"
    shop = Shop(Settings(data_dir=data))
    shop.left_out = {"VCS_SEALING_KEYS", "VCS_SIGNING_KEY", "VCS_DATABASE_URL"}
    assert shop.run("migrate").returncode == 0
    (data / "mail").mkdir(mode=0o755)
    (data / "mail" / "a.eml").write_text("To: nobody")
    opened = [data, data / "vcs.sqlite3", data / "keys" / "sealing.keys", data / "mail" / "a.eml"]
    for path in opened:
        path.chmod(0o755 if path.is_dir() else 0o644)
    ended = shop.run("check")
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "Others could read the data folder (VCS_DATA_DIR)" in ended.stderr
    assert all(path.stat().st_mode & 0o077 == 0 for path in opened)
    assert "Others could" not in shop.run("check").stderr


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"VCS_SIGNING_KEY": "not-long"}, "VCS_SIGNING_KEY is too short"),
        ({"VCS_SIGNING_KEY": "abcd" * 12}, "VCS_SIGNING_KEY is weak"),
        ({"VCS_SIGNING_KEY": "please-changeme-to-something-much-longer"}, "VCS_SIGNING_KEY is"),
        ({"VCS_BASE_URL": "http://victims.example.org"}, "VCS_BASE_URL must begin with https://"),
        ({"VCS_BASE_URL": "https://0.0.0.0"}, "VCS_BASE_URL names a wildcard host"),
        ({"VCS_BASE_URL": "https://*.example.org"}, "VCS_BASE_URL names a wildcard host"),
        (
            {"VCS_SMTP_HOST": "mail.example.org", "VCS_SMTP_STARTTLS": "false"},
            "VCS_SMTP_STARTTLS must not be off",
        ),
        ({"VCS_TOKEN_ISSUER_JWKS": "https://keys.example.org"}, "VCS_TOKEN_ISSUER_JWKS is set"),
    ],
    ids=str,
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_an_unsafe_setting_is_refused_and_not_repeated(
    shop: Shop, changes: dict[str, str], named: str
) -> None:
    shop.changes["VCS_SIGNING_KEY"] = Fernet.generate_key().decode()
    shop.changes |= changes
    (sentence,) = said(shop, "serve")
    assert sentence.startswith(named)
    assert not any(value in sentence for value in changes.values() if value != "false")


@pytest.mark.parametrize("host", [*WILDCARDS, "192.0.2.1"])
def test_a_host_beyond_this_machine_is_refused(host: str, tmp_path: Path) -> None:
    from vcs.start.checks import check

    problems = check(Settings(data_dir=tmp_path), host).problems
    assert any("--host" in words for words in problems)


def test_each_fault_has_a_sentence_of_its_own(shop: Shop) -> None:
    sentences = said(
        shop,
        "serve",
        VCS_SEALING_KEYS=ANOTHER_KEY,
        VCS_SIGNING_KEY="short",
        VCS_BASE_URL="http://victims.example.org",
        VCS_SMTP_HOST="mail.example.org",
        VCS_SMTP_STARTTLS="false",
    )
    wanted = ("VCS_SIGNING_KEY", "VCS_BASE_URL", "VCS_SMTP_STARTTLS", "The sealing keys given")
    assert [words.startswith(one) for words, one in zip(sentences, wanted, strict=True)] == [
        True
    ] * 4


def _unknown(shop: Shop) -> str:
    return "UPDATE alembic_version SET version_num = '9999'"


def _half_way(shop: Shop) -> str:
    return "DROP TABLE sweep_run"


@pytest.mark.parametrize(
    ("spoil", "named"), [(_unknown, "does not know"), (_half_way, "sweep_run")]
)
def test_a_schema_that_is_unknown_or_half_migrated_is_refused(
    shop: Shop, spoil: Callable[[Shop], str], named: str
) -> None:
    db = connect(shop.settings)
    with db.engine.begin() as connection:
        connection.execute(text(spoil(shop)))
    db.close()
    assert named in said(shop, "serve")[0]


def test_the_right_keys_start_and_say_ready(shop: Shop) -> None:
    import json
    from urllib.request import urlopen

    served = Served(shop.settings)
    served.start()
    try:
        with urlopen(f"http://127.0.0.1:{served.port}/readyz") as answer:
            assert json.load(answer)["status"] == "ready"
    finally:
        served.stop()


def test_keys_that_no_longer_open_the_data_make_it_not_ready(shop: Shop) -> None:
    from datetime import timedelta

    from starlette.testclient import TestClient

    from api.app import create_app
    from tests.services.clock import MovableClock
    from vcs.sealing import Sealer

    clock = MovableClock()
    with TestClient(create_app(shop.settings, clock.now), base_url="http://127.0.0.1") as client:
        assert client.get("/readyz").status_code == 200
        stranger = Sealer(ANOTHER_KEY).seal_text("This database belongs to this key.")
        db = connect(shop.settings)
        with db.engine.begin() as connection:
            connection.execute(text("UPDATE sealing_key SET canary = :it"), {"it": stranger})
        db.close()
        clock.move_to(clock.now() + timedelta(minutes=2))
        answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["status"]) == (503, "not ready")
    assert "do not open the data" in answer.json()["reasons"][0]
